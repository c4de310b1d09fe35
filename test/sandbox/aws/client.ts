import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as p from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type AwsTwin, type AwsTwinOptions, startAwsTwin } from "../../../sandbox/aws";

export type Values = Record<string, unknown>;

export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const secret = (value: unknown): Values => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

/** As on the wire, where what is undefined is absent. */
const struct = (values: Values): Struct =>
  Struct.fromJavaScript(JSON.parse(JSON.stringify(values)) as Parameters<typeof Struct.fromJavaScript>[0]);
const plain = (message: Struct | undefined): Values => (message?.toJavaScript() ?? {}) as Values;

export const urnOf = (type: string, name: string, stack = "sandbox"): string =>
  `urn:pulumi:${stack}::gabion::${type}::${name}`;

/** A property map without the marks that the bridged provider leaves. */
export function unmarked<T>(value: T): T {
  if (Array.isArray(value)) return value.map(unmarked) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "__defaults")
      .map(([name, inner]) => [name, unmarked(inner)]),
  ) as T;
}

export interface Made {
  type: string;
  urn: string;
  id: string;
  inputs: Values;
  outputs: Values;
}

/** Drives a twin over its wire, as an engine does. */
export class Client {
  readonly raw: ResourceProviderClient;

  constructor(address: string) {
    this.raw = new ResourceProviderClient(address, grpc.credentials.createInsecure(), {
      "grpc.use_local_subchannel_pool": 1,
    });
  }

  call<T>(method: string, request: unknown): Promise<T> {
    const client = this.raw as unknown as Record<
      string,
      (request: unknown, done: (error: Error | null, value: T) => void) => void
    >;
    return new Promise((resolve, reject) => {
      client[method]?.call(client, request, (error, value) => (error === null ? resolve(value) : reject(error)));
    });
  }

  async configure(args: Values = { region: "eu-central-1" }): Promise<p.ConfigureResponse> {
    const request = new p.ConfigureRequest();
    request.setUrn(urnOf("pulumi:providers:aws", "default"));
    request.setArgs(struct(args));
    request.setAcceptsecrets(true);
    return this.call("configure", request);
  }

  async checkConfig(news: Values, stack = "sandbox"): Promise<p.CheckResponse.AsObject> {
    const request = new p.CheckRequest();
    request.setUrn(urnOf("pulumi:providers:aws", "default", stack));
    request.setNews(struct(news));
    return (await this.call<p.CheckResponse>("checkConfig", request)).toObject();
  }

  async check(
    type: string,
    name: string,
    news: Values,
    olds?: Values,
    seed = "seed",
    urn = urnOf(type, name),
  ): Promise<{ inputs: Values; failures: { property: string; reason: string }[] }> {
    const request = new p.CheckRequest();
    request.setUrn(urn);
    if (olds !== undefined) request.setOlds(struct(olds));
    request.setNews(struct(news));
    request.setRandomseed(Buffer.from(seed));
    const response = await this.call<p.CheckResponse>("check", request);
    return { inputs: plain(response.getInputs()), failures: response.getFailuresList().map((one) => one.toObject()) };
  }

  async createRaw(type: string, name: string, inputs: Values, preview = false): Promise<Made> {
    const urn = urnOf(type, name);
    const request = new p.CreateRequest();
    request.setUrn(urn);
    request.setProperties(struct(inputs));
    request.setPreview(preview);
    const response = await this.call<p.CreateResponse>("create", request);
    return { type, urn, id: response.getId(), inputs, outputs: plain(response.getProperties()) };
  }

  /** Check and create, as an engine does for a new resource. Fails when the check does. */
  async create(type: string, name: string, news: Values): Promise<Made> {
    const checked = await this.check(type, name, news);
    if (checked.failures.length > 0) throw new Error(checked.failures.map((one) => one.reason).join("\n"));
    return this.createRaw(type, name, checked.inputs);
  }

  async diff(made: Made, news: Values): Promise<Record<string, string>> {
    const { inputs } = await this.check(made.type, made.urn.slice(made.urn.lastIndexOf(":") + 1), news, made.inputs);
    return (await this.diffRaw(made, inputs)).details;
  }

  async diffRaw(made: Made, inputs: Values, ignored: string[] = []) {
    const request = new p.DiffRequest();
    request.setUrn(made.urn);
    request.setId(made.id);
    request.setOldInputs(struct(made.inputs));
    request.setOlds(struct(made.outputs));
    request.setNews(struct(inputs));
    request.setIgnorechangesList(ignored);
    const response = await this.call<p.DiffResponse>("diff", request);
    const names = Object.entries(p.PropertyDiff.Kind);
    const details: Record<string, string> = {};
    response.getDetaileddiffMap().forEach((value, path) => {
      details[path] = names.find(([, kind]) => kind === value.getKind())?.[0] ?? "";
    });
    return {
      details,
      changes: response.getChanges(),
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  async update(made: Made, news: Values, preview = false): Promise<Made> {
    const name = made.urn.slice(made.urn.lastIndexOf(":") + 1);
    const { inputs, failures } = await this.check(made.type, name, news, made.inputs);
    if (failures.length > 0) throw new Error(failures.map((one) => one.reason).join("\n"));
    const request = new p.UpdateRequest();
    request.setUrn(made.urn);
    request.setId(made.id);
    request.setOldInputs(struct(made.inputs));
    request.setOlds(struct(made.outputs));
    request.setNews(struct(inputs));
    request.setPreview(preview);
    const response = await this.call<p.UpdateResponse>("update", request);
    return { ...made, inputs, outputs: plain(response.getProperties()) };
  }

  async delete(made: Made): Promise<void> {
    const request = new p.DeleteRequest();
    request.setUrn(made.urn);
    request.setId(made.id);
    request.setProperties(struct(made.outputs));
    request.setOldInputs(struct(made.inputs));
    await this.call("delete", request);
  }

  async read(made: {
    urn: string;
    id: string;
    inputs?: Values;
    outputs?: Values;
  }): Promise<{ id: string; inputs: Values; outputs: Values }> {
    const request = new p.ReadRequest();
    request.setUrn(made.urn);
    request.setId(made.id);
    request.setProperties(struct(made.outputs ?? {}));
    request.setInputs(struct(made.inputs ?? {}));
    const response = await this.call<p.ReadResponse>("read", request);
    return { id: response.getId(), inputs: plain(response.getInputs()), outputs: plain(response.getProperties()) };
  }

  async invoke(token: string, args: Values = {}): Promise<Values> {
    const request = new p.InvokeRequest();
    request.setTok(token);
    request.setArgs(struct(args));
    return plain((await this.call<p.InvokeResponse>("invoke", request)).getReturn());
  }

  async cancel(): Promise<void> {
    await this.call("cancel", new Empty());
  }

  close(): void {
    this.raw.close();
  }
}

export interface Bench {
  twin: AwsTwin;
  client: Client;
  folder: string;
  /** Stops the twin and starts another on the same world. */
  restart(options?: Partial<AwsTwinOptions>): Promise<void>;
  end(): Promise<void>;
}

/** A twin on an empty world with a configured client. */
export async function bench(
  options: Partial<AwsTwinOptions> = {},
  configuration: Values = { region: "eu-central-1" },
): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), "gabion-twin-"));
  const start = async (more: Partial<AwsTwinOptions>) => {
    const twin = await startAwsTwin({
      worldFolder: folder,
      acceptsStack: (urn) => urn.startsWith("urn:pulumi:sandbox::"),
      ...more,
    });
    const client = new Client(twin.address);
    await client.configure(configuration);
    return { twin, client };
  };
  const running: Bench = {
    ...(await start(options)),
    folder,
    async restart(more = options) {
      running.client.close();
      await running.twin.stop();
      Object.assign(running, await start(more));
    },
    async end() {
      running.client.close();
      await running.twin.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return running;
}
