import type * as providerMessages from "@pulumi/pulumi/proto/provider_pb";
import type { PropertyMap } from "../state/types";
import { parseUrn } from "../urn";
import { carriedSecrets } from "../values/carried-secrets";
import { fromStruct, rejectUnknowns, toStruct, type WireOptions } from "../values/wire";
import { messages, readCreate, readDiff, readRead, readUpdate } from "./answers";
import { callMessage, constructMessage, readCall, readConstruct } from "./component-messages";
import { type Capabilities, Configuration, type ProviderIdentity } from "./configuration";
import { Connection } from "./connection";
import {
  checkMessage,
  createMessage,
  deleteMessage,
  diffMessage,
  fillIdentity,
  readMessage,
  updateMessage,
} from "./requests";
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

/** How values of the state are sent to a provider. */
const stored = (able: Capabilities): WireOptions => ({ ...able, unknowns: false, elideAssets: true });

/**
 * One configured instance of a provider behind gRPC. Until `configure` was called it can only check and compare configurations; while its configuration
 * holds unknown values it answers previews itself, as the provider cannot.
 */
export class RemoteProvider implements Provider {
  private readonly connection: Connection;
  private readonly configuration: Configuration;
  private readonly label: string;

  /** `timeoutSeconds` is the longest silence of the provider, `label` what messages call it. */
  constructor(client: object, timeoutSeconds: number, label: string) {
    this.connection = new Connection(client, timeoutSeconds, label);
    this.configuration = new Configuration(this.connection);
    this.label = label;
  }

  /** The provider can be asked for what a creation that was begun has made. */
  get resumes(): boolean {
    return this.configuration.resumes;
  }

  handshake(engineAddress: string, root: string, main: string): Promise<void> {
    return this.configuration.handshake(engineAddress, root, main);
  }

  checkConfig(urn: string, name: string, type: string, olds: PropertyMap, news: PropertyMap): Promise<CheckResult> {
    return this.configuration.checkConfig(urn, name, type, olds, news);
  }

  diffConfig(request: Omit<DiffRequest, "id" | "allowUnknowns">): Promise<DiffResult> {
    return this.configuration.diffConfig(request);
  }

  /** Starts the configuration; operations wait for it. `known` is false while a value of the configuration is unknown. */
  configure(identity: ProviderIdentity, inputs: PropertyMap, known: boolean): void {
    this.configuration.configure(identity, inputs, known);
  }

  async check(request: CheckRequest): Promise<CheckResult> {
    const able = await this.configuration.capabilities();
    if (able === undefined) return { inputs: request.news, failures: [] };
    const message = checkMessage(request, { ...able, unknowns: request.allowUnknowns });
    const response = await this.connection.send<providerMessages.CheckResponse>("check", message);
    const inputs = fromStruct(response.getInputs());
    return {
      inputs: able.secrets ? inputs : carriedSecrets(inputs, request.news),
      failures: response.getFailuresList().map((failure) => failure.toObject()),
    };
  }

  async diff(request: DiffRequest): Promise<DiffResult> {
    const able = await this.configuration.capabilities();
    if (able === undefined) throw new DiffUnavailable();
    const message = diffMessage(request, { ...able, unknowns: request.allowUnknowns, elideAssets: true });
    return readDiff(await this.connection.send<providerMessages.DiffResponse>("diff", message));
  }

  async create(request: CreateRequest): Promise<OperationResult> {
    const able = await this.configuration.capabilities();
    if (request.preview && able?.preview !== true) return unasked(able, request.inputs);
    const known = await this.configuration.known();
    const result = await this.connection.operate(
      "create",
      createMessage(request, { ...known, unknowns: request.preview }),
      request.timeoutSeconds,
      readCreate,
      this.configuration.marked(request.mark),
    );
    if (!request.preview && (result.id === undefined || result.id === "")) {
      throw new ProviderError(`${this.label} returned no id for ${request.urn}`, true);
    }
    return this.received(result, request.preview, known.secrets ? {} : request.inputs, "create");
  }

  async update(request: UpdateRequest): Promise<OperationResult> {
    const able = await this.configuration.capabilities();
    if (request.preview && able?.preview !== true) return { id: request.id, ...unasked(able, request.newInputs) };
    const known = await this.configuration.known();
    const result = await this.connection.operate(
      "update",
      updateMessage(request, stored(known), { ...known, unknowns: request.preview }),
      request.timeoutSeconds,
      (response: providerMessages.UpdateResponse) => readUpdate(response, request.id),
    );
    return this.received(result, request.preview, known.secrets ? {} : request.newInputs, "update");
  }

  async delete(request: DeleteRequest): Promise<void> {
    const message = deleteMessage(request, stored(await this.configuration.known()));
    await this.connection.send("delete", message, request.timeoutSeconds);
  }

  async deleteBegun(urn: string, mark: string, inputs: PropertyMap): Promise<void> {
    const able = await this.configuration.known();
    // To a provider that does not know the mark this would be a deletion of something else.
    if (!this.resumes) throw new ProviderError(`${this.label} cannot tell what became of a creation`, false);
    const { name, type } = parseUrn(urn);
    const message = new (messages().DeleteRequest)();
    fillIdentity(message, { urn, name, type });
    message.setProperties(toStruct(inputs, stored(able)));
    await this.connection.send("delete", message, 0, this.configuration.marked(mark));
  }

  async read(request: ReadRequest): Promise<ReadResult> {
    const able = await this.configuration.capabilities();
    if (able === undefined) return { outputs: {}, inputs: {}, refreshBeforeUpdate: false, initErrors: [] };
    const message = readMessage(request, stored(able));
    const result = await this.connection.operate("read", message, request.timeoutSeconds, readRead);
    if (able.secrets) return result;
    return {
      ...result,
      ...(result.inputs === undefined ? {} : { inputs: carriedSecrets(result.inputs, request.inputs ?? {}) }),
      ...(result.outputs === undefined ? {} : { outputs: carriedSecrets(result.outputs, request.state) }),
    };
  }

  async invoke(token: string, args: PropertyMap, preview: boolean): Promise<InvokeResult> {
    const able = await this.configuration.capabilities();
    if (able === undefined) return { result: {}, failures: [] };
    const message = new (messages().InvokeRequest)();
    message.setTok(token);
    message.setArgs(toStruct(args, { ...able, unknowns: true }));
    message.setPreview(preview);
    const response = await this.connection.send<providerMessages.InvokeResponse>("invoke", message);
    return {
      result: fromStruct(response.getReturn()),
      failures: response.getFailuresList().map((failure) => failure.toObject()),
    };
  }

  /** How long it takes depends on the component: whoever waits watches whether anything happens. */
  async construct(request: ConstructRequest): Promise<ConstructResult | undefined> {
    const able = await this.configuration.capabilities();
    if (able === undefined) return undefined;
    if (!able.secrets) throw new ProviderError(`${this.label} takes no secrets, and so cannot make components`, false);
    const message = constructMessage(request, { ...able, unknowns: true, outputs: able.takesOutputs });
    return readConstruct(
      await this.connection.send<providerMessages.ConstructResponse>("construct", message, Infinity),
    );
  }

  async call(request: CallRequest): Promise<CallResult> {
    const able = await this.configuration.capabilities();
    if (able === undefined) return { result: {}, dependencies: {}, failures: [] };
    const wire = { secrets: true, resources: true, unknowns: true, outputs: able.takesOutputs };
    return readCall(
      await this.connection.send<providerMessages.CallResponse>("call", callMessage(request, wire), Infinity),
    );
  }

  /** Asks the provider to end what it is doing. Never fails. */
  cancel(): Promise<void> {
    return this.connection.cancel();
  }

  private received<Result extends OperationResult>(
    result: Result,
    preview: boolean,
    inputs: PropertyMap,
    what: string,
  ): Result {
    const outputs = carriedSecrets(result.outputs, inputs);
    return { ...result, outputs: preview ? outputs : rejectUnknowns(outputs, `${this.label}.${what}`) };
  }
}

/** What a preview says of a provider that cannot be asked: nothing while its configuration is unknown, else that it takes the inputs as they are. */
const unasked = (able: Capabilities | undefined, inputs: PropertyMap): OperationResult => ({
  outputs: able === undefined ? {} : inputs,
  refreshBeforeUpdate: false,
  initErrors: [],
});
