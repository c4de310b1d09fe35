import * as grpc from "@grpc/grpc-js";
import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import * as resources from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { TestProvider } from "./test-provider";

type Properties = Record<string, unknown>;
type Sent = Parameters<typeof Struct.fromJavaScript>[0];

interface Monitor {
  registerResource: Method<resources.RegisterResourceRequest, resources.RegisterResourceResponse>;
  registerResourceOutputs: Method<resources.RegisterResourceOutputsRequest, unknown>;
  close(): void;
}
type Method<Request, Response> = (
  request: Request,
  callback: (error: grpc.ServiceError | null, response: Response) => void,
) => void;

const { ResourceMonitorClient } = require("@pulumi/pulumi/proto/resource_grpc_pb") as {
  ResourceMonitorClient: new (address: string, credentials: grpc.ChannelCredentials) => Monitor;
};

const plain = (message: Struct | undefined): Properties => (message?.toJavaScript() ?? {}) as Properties;
const mapOf = (map: { toObject(): [string, unknown][] } | { entries(): unknown }): Properties =>
  Object.fromEntries((map as { entries(): Iterable<[string, unknown]> }).entries());

/** What a request tells besides values, for comparisons: what is not given is left out. */
function told(request: messages.ConstructRequest): Properties {
  const all = {
    aliases: request.getAliasesList().map((alias) => alias.toObject()),
    dependencies: request.getDependenciesList(),
    inputDependencies: listsOf(request.getInputdependenciesMap()),
    providers: Object.entries(mapOf(request.getProvidersMap())).map(([name, at]) => `${name}=${shortened(String(at))}`),
    protect: request.getProtect(),
    retainOnDelete: request.getRetainondelete(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    deletedWith: request.getDeletedwith(),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    customTimeouts: request.getCustomtimeouts()?.toObject(),
    hooks: request.getResourceHooks()?.toObject(),
    parent: request.getParent(),
  };
  return { ...present(all), ...run(request), organization: request.getOrganization() };
}

const present = (all: Properties): Properties =>
  Object.fromEntries(
    Object.entries(all).filter(
      ([, value]) =>
        value !== undefined && value !== "" && value !== false && !(Array.isArray(value) && value.length === 0),
    ),
  );

const run = (request: messages.ConstructRequest | messages.CallRequest): Properties => ({
  project: request.getProject(),
  stack: request.getStack(),
  config: mapOf(request.getConfigMap()),
  secretKeys: request.getConfigsecretkeysList(),
  dryRun: request.getDryrun(),
  takesOutputs: request.getAcceptsOutputValues(),
});

/** Ids of providers differ from run to run. */
const shortened = (reference: string): string => reference.slice(0, reference.lastIndexOf("::"));

const listsOf = (map: { entries(): unknown }): string[] =>
  ([...(map as { entries(): Iterable<[string, { getUrnsList(): string[] }]> }).entries()] as const)
    .map(([key, list]) => `${key}: ${[...list.getUrnsList()].sort().join(", ")}`)
    .filter((line) => !line.endsWith(": "))
    .sort();

/**
 * Makes the component that a program asks the provider for: the component itself and one child `<name>-part` with the inputs of the component.
 * `constructFails: text` makes it fail. Its outputs are `arn` of the child, `size` as it came and `secret`, which is one.
 */
export async function construct(
  provider: TestProvider,
  request: messages.ConstructRequest,
): Promise<messages.ConstructResponse> {
  const inputs = plain(request.getInputs());
  provider.calls.push({ method: "construct", urn: "", name: request.getName(), news: { inputs, ...told(request) } });
  if (typeof inputs.constructFails === "string") throw new Error(inputs.constructFails);
  const monitor = new ResourceMonitorClient(request.getMonitorendpoint(), grpc.credentials.createInsecure());
  try {
    const component = await register(monitor, componentOf(request));
    const part = await register(monitor, partOf(request, component.getUrn(), inputs));
    const outputs = { arn: plain(part.getObject()).arn, size: inputs.size };
    const done = new resources.RegisterResourceOutputsRequest().setUrn(component.getUrn()).setOutputs(struct(outputs));
    await asked(monitor.registerResourceOutputs.bind(monitor), done);
    const response = new messages.ConstructResponse().setUrn(component.getUrn()).setState(struct(outputs));
    const dependencies = new messages.ConstructResponse.PropertyDependencies().setUrnsList([part.getUrn()]);
    response.getStatedependenciesMap().set("arn", dependencies);
    return response;
  } finally {
    monitor.close();
  }
}

function componentOf(request: messages.ConstructRequest): resources.RegisterResourceRequest {
  const component = new resources.RegisterResourceRequest();
  component.setType(request.getType()).setName(request.getName()).setParent(request.getParent());
  component.setAliasesList(request.getAliasesList().map((alias) => Alias.deserializeBinary(alias.serializeBinary())));
  component.setAliasspecs(true);
  component.setDependenciesList(request.getDependenciesList());
  if (request.hasProtect()) component.setProtect(request.getProtect() === true);
  request
    .getProvidersMap()
    .forEach((reference: string, name: string) => void component.getProvidersMap().set(name, reference));
  return component;
}

function partOf(
  request: messages.ConstructRequest,
  parent: string,
  inputs: Properties,
): resources.RegisterResourceRequest {
  const part = new resources.RegisterResourceRequest();
  part.setType("test:index:Resource").setName(`${request.getName()}-part`).setParent(parent).setCustom(true);
  part.setVersion("1.2.3").setObject(struct(inputs));
  part.setAcceptsecrets(true).setAcceptresources(true).setSupportspartialvalues(true).setSupportsresultreporting(true);
  const { PropertyDependencies } = resources.RegisterResourceRequest;
  request.getInputdependenciesMap().forEach((list: { getUrnsList(): string[] }, key: string) => {
    part.getPropertydependenciesMap().set(key, new PropertyDependencies().setUrnsList(list.getUrnsList()));
  });
  return part;
}

/**
 * A method: returns its arguments without `__self__`, the URN of that as `self`, and what they depend on. `fails: text` is answered by a failure of the
 * argument, `throws: text` by an error.
 */
export function callMethod(provider: TestProvider, request: messages.CallRequest): messages.CallResponse {
  const { __self__: self, ...args } = plain(request.getArgs());
  const argDependencies = listsOf(request.getArgdependenciesMap());
  const news = { args, argDependencies, ...run(request) };
  provider.calls.push({ method: "call", urn: "", name: request.getTok(), news });
  if (typeof args.throws === "string") throw new Error(args.throws);
  const response = new messages.CallResponse();
  if (typeof args.fails === "string") {
    response.addFailures(new messages.CheckFailure().setProperty("fails").setReason(args.fails));
    return response;
  }
  response.setReturn(struct({ ...args, self: (self as Properties | undefined)?.urn }));
  request.getArgdependenciesMap().forEach((list: { getUrnsList(): string[] }, key: string) => {
    if (key === "__self__") return;
    const dependencies = new messages.CallResponse.ReturnDependencies().setUrnsList(list.getUrnsList());
    response.getReturndependenciesMap().set(key, dependencies);
  });
  return response;
}

const struct = (value: Properties): Struct => Struct.fromJavaScript(JSON.parse(JSON.stringify(value)) as Sent);

const register = (
  monitor: Monitor,
  request: resources.RegisterResourceRequest,
): Promise<resources.RegisterResourceResponse> => asked(monitor.registerResource.bind(monitor), request);

const asked = <Request, Response>(method: Method<Request, Response>, request: Request): Promise<Response> =>
  new Promise((resolve, reject) => {
    method(request, (error, response) => (error === null ? resolve(response) : reject(error)));
  });
