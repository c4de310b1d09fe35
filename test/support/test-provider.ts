import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { callMethod, construct } from "./test-component";

type Properties = Record<string, unknown>;

const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signatureKey = "4dabf18193072939515e22adb298388d";

/** One call of the provider, as a test sees it. */
export interface ProviderCall {
  method: string;
  urn: string;
  name: string;
  id?: string;
  news?: Properties;
  /** Seconds, where the call has a limit. */
  timeout?: number;
}

/**
 * A provider of package `test` that does what its resources ask for in their inputs:
 *
 * | input | what happens |
 * | --- | --- |
 * | `size`, `tags`, `value`, anything else | may change in place |
 * | `zone` | a change replaces, create before delete |
 * | `disk` | a change replaces, delete before create |
 * | `checkFails: text` | Check reports a failure of property `checkFails` |
 * | `createFails: text` | Create fails; `updateFails`, `deleteFails` alike |
 * | `initFails: text` | Create makes the resource and says that it did not become ready |
 * | `diffUnknown: true` | Diff answers that it cannot tell |
 * | `createDies: true` | the provider is gone in the middle of Create; `updateDies`, `deleteDies` alike |
 * | `wait: milliseconds` | Create, Update and Delete take that long |
 *
 * Components and methods: see `construct` and `callMethod` in `test-component.ts`.
 *
 * Outputs are the inputs, `arn` (`arn:test:<name>`) and `serial`, which counts the resources of that name. Ids are `<name>-<serial>`.
 */
export class TestProvider {
  readonly calls: ProviderCall[] = [];
  /** What exists: properties by id. */
  readonly world = new Map<string, Properties>();
  /** Highest number of operations at the same time so far. */
  mostAtOnce = 0;
  readonly seeds: Uint8Array[] = [];
  private atOnce = 0;
  private readonly serials = new Map<string, number>();
  private server: grpc.Server | undefined;
  address = "";

  constructor(private readonly options: { secrets?: boolean; outputs?: boolean } = {}) {}

  async start(): Promise<this> {
    const server = new grpc.Server({ "grpc.max_receive_message_length": 4e8, "grpc.max_send_message_length": 4e8 });
    server.addService(ResourceProviderService as unknown as grpc.ServiceDefinition, this.handlers());
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    this.server = server;
    this.address = `127.0.0.1:${port}`;
    return this;
  }

  /** Ends it at once, as a crash would. `start` brings it back with the same world. */
  stop(): void {
    this.server?.forceShutdown();
    this.server = undefined;
  }

  get running(): boolean {
    return this.server !== undefined;
  }

  operations(...methods: string[]): string[] {
    return this.calls.filter((call) => methods.includes(call.method)).map((call) => `${call.method} ${call.name}`);
  }

  private record(method: string, urn: string, rest: Partial<ProviderCall> = {}): void {
    this.calls.push({ method, urn, name: urn.split("::").slice(3).join("::"), ...rest });
  }

  private handlers(): grpc.UntypedServiceImplementation {
    const unary =
      <Request, Response>(
        answer: (request: Request) => Promise<Response> | Response,
      ): grpc.handleUnaryCall<Request, Response> =>
      (call, callback) => {
        Promise.resolve()
          .then(() => answer(call.request))
          .then(
            (response) => callback(null, response),
            (error: grpc.ServiceError) =>
              callback({ code: error.code ?? grpc.status.UNKNOWN, details: error.message, metadata: error.metadata }),
          );
      };
    return {
      checkConfig: unary((request: messages.CheckRequest) => this.checkConfig(request)),
      diffConfig: unary((request: messages.DiffRequest) => this.diffConfig(request)),
      configure: unary((request: messages.ConfigureRequest) => this.configure(request)),
      check: unary((request: messages.CheckRequest) => this.check(request)),
      diff: unary((request: messages.DiffRequest) => this.diff(request)),
      create: unary((request: messages.CreateRequest) => this.create(request)),
      update: unary((request: messages.UpdateRequest) => this.update(request)),
      delete: unary((request: messages.DeleteRequest) => this.delete(request)),
      read: unary((request: messages.ReadRequest) => this.read(request)),
      invoke: unary((request: messages.InvokeRequest) => this.invoke(request)),
      construct: unary((request: messages.ConstructRequest) => construct(this, request)),
      call: unary((request: messages.CallRequest) => callMethod(this, request)),
      cancel: unary(() => new Empty()),
      // The real engine introduces itself to a provider that was started by hand.
      attach: unary(() => new Empty()),
      getPluginInfo: unary(() => pluginInfo()),
    };
  }

  private checkConfig(request: messages.CheckRequest): messages.CheckResponse {
    this.record("checkConfig", request.getUrn());
    return new messages.CheckResponse().setInputs(request.getNews());
  }

  private diffConfig(request: messages.DiffRequest): messages.DiffResponse {
    this.record("diffConfig", request.getUrn());
    return compare(plain(request.getOldInputs()), plain(request.getNews()), ["region"], []);
  }

  private configure(request: messages.ConfigureRequest): messages.ConfigureResponse {
    this.record("configure", request.getUrn() ?? "", { news: plain(request.getArgs()) });
    return new messages.ConfigureResponse()
      .setAcceptsecrets(this.options.secrets ?? true)
      .setAcceptresources(true)
      .setSupportspreview(true)
      .setAcceptoutputs(this.options.outputs ?? true);
  }

  private check(request: messages.CheckRequest): messages.CheckResponse {
    const news = plain(request.getNews());
    this.record("check", request.getUrn(), { news });
    this.seeds.push(request.getRandomseed_asU8());
    const response = new messages.CheckResponse().setInputs(request.getNews());
    if (typeof news.checkFails === "string") {
      response.addFailures(new messages.CheckFailure().setProperty("checkFails").setReason(news.checkFails));
    }
    return response;
  }

  private diff(request: messages.DiffRequest): messages.DiffResponse {
    const news = plain(request.getNews());
    this.record("diff", request.getUrn(), { id: request.getId(), news });
    if (news.diffUnknown === true)
      return new messages.DiffResponse().setChanges(messages.DiffResponse.DiffChanges.DIFF_UNKNOWN);
    const old = plain(request.getOldInputs());
    for (const path of request.getIgnorechangesList()) news[path] = old[path];
    return compare(old, news, ["zone"], ["disk"]);
  }

  private async create(request: messages.CreateRequest): Promise<messages.CreateResponse> {
    const inputs = plain(request.getProperties());
    const preview = request.getPreview();
    this.record(preview ? "preview-create" : "create", request.getUrn(), {
      news: inputs,
      timeout: request.getTimeout(),
    });
    if (preview) {
      return new messages.CreateResponse().setProperties(
        struct({ ...inputs, arn: unknownValue, serial: unknownValue }),
      );
    }
    await this.busy(inputs.wait);
    if (inputs.createDies === true) this.stop();
    if (typeof inputs.createFails === "string") throw new Error(inputs.createFails);
    const name = request.getUrn().split("::").slice(3).join("::");
    const serial = (this.serials.get(name) ?? 0) + 1;
    this.serials.set(name, serial);
    const id = `${name}-${serial}`;
    const outputs = { ...inputs, arn: `arn:test:${name}`, serial };
    this.world.set(id, outputs);
    if (typeof inputs.initFails === "string") throw initFailure(id, inputs, outputs, inputs.initFails);
    return new messages.CreateResponse().setId(id).setProperties(struct(outputs));
  }

  private async update(request: messages.UpdateRequest): Promise<messages.UpdateResponse> {
    const news = plain(request.getNews());
    const olds = plain(request.getOlds());
    this.record(request.getPreview() ? "preview-update" : "update", request.getUrn(), {
      id: request.getId(),
      news,
      timeout: request.getTimeout(),
    });
    const outputs = { ...news, arn: olds.arn, serial: olds.serial };
    if (!request.getPreview()) {
      await this.busy(news.wait);
      if (news.updateDies === true) this.stop();
      if (typeof news.updateFails === "string") throw new Error(news.updateFails);
      this.world.set(request.getId(), outputs);
    }
    return new messages.UpdateResponse().setProperties(struct(outputs));
  }

  private async delete(request: messages.DeleteRequest): Promise<Empty> {
    this.record("delete", request.getUrn(), { id: request.getId(), timeout: request.getTimeout() });
    const olds = plain(request.getOldInputs());
    await this.busy(olds.wait);
    if (olds.deleteDies === true) this.stop();
    if (typeof olds.deleteFails === "string") throw new Error(olds.deleteFails);
    this.world.delete(request.getId());
    return new Empty();
  }

  private read(request: messages.ReadRequest): messages.ReadResponse {
    this.record("read", request.getUrn(), { id: request.getId() });
    const outputs = this.world.get(request.getId());
    if (outputs === undefined) return new messages.ReadResponse();
    const { arn: _arn, serial: _serial, ...inputs } = outputs;
    return new messages.ReadResponse().setId(request.getId()).setProperties(struct(outputs)).setInputs(struct(inputs));
  }

  private invoke(request: messages.InvokeRequest): messages.InvokeResponse {
    this.record("invoke", "urn::::::", { name: request.getTok() });
    const args = plain(request.getArgs());
    if (typeof args.fails === "string") {
      const response = new messages.InvokeResponse();
      response.addFailures(new messages.CheckFailure().setProperty("fails").setReason(args.fails));
      return response;
    }
    return new messages.InvokeResponse().setReturn(struct({ ...args, answered: true }));
  }

  private async busy(wait: unknown): Promise<void> {
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    if (typeof wait === "number") await new Promise((resolve) => setTimeout(resolve, wait));
    this.atOnce -= 1;
  }
}

const plain = (message: Struct | undefined): Properties =>
  message === undefined ? {} : (message.toJavaScript() as Properties);
const struct = (value: Properties): Struct =>
  Struct.fromJavaScript(JSON.parse(JSON.stringify(value)) as Parameters<typeof Struct.fromJavaScript>[0]);

const reveal = (value: unknown): unknown =>
  typeof value === "object" && value !== null && signatureKey in value && "value" in value
    ? reveal(value.value)
    : value;

function compare(old: Properties, news: Properties, replace: string[], deleteFirst: string[]): messages.DiffResponse {
  const response = new messages.DiffResponse().setHasdetaileddiff(true);
  const keys = [...new Set([...Object.keys(old), ...Object.keys(news)])].filter(
    (key) => JSON.stringify(reveal(old[key])) !== JSON.stringify(reveal(news[key])),
  );
  for (const key of keys) {
    const replaces = replace.includes(key) || deleteFirst.includes(key);
    const base = old[key] === undefined ? 0 : news[key] === undefined ? 2 : 4;
    const diff = new messages.PropertyDiff()
      .setKind((base + (replaces ? 1 : 0)) as messages.PropertyDiff.Kind)
      .setInputdiff(true);
    response.getDetaileddiffMap().set(key, diff);
    response.addDiffs(key);
    if (replaces) response.addReplaces(key);
    if (deleteFirst.includes(key)) response.setDeletebeforereplace(true);
  }
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  return response.setChanges(keys.length === 0 ? DIFF_NONE : DIFF_SOME);
}

function initFailure(id: string, inputs: Properties, outputs: Properties, reason: string): Error {
  const detail = new messages.ErrorResourceInitFailed()
    .setId(id)
    .setInputs(struct(inputs))
    .setProperties(struct(outputs));
  detail.addReasons(reason);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status().setCode(grpc.status.UNKNOWN).setMessage("not ready");
  status.addDetails(any);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return Object.assign(new Error("not ready"), { code: grpc.status.UNKNOWN, metadata });
}

function pluginInfo(): unknown {
  const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb") as typeof import("@pulumi/pulumi/proto/plugin_pb");
  return new PluginInfo().setVersion("1.2.3");
}
