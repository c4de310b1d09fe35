import type * as providerMessages from "@pulumi/pulumi/proto/provider_pb";
import { call, channelOptions, type Headers, insecure } from "../protocol/grpc";
import type { PropertyMap } from "../state/types";
import { parseUrn } from "../urn";
import { annotateSecrets } from "../values/inspect";
import { fromStruct, rejectUnknowns, toStruct, type WireOptions } from "../values/wire";
import { asProviderError, isUnimplemented, messages, readDiff, readInitFailure } from "./answers";
import { callMessage, constructMessage, readCall, readConstruct } from "./component-messages";
import { fillIdentity, fillVariables } from "./requests";
import type {
  CallRequest,
  CallResult,
  CheckRequest,
  CheckResult,
  ConstructRequest,
  ConstructResult,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  InvokeResult,
  OperationResult,
  Provider,
  ReadRequest,
  ReadResult,
  UpdateRequest,
} from "./types";
import { DiffUnavailable, ProviderError } from "./types";

export interface ProviderClient {
  close(): void;
}

/** Connects to a `ResourceProvider` service. Each instance of a provider gets a connection of its own, by which a provider can tell them apart. */
export function connect(address: string): ProviderClient {
  const services = require("@pulumi/pulumi/proto/provider_grpc_pb") as {
    ResourceProviderClient: new (target: string, credentials: unknown, options: object) => ProviderClient;
  };
  return new services.ResourceProviderClient(address, insecure(), {
    ...channelOptions,
    "grpc.use_local_subchannel_pool": 1,
  });
}

export interface ProviderIdentity {
  urn: string;
  name: string;
  type: string;
  id: string;
}

interface Capabilities {
  secrets: boolean;
  resources: boolean;
  preview: boolean;
  /** Components and methods take output values. */
  takesOutputs: boolean;
}

/**
 * Name of the metadata by which engine and provider agree to resume. A provider that sends it with its answer to Handshake (any value) promises: a Create
 * that carries it makes a resource only if none was made under the same URN and value, and else brings that one to the inputs; a Delete without an id that
 * carries it deletes that one, if there is one. It is sent to no other provider. The value (visible ASCII) is the pending operation's `created`, which is on
 * the disk before the Create is sent.
 */
export const resumeHeader = "gabion-resume";

/** Longest that a call without a time-out of its own may take. */
const shortest = 5;

/**
 * One configured instance of a provider behind gRPC. Until `configure` was called it can only check and compare configurations; while its configuration
 * holds unknown values it answers previews itself, as the provider cannot.
 */
export class RemoteProvider implements Provider {
  private handshaken: Capabilities | undefined;
  private configured: Promise<Capabilities | undefined> | undefined;
  /** The provider can be asked for what a creation that was begun has made. */
  resumes = false;

  constructor(
    private readonly client: object,
    /** Longest silence of the provider. */
    private readonly timeoutSeconds: number,
    private readonly label: string,
  ) {}

  async handshake(engineAddress: string, root: string, main: string): Promise<void> {
    const request = new (messages().ProviderHandshakeRequest)();
    request.setEngineAddress(engineAddress);
    request.setRootDirectory(root);
    request.setProgramDirectory(main);
    request.setConfigureWithUrn(true);
    request.setInvokeWithPreview(true);
    try {
      const response = await this.ask<providerMessages.ProviderHandshakeResponse>("handshake", request, 0, {
        received: (metadata) => {
          this.resumes = metadata.get(resumeHeader).length > 0;
        },
      });
      this.handshaken = {
        secrets: response.getAcceptSecrets(),
        resources: response.getAcceptResources(),
        preview: true,
        takesOutputs: response.getAcceptOutputs(),
      };
    } catch (error) {
      if (!isUnimplemented(error)) throw asProviderError(error, this.label);
      await this.attach(engineAddress);
    }
  }

  /** What providers without a handshake need at least: Pulumi's SDK for Node makes no component before it knows the engine. */
  private async attach(engineAddress: string): Promise<void> {
    const { PluginAttach } =
      require("@pulumi/pulumi/proto/plugin_pb") as typeof import("@pulumi/pulumi/proto/plugin_pb");
    try {
      await this.ask("attach", new PluginAttach().setAddress(engineAddress));
    } catch (error) {
      if (!isUnimplemented(error)) throw asProviderError(error, this.label);
    }
  }

  async checkConfig(
    urn: string,
    name: string,
    type: string,
    olds: PropertyMap,
    news: PropertyMap,
  ): Promise<CheckResult> {
    const wire: WireOptions = { secrets: false, resources: false, unknowns: true };
    const request = new (messages().CheckRequest)();
    request.setUrn(urn);
    request.setName(name);
    request.setType(type);
    request.setOlds(toStruct(olds, wire));
    request.setNews(toStruct(news, wire));
    try {
      const response = await this.ask<providerMessages.CheckResponse>("checkConfig", request);
      return {
        inputs: annotateSecrets(fromStruct(response.getInputs()), news),
        failures: response.getFailuresList().map((failure) => failure.toObject()),
      };
    } catch (error) {
      if (isUnimplemented(error)) return { inputs: news, failures: [] };
      throw asProviderError(error, this.label);
    }
  }

  async diffConfig(request: Omit<DiffRequest, "id" | "allowUnknowns">): Promise<DiffResult> {
    const wire: WireOptions = { secrets: false, resources: false, unknowns: true };
    try {
      return await this.sendDiff("diffConfig", { ...request, id: "", allowUnknowns: true }, wire);
    } catch (error) {
      // Without an answer the resources of the provider must not be replaced.
      if (isUnimplemented(error)) {
        return { changes: "unknown", replaceKeys: [], changedKeys: [], deleteBeforeReplace: false };
      }
      throw asProviderError(error, this.label);
    }
  }

  /** Starts the configuration; operations wait for it. `known` is false while a value of the configuration is unknown. */
  configure(identity: ProviderIdentity, inputs: PropertyMap, known: boolean): void {
    this.configured = known ? this.sendConfigure(identity, inputs) : Promise.resolve(undefined);
    this.configured.catch(() => undefined);
  }

  private async sendConfigure(identity: ProviderIdentity, inputs: PropertyMap): Promise<Capabilities> {
    const request = new (messages().ConfigureRequest)();
    request.setUrn(identity.urn);
    request.setName(identity.name);
    request.setType(identity.type);
    request.setId(identity.id);
    request.setAcceptsecrets(true);
    request.setAcceptresources(true);
    request.setSendsOldInputs(true);
    request.setSendsOldInputsToDelete(true);
    request.setArgs(toStruct(inputs, { secrets: true, resources: true, unknowns: true }));
    fillVariables(request, identity.type, inputs);
    try {
      const response = await this.ask<providerMessages.ConfigureResponse>("configure", request);
      return (
        this.handshaken ?? {
          secrets: response.getAcceptsecrets(),
          resources: response.getAcceptresources(),
          preview: response.getSupportspreview(),
          takesOutputs: response.getAcceptoutputs(),
        }
      );
    } catch (error) {
      throw asProviderError(error, this.label);
    }
  }

  private async capabilities(): Promise<Capabilities | undefined> {
    if (this.configured === undefined) throw new ProviderError(`${this.label} was not configured`, false);
    return this.configured;
  }

  async check(request: CheckRequest): Promise<CheckResult> {
    const able = await this.capabilities();
    if (able === undefined) return { inputs: request.news, failures: [] };
    const wire: WireOptions = { ...able, unknowns: request.allowUnknowns };
    const message = new (messages().CheckRequest)();
    fillIdentity(message, request);
    message.setOlds(toStruct(request.olds, wire));
    message.setNews(toStruct(request.news, wire));
    message.setRandomseed(request.randomSeed);
    const response = await this.send<providerMessages.CheckResponse>("check", message);
    const inputs = fromStruct(response.getInputs());
    return {
      inputs: able.secrets ? inputs : annotateSecrets(inputs, request.news),
      failures: response.getFailuresList().map((failure) => failure.toObject()),
    };
  }

  async diff(request: DiffRequest): Promise<DiffResult> {
    const able = await this.capabilities();
    if (able === undefined) throw new DiffUnavailable();
    try {
      return await this.sendDiff("diff", request, { ...able, unknowns: request.allowUnknowns, elideAssets: true });
    } catch (error) {
      throw asProviderError(error, this.label);
    }
  }

  private async sendDiff(method: "diff" | "diffConfig", request: DiffRequest, wire: WireOptions): Promise<DiffResult> {
    const message = new (messages().DiffRequest)();
    fillIdentity(message, request);
    message.setId(request.id);
    message.setOldInputs(toStruct(request.oldInputs, wire));
    message.setOlds(toStruct(request.oldOutputs, wire));
    message.setNews(toStruct(request.newInputs, wire));
    message.setIgnorechangesList(request.ignoreChanges);
    return readDiff(await this.ask<providerMessages.DiffResponse>(method, message));
  }

  async create(request: CreateRequest): Promise<OperationResult> {
    const able = await this.capabilities();
    if (request.preview && able?.preview !== true) {
      return { outputs: able === undefined ? {} : request.inputs, refreshBeforeUpdate: false, initErrors: [] };
    }
    const known = requireKnown(able, this.label);
    const message = new (messages().CreateRequest)();
    fillIdentity(message, request);
    message.setProperties(toStruct(request.inputs, { ...known, unknowns: request.preview }));
    message.setTimeout(request.timeoutSeconds);
    message.setPreview(request.preview);
    const result = await this.operate(
      "create",
      message,
      request.timeoutSeconds,
      (response: providerMessages.CreateResponse) => ({
        id: response.getId(),
        outputs: fromStruct(response.getProperties()),
        refreshBeforeUpdate: response.getRefreshBeforeUpdate(),
        initErrors: [],
      }),
      this.marked(request.mark),
    );
    if (!request.preview && (result.id === undefined || result.id === "")) {
      throw new ProviderError(`${this.label} returned no id for ${request.urn}`, true);
    }
    return this.received(result, request.preview, known.secrets ? {} : request.inputs, "create");
  }

  async update(request: UpdateRequest): Promise<OperationResult> {
    const able = await this.capabilities();
    if (request.preview && able?.preview !== true) {
      return {
        id: request.id,
        outputs: able === undefined ? {} : request.newInputs,
        refreshBeforeUpdate: false,
        initErrors: [],
      };
    }
    const known = requireKnown(able, this.label);
    const message = new (messages().UpdateRequest)();
    fillIdentity(message, request);
    message.setId(request.id);
    message.setOldInputs(toStruct(request.oldInputs, { ...known, unknowns: false, elideAssets: true }));
    message.setOlds(toStruct(request.oldOutputs, { ...known, unknowns: false, elideAssets: true }));
    message.setNews(toStruct(request.newInputs, { ...known, unknowns: request.preview }));
    message.setTimeout(request.timeoutSeconds);
    message.setIgnorechangesList(request.ignoreChanges);
    message.setPreview(request.preview);
    const result = await this.operate(
      "update",
      message,
      request.timeoutSeconds,
      (response: providerMessages.UpdateResponse) => ({
        id: request.id,
        outputs: fromStruct(response.getProperties()),
        refreshBeforeUpdate: response.getRefreshBeforeUpdate(),
        initErrors: [],
      }),
    );
    return this.received(result, request.preview, known.secrets ? {} : request.newInputs, "update");
  }

  async delete(request: DeleteRequest): Promise<void> {
    const wire: WireOptions = {
      ...requireKnown(await this.capabilities(), this.label),
      unknowns: false,
      elideAssets: true,
    };
    const message = new (messages().DeleteRequest)();
    fillIdentity(message, request);
    message.setId(request.id);
    message.setProperties(toStruct(request.outputs, wire));
    message.setOldInputs(toStruct(request.inputs, wire));
    message.setTimeout(request.timeoutSeconds);
    await this.send("delete", message, request.timeoutSeconds);
  }

  async deleteBegun(urn: string, mark: string, inputs: PropertyMap): Promise<void> {
    const able = requireKnown(await this.capabilities(), this.label);
    // To a provider that does not know the mark this would be a deletion of something else.
    if (!this.resumes) throw new ProviderError(`${this.label} cannot tell what became of a creation`, false);
    const { name, type } = parseUrn(urn);
    const message = new (messages().DeleteRequest)();
    fillIdentity(message, { urn, name, type });
    message.setProperties(toStruct(inputs, { ...able, unknowns: false, elideAssets: true }));
    try {
      await this.ask("delete", message, 0, this.marked(mark));
    } catch (error) {
      throw asProviderError(error, this.label);
    }
  }

  private marked(mark: string | undefined): Headers {
    return this.resumes && mark !== undefined ? { sent: { [resumeHeader]: mark } } : {};
  }

  async read(request: ReadRequest): Promise<ReadResult> {
    const able = await this.capabilities();
    if (able === undefined) return { outputs: {}, inputs: {}, refreshBeforeUpdate: false, initErrors: [] };
    const wire: WireOptions = { ...able, unknowns: false, elideAssets: true };
    const message = new (messages().ReadRequest)();
    fillIdentity(message, request);
    message.setId(request.id);
    if (request.inputs !== undefined) message.setInputs(toStruct(request.inputs, wire));
    message.setProperties(toStruct(request.state, wire));
    message.setTimeout(request.timeoutSeconds);
    const result = await this.operate<providerMessages.ReadResponse, ReadResult>(
      "read",
      message,
      request.timeoutSeconds,
      (response) => ({
        ...(response.getId() === "" ? {} : { id: response.getId() }),
        ...(response.hasInputs() ? { inputs: fromStruct(response.getInputs()) } : {}),
        ...(response.hasProperties() ? { outputs: fromStruct(response.getProperties()) } : {}),
        refreshBeforeUpdate: response.getRefreshBeforeUpdate(),
        initErrors: [],
      }),
    );
    if (able.secrets) return result;
    return {
      ...result,
      ...(result.inputs === undefined ? {} : { inputs: annotateSecrets(result.inputs, request.inputs ?? {}) }),
      ...(result.outputs === undefined ? {} : { outputs: annotateSecrets(result.outputs, request.state) }),
    };
  }

  async invoke(token: string, args: PropertyMap, preview: boolean): Promise<InvokeResult> {
    const able = await this.capabilities();
    if (able === undefined) return { result: {}, failures: [] };
    const message = new (messages().InvokeRequest)();
    message.setTok(token);
    message.setArgs(toStruct(args, { ...able, unknowns: true }));
    message.setPreview(preview);
    const response = await this.send<providerMessages.InvokeResponse>("invoke", message);
    return {
      result: fromStruct(response.getReturn()),
      failures: response.getFailuresList().map((failure) => failure.toObject()),
    };
  }

  /** How long it takes depends on the component: whoever waits watches whether anything happens. */
  async construct(request: ConstructRequest): Promise<ConstructResult | undefined> {
    const able = await this.capabilities();
    if (able === undefined) return undefined;
    if (!able.secrets) throw new ProviderError(`${this.label} takes no secrets, and so cannot make components`, false);
    const message = constructMessage(request, { ...able, unknowns: true, outputs: able.takesOutputs });
    return readConstruct(await this.send<providerMessages.ConstructResponse>("construct", message, Infinity));
  }

  async call(request: CallRequest): Promise<CallResult> {
    const able = await this.capabilities();
    if (able === undefined) return { result: {}, dependencies: {}, failures: [] };
    const wire = { secrets: true, resources: true, unknowns: true, outputs: able.takesOutputs };
    return readCall(await this.send<providerMessages.CallResponse>("call", callMessage(request, wire), Infinity));
  }

  /** Asks the provider to end what it is doing. Never fails. */
  async cancel(): Promise<void> {
    const { Empty } = require("google-protobuf/google/protobuf/empty_pb") as { Empty: new () => never };
    await call(this.client, "cancel", new Empty(), shortest).catch(() => undefined);
  }

  private received<Result extends OperationResult>(
    result: Result,
    preview: boolean,
    inputs: PropertyMap,
    what: string,
  ): Result {
    const outputs = annotateSecrets(result.outputs, inputs);
    return { ...result, outputs: preview ? outputs : rejectUnknowns(outputs, `${this.label}.${what}`) };
  }

  /** A failure that says the resource exists but is not ready is a result. */
  private async operate<Response, Result>(
    method: string,
    message: Parameters<typeof call>[2],
    timeoutSeconds: number,
    read: (response: Response) => Result,
    headers: Headers = {},
  ): Promise<Result> {
    try {
      return read(await this.ask<Response>(method, message, timeoutSeconds, headers));
    } catch (error) {
      const partial = readInitFailure(error);
      if (partial === undefined) throw asProviderError(error, this.label);
      return partial as Result;
    }
  }

  private async send<Response>(
    method: string,
    message: Parameters<typeof call>[2],
    timeoutSeconds = 0,
  ): Promise<Response> {
    try {
      return await this.ask<Response>(method, message, timeoutSeconds);
    } catch (error) {
      throw asProviderError(error, this.label);
    }
  }

  private ask<Response>(
    method: string,
    message: Parameters<typeof call>[2],
    timeoutSeconds = 0,
    headers: Headers = {},
  ): Promise<Response> {
    return call<typeof message, Response>(
      this.client,
      method,
      message,
      Math.max(this.timeoutSeconds, timeoutSeconds + shortest),
      headers,
    );
  }
}

function requireKnown(able: Capabilities | undefined, label: string): Capabilities {
  if (able === undefined) throw new ProviderError(`${label} has an unknown configuration outside of a preview`, false);
  return able;
}
