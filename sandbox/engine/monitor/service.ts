import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import type {
  ReadResourceRequest,
  ReadResourceResponse,
  RegisterResourceHookRequest,
  RegisterResourceOutputsRequest,
  ResourceCallRequest,
  ResourceInvokeRequest,
  ResourceInvokeResponse,
  SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import type { StackConfig } from "../api";
import type { Goal, ReadGoal, RegisterResult } from "../plan/goal";
import { RpcError, status, unary } from "../protocol/grpc";
import type { Provider } from "../providers/types";
import type { PropertyMap, ResourceState } from "../state/types";
import { packageOf } from "../urn";
import { withHashes } from "../values/assets";
import { lazy } from "../values/lazy";
import { fromStruct, toStruct } from "../values/wire";
import type { Callback, Callbacks } from "./callbacks";
import type { DefaultProviders } from "./default-providers";
import { messages, supportedFeatureNumbers, supportedFeatures, unsupported } from "./features";
import { checkedUrn } from "./goal-request";
import type { Hooks } from "./hooks";
import { callMethod } from "./methods";
import { isToken, Registrations, requireTypeToken } from "./registrations";
import { Origins } from "./source-position";
import { transformInvoke } from "./transforms";

/** What the monitor needs of the pass that it works for. */
export interface MonitorHost {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly config: StackConfig;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly projectRoot: string;
  readonly programFolder: string;
  readonly callbacks: Callbacks;
  readonly hooks: Hooks;
  readonly defaultProviders: DefaultProviders;
  register(goal: Goal): Promise<RegisterResult>;
  read(goal: ReadGoal): Promise<ResourceState>;
  /** Whether a resource is still to be made, which is so in previews alone. */
  isPending(urn: string): boolean;
  registerOutputs(urn: string, outputs: PropertyMap): void;
  /** The configured provider behind a reference. */
  provider(reference: string): Promise<Provider>;
  warn(urn: string, message: string): void;
  /** Tells what went wrong and ends the pass. Returns what the program is to be told. */
  giveUp(message: string): Error;
  /** `127.0.0.1:<port>` of the service itself. */
  readonly monitorAddress: string;
  /** Waits for a provider that asks the engine in its turn: only what it asks for counts as being worked on. */
  whileProviderWorks<Result>(work: Promise<Result>, what: string): Promise<Result>;
  /** The program has said that it has nothing more to register. */
  readonly isDone: boolean;
  /** Keeps the secrets inside out of all messages. */
  hide(value: unknown): void;
  /** The program has nothing more to register. Resolves when the pass needs it no longer. */
  programDone(): Promise<void>;
  /** Settles like the work, or fails as soon as the pass is over. */
  whileRunning<Result>(work: () => Promise<Result>): Promise<Result>;
}

interface Empty {
  toObject(): object;
}

const emptyMessages = lazy(() => require("google-protobuf/google/protobuf/empty_pb") as { Empty: new () => Empty });

const empty = (): Empty => new (emptyMessages().Empty)();

/** Pulumi's `ResourceMonitor`: what the program asks of the engine. */
export function monitorService(host: MonitorHost): UntypedServiceImplementation {
  const origins = new Origins(host.projectRoot);
  const registrations = new Registrations(host, origins);
  const invokeTransforms: Callback[] = [];
  const answer = <Request, Response>(handler: (request: Request) => Promise<Response>) =>
    unary((request: Request) => host.whileRunning(() => handler(request)));
  const registering = <Request, Response>(handler: (request: Request) => Promise<Response>) =>
    answer((request: Request) => (host.isDone ? Promise.reject(late(host)) : handler(request)));
  const refuse = (what: string) => unary(() => Promise.reject(unsupported(what, "the program")));
  return {
    supportsFeature: answer(async (request: SupportsFeatureRequest) => {
      const has = (supportedFeatures as readonly string[]).includes(request.getId());
      return new (messages().SupportsFeatureResponse)().setHassupport(has);
    }),
    getDeploymentInfo: answer(async () => deploymentInfo(host)),
    registerResource: registering(registrations.register.bind(registrations)),
    registerResourceOutputs: registering(async (request: RegisterResourceOutputsRequest) => {
      const urn = checkedUrn(request.getUrn(), "the resource");
      host.registerOutputs(urn, await withHashes(fromStruct(request.getOutputs()), host.programFolder));
      return empty();
    }),
    readResource: registering((request: ReadResourceRequest) => read(host, registrations, origins, request)),
    invoke: answer((request: ResourceInvokeRequest) => invoke(host, registrations, invokeTransforms, request)),
    registerStackTransform: answer(async (callback: Callback) => {
      registrations.stackTransforms.push(callback);
      return empty();
    }),
    registerStackInvokeTransform: answer(async (callback: Callback) => {
      invokeTransforms.push(callback);
      return empty();
    }),
    registerResourceHook: answer(async (request: RegisterResourceHookRequest) => {
      const callback = request.getCallback();
      if (callback === undefined) throw new RpcError(status.invalidArgument, "a hook needs a callback");
      host.hooks.register(request.getName(), {
        callback,
        onDryRun: request.getOnDryRun(),
        ignoreErrors: request.getIgnoreErrors?.() ?? false,
      });
      return empty();
    }),
    signalAndWaitForShutdown: unary(async () => {
      await host.programDone();
      return empty();
    }),
    call: answer((request: ResourceCallRequest) => callMethod(host, registrations, origins, request)),
    streamInvoke: refuse("streaming functions"),
    registerErrorHook: refuse("error hooks"),
    registerPackage: refuse("parameterized packages"),
  };
}

/** What comes then would miss the deletions, which are worked out as soon as the program is done. */
const late = (host: MonitorHost): Error =>
  host.giveUp("The program registers something after it has said that it has nothing more to register.");

function deploymentInfo(host: MonitorHost): unknown {
  const info = new (messages().DeploymentInfo)();
  info.setProject(host.project);
  info.setStack(host.stack);
  info.setOrganization(host.organization);
  for (const [key, value] of Object.entries(host.config.values)) info.getConfigMap().set(key, value);
  info.setConfigsecretkeysList(host.config.secretKeys);
  info.setDryrun(host.dryRun);
  info.setParallel(host.parallel);
  info.setSupportedfeaturesList(supportedFeatureNumbers() as Parameters<typeof info.setSupportedfeaturesList>[0]);
  return info;
}

async function read(
  host: MonitorHost,
  registrations: Registrations,
  origins: Origins,
  request: ReadResourceRequest,
): Promise<ReadResourceResponse> {
  const type = request.getType();
  requireTypeToken(type);
  if (request.getPackageref() !== "") throw unsupported("a parameterized package", type);
  const state = await host.read({
    type,
    name: request.getName(),
    id: request.getId(),
    parent: checkedUrn(request.getParent(), "the parent"),
    properties: fromStruct(request.getProperties()),
    dependencies: request.getDependenciesList().map((urn) => checkedUrn(urn, "a dependency")),
    provider: await registrations.providerOf(request.getProvider(), packageOf(type), request.getVersion()),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    ...origins.of(request),
  });
  const response = new (messages().ReadResourceResponse)();
  response.setUrn(state.urn);
  response.setProperties(
    toStruct(state.outputs ?? {}, {
      unknowns: true,
      secrets: request.getAcceptsecrets(),
      resources: request.getAcceptresources(),
    }),
  );
  return response;
}

async function invoke(
  host: MonitorHost,
  registrations: Registrations,
  transforms: readonly Callback[],
  request: ResourceInvokeRequest,
): Promise<ResourceInvokeResponse> {
  const token = request.getTok();
  if (!isToken(token)) {
    const message = `${JSON.stringify(token)} is no function (<package>:<module>:<function>)`;
    throw new RpcError(status.invalidArgument, message);
  }
  if (request.getPackageref() !== "") throw unsupported("a parameterized package", token);
  if (request.getDependsonList().some((urn) => host.isPending(urn))) {
    return new (messages().ResourceInvokeResponse)().setUnknown(true);
  }
  let args = fromStruct(request.getArgs());
  let options = new (messages().TransformInvokeOptions)();
  options.setProvider(request.getProvider());
  options.setVersion(request.getVersion());
  options.setPluginDownloadUrl(request.getPlugindownloadurl());
  for (const transform of transforms) {
    ({ args, options } = await transformInvoke(host.callbacks, transform, token, { args, options }));
  }
  const reference = await registrations.providerOf(options.getProvider(), packageOf(token), options.getVersion());
  host.hide(args);
  const { result, failures } = await (await host.provider(reference)).invoke(token, args, host.dryRun);
  host.hide(result);
  const response = new (messages().ResourceInvokeResponse)();
  const resources = request.getAcceptresources() || token === "pulumi:pulumi:getResource";
  response.setReturn(toStruct(result, { unknowns: true, secrets: true, resources }));
  const { CheckFailure } =
    require("@pulumi/pulumi/proto/provider_pb") as typeof import("@pulumi/pulumi/proto/provider_pb");
  response.setFailuresList(
    failures.map(({ property, reason }) => new CheckFailure().setProperty(property).setReason(reason)),
  );
  return response;
}
