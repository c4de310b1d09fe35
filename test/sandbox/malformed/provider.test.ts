import * as fs from "node:fs";
import * as http2 from "node:http2";
import * as os from "node:os";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { CallbacksService } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { Callback } from "@pulumi/pulumi/proto/callback_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type InlineProgram, type RunOptions, type RunResult, run } from "../../../sandbox/engine";
import { resumeHeader } from "../../../sandbox/engine/providers/configuration";
import { registering, registration, speaking } from "./inline";
import { frame, RawProvider } from "./raw-provider";

// biome-ignore lint/suspicious/noExplicitAny: each call has a message of its own, and some get what is none.
type Handler = grpc.handleUnaryCall<any, any>;
type Handlers = Record<string, Handler | undefined>;

/** Longer than any test may take: nothing that answers is cut off because the machine is busy. */
const longSeconds = 600;
/** For those that never answer. */
const shortSeconds = 0.2;

let folder: string;
let said: string[];
let stops: (() => void)[];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-malformed-"));
  said = [];
  stops = [];
});
afterEach(() => {
  for (const stop of stops) stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const compared = (change: (answer: messages.DiffResponse) => unknown): Handlers => ({
  diff: (_call, answer) => {
    const response = new messages.DiffResponse();
    change(response);
    answer(null, response);
  },
});

/** What a well-behaved provider would answer. */
const good: Handlers = {
  checkConfig: (call: { request: messages.CheckRequest }, answer) =>
    answer(null, new messages.CheckResponse().setInputs(call.request.getNews())),
  configure: (_call, answer) => answer(null, new messages.ConfigureResponse().setAcceptsecrets(true)),
  check: (call: { request: messages.CheckRequest }, answer) =>
    answer(null, new messages.CheckResponse().setInputs(call.request.getNews())),
  create: (_call, answer) => answer(null, new messages.CreateResponse().setId("x").setProperties(new Struct())),
};

/** Promises to tell what became of a creation. */
const resuming: Handler = (call: grpc.ServerUnaryCall<unknown, unknown>, answer) => {
  const metadata = new grpc.Metadata();
  metadata.set(resumeHeader, "1");
  call.sendMetadata(metadata);
  answer(null, new messages.ProviderHandshakeResponse().setAcceptSecrets(true));
};
const silent: Handler = () => undefined;
const garbage: Handler = (_call, answer) =>
  answer(null, { serializeBinary: () => Buffer.from("ffffffffff0102", "hex") });

/** Serves with these handlers and gives the address. */
async function serve(service: unknown, handlers: Handlers): Promise<string> {
  const server = new grpc.Server();
  stops.push(() => server.forceShutdown());
  const lax = Object.fromEntries(
    Object.entries(service as grpc.ServiceDefinition).map(([name, method]) => [
      name,
      // Also what is no message of its type is sent.
      {
        ...method,
        responseSerialize: (value: { serializeBinary(): Uint8Array }) => Buffer.from(value.serializeBinary()),
      },
    ]),
  );
  const given = Object.entries(handlers).filter(([, handler]) => handler !== undefined);
  server.addService(lax, Object.fromEntries(given) as grpc.UntypedServiceImplementation);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(`127.0.0.1:${port}`) : reject(error),
    );
  });
}

const serveProvider = (breaking: Handlers): Promise<string> => serve(ResourceProviderService, { ...good, ...breaking });

function start(address: string, given: Partial<RunOptions> & { program?: InlineProgram } = {}): Promise<RunResult> {
  const { program = registering(registration("thing", { size: 1 })), ...rest } = given;
  return run({
    operation: "up",
    project: { name: "malformed", root: folder, main: folder, nodeArgs: [], inline: program },
    stack: "dev",
    config: { values: {}, secretKeys: [] },
    stateFolder: path.join(folder, "state"),
    passphrase: "only for tests",
    startProvider: () => Promise.resolve({ address, stop: () => Promise.resolve() }),
    policyPacks: [],
    skipPreview: true,
    timeoutSeconds: longSeconds,
    onEvent: (event) => {
      if (event.type === "diagnostic" && event.severity === "error") said.push(event.message);
    },
    ...rest,
  });
}

/** Operations that the state says may or may not have happened. */
function pending(): string[] {
  const read = (file: string) => JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, never>;
  const files = fs.readdirSync(path.join(folder, "state"), { recursive: true, encoding: "utf8" });
  const state = files.find((file) => /dev\.json$/.test(file)) ?? "";
  const document = read(path.join(folder, "state", state)) as Record<string, { [name: string]: unknown }>;
  const operations = (document.deployment ?? document.checkpoint)?.pending_operations ?? [];
  return (operations as { type: string; resource: { urn: string } }[]).map(
    ({ type, resource }) => `${type} ${resource.urn.split("::").pop()}`,
  );
}

describe("a provider that gives", { timeout: 60_000 }, () => {
  it.each([
    ["bytes that are no message, from Check", { check: garbage }, /./],
    ["bytes that are no message, from Create", { create: garbage }, /./],
    ["bytes that are no message, from Configure", { configure: garbage }, /./],
    [
      "a resource without an id",
      { create: (_call, answer) => answer(null, new messages.CreateResponse()) },
      /returned no id/,
    ],
    ["its end in the middle of Create", { create: () => stops[0]?.() }, /is gone|did not answer|Connection|RST/i],
    [
      "a status that does not exist",
      { create: (_call, answer) => answer({ code: 999 as grpc.status, details: "no such status" }) },
      /./,
    ],
    ["nothing that it has", { check: undefined, create: undefined }, /./],
  ] as [string, Handlers, RegExp][])("%s: the run fails and says so", async (_name, breaking, message) => {
    const result = await start(await serveProvider(breaking));
    expect(result.status).toBe("failed");
    expect(said.join("\n")).toMatch(message);
  });

  it.each([
    ["CheckConfig", { checkConfig: silent }],
    ["Configure", { configure: silent }],
    ["Check", { check: silent }],
    ["Create", { create: silent }],
    ["Handshake", { handshake: silent }],
    ["Attach", { attach: silent }],
  ] as [string, Handlers][])("no answer to %s: the run fails and says so", async (_name, breaking) => {
    const result = await start(await serveProvider(breaking), { timeoutSeconds: shortSeconds });
    expect(result.status).toBe("failed");
    expect(said.join("\n")).toMatch(/did not answer in time/);
  });

  it.each([
    ["a change that does not exist", compared((answer) => answer.setChanges(99 as never)), /the change 99/],
    [
      "a kind of difference that does not exist",
      compared((answer) => {
        answer.setChanges(2).setHasdetaileddiff(true);
        answer.getDetaileddiffMap().set("size", new messages.PropertyDiff().setKind(77 as never));
      }),
      /the kind of difference 77/,
    ],
    ["bytes that are no message, from Diff", { diff: garbage }, /./],
    ["bytes that are no message, from Update", { ...compared((answer) => answer.setChanges(2)), update: garbage }, /./],
  ] as [string, Handlers, RegExp][])("%s, for what exists: nothing of it is lost", async (_name, breaking, message) => {
    await start(await serveProvider({}));
    const changed = { program: registering(registration("thing", { size: 2 })) };
    const result = await start(await serveProvider(breaking), changed);
    expect(result.status).toBe("failed");
    expect(said.join("\n")).toMatch(message);
    const again = await start(await serveProvider(compared((answer) => answer.setChanges(1))));
    expect(again.status).toBe("succeeded");
    expect(again.steps.map(({ op }) => op)).not.toContain("create");
  });

  it("no answer to Delete and Read: the resource stays in the state", async () => {
    await start(await serveProvider({}));
    for (const operation of ["destroy", "refresh"] as const) {
      const address = await serveProvider({ delete: silent, read: silent });
      const result = await start(address, { operation, timeoutSeconds: shortSeconds });
      expect(result.status).toBe("failed");
      expect(said.pop()).toMatch(/did not answer in time/);
    }
    const again = await start(await serveProvider(compared((answer) => answer.setChanges(1))));
    expect(again.steps.map(({ op }) => op)).not.toContain("create");
  });

  it("its answer to Create too late: the state keeps that it may have happened", async () => {
    let answerLate = (): void => undefined;
    const create: Handler = (_call, answer) => {
      answerLate = () => answer(null, new messages.CreateResponse().setId("late"));
    };
    const result = await start(await serveProvider({ create, handshake: resuming }), { timeoutSeconds: shortSeconds });
    answerLate();
    expect(result.status).toBe("failed");
    expect(result.summary.maybeCorrupt).toBe(true);
    expect(pending()).toEqual(["creating thing"]);
  });

  const created = frame(new messages.CreateResponse().setId("x").serializeBinary());
  it.each([
    // gRPC never comes to an end of it.
    ["two answers to one call", [created, created], shortSeconds, /did not answer in time/],
    [
      "an answer beyond the limit of a message",
      [frame(new Uint8Array(8), 500 * 1024 * 1024)],
      longSeconds,
      /sent more than a message may hold/,
    ],
  ])("%s: the run fails and says that it may have happened", async (_name, frames, timeoutSeconds, message) => {
    const passed = frame(new messages.CheckResponse().setInputs(new Struct()).serializeBinary());
    const provider = new RawProvider({
      CheckConfig: [passed],
      Configure: [frame(new messages.ConfigureResponse().setAcceptsecrets(true).serializeBinary())],
      Check: [passed],
      Create: frames,
    });
    stops.push(() => provider.stop());
    const result = await start(await provider.start(), { timeoutSeconds });
    expect(result.status).toBe("failed");
    expect(said.join("\n")).toMatch(message);
    expect(result.summary.maybeCorrupt).toBe(true);
  });

  it("no answer to Construct, Call and Invoke: the run fails and names it", async () => {
    const remote = new proto.RegisterResourceRequest().setType("test:index:Group").setName("group").setRemote(true);
    const method = new proto.ResourceCallRequest().setTok("test:index:Group/method");
    const requests = [
      [
        "registerResource",
        remote.setVersion("1.2.3"),
        /The provider that makes test:index:Group 'group' has done nothing/,
      ],
      ["call", method.setVersion("1.2.3"), /The provider of 'test:index:Group\/method' has done nothing/],
      ["invoke", new proto.ResourceInvokeRequest().setTok("test:index:get").setVersion("1.2.3"), /in time/],
    ] as const;
    for (const [name, request, message] of requests) {
      const address = await serveProvider({ construct: silent, call: silent, invoke: silent });
      const program = speaking((ask) => ask(name, request as never));
      const result = await start(address, { program, timeoutSeconds: shortSeconds });
      expect(result.status).toBe("failed");
      expect(said.join("\n")).toMatch(message);
    }
  });

  it("no sign that it has started: the run does not wait for it", async () => {
    const startProvider = () => new Promise<never>(() => undefined);
    const result = await start("", { startProvider, timeoutSeconds: shortSeconds });
    expect(result.status).toBe("failed");
    expect(said.join("\n")).toContain(`did not start within ${shortSeconds} seconds`);
  });
});

/** What the monitor answers to a request of which only the beginning is sent. Its frame says how long it would be. */
function statusOfHuge(monitor: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const session = http2.connect(`http://${monitor}`);
    session.on("error", reject);
    stops.push(() => session.destroy());
    const stream = session.request({
      ":method": "POST",
      ":path": "/pulumirpc.ResourceMonitor/RegisterResource",
      "content-type": "application/grpc",
      te: "trailers",
    });
    const read = (headers: http2.IncomingHttpHeaders) => {
      const code = headers["grpc-status"];
      if (code !== undefined) resolve(`${String(code)} ${decodeURIComponent(String(headers["grpc-message"]))}`);
    };
    stream.on("error", () => undefined);
    stream.on("response", read);
    stream.on("trailers", read);
    stream.write(frame(new Uint8Array(8), 500 * 1024 * 1024));
  });
}

describe("a program that", { timeout: 60_000 }, () => {
  it("sends more than a message may hold is told so", async () => {
    let told = "";
    const inline: InlineProgram = async ({ monitor }) => {
      told = await statusOfHuge(monitor);
      throw new Error(`it was refused: ${told}`);
    };
    const result = await start(await serveProvider({}), { program: inline });
    expect(result.status).toBe("failed");
    expect(told).toMatch(/^8 .*larger than max/i);
    expect(said.join("\n")).toContain("it was refused");
  });

  const program = (talk: Parameters<typeof speaking>[0]) => ({ program: speaking(talk) });

  it("never does anything is ended, and named", async () => {
    const waiting = { ...program(() => new Promise(() => undefined)), timeoutSeconds: shortSeconds };
    const result = await start(await serveProvider({}), waiting);
    expect(result.status).toBe("failed");
    expect(said.join("\n")).toContain(`The program has done nothing for ${shortSeconds} seconds and was ended`);
  });

  it("registers after it has said that it is done is refused, and what exists stays", async () => {
    await start(await serveProvider({}));
    let answer: unknown;
    const late = program(async (ask) => {
      void ask("signalAndWaitForShutdown", new Empty() as never).catch(() => undefined);
      answer = await ask("registerResource", registration("thing", { size: 1 })).catch((error: Error) => error);
    });
    const result = await start(await serveProvider({}), late);
    expect(result.status).toBe("failed");
    expect(said.join("\n")).toContain("after it has said that it has nothing more to register");
    expect(String(answer)).toMatch(/the run is ending/);
  });

  it("says that it is done before its requests are answered has them carried out all the same", async () => {
    let release = (): void => undefined;
    const check: Handler = (call: { request: messages.CheckRequest }, answer) => {
      release = () => answer(null, new messages.CheckResponse().setInputs(call.request.getNews()));
      // Not before it was said.
      setTimeout(() => release(), 50);
    };
    const hasty = program(async (ask) => void ask("registerResource", registration("thing")));
    const result = await start(await serveProvider({ check }), hasty);
    expect(result.status).toBe("succeeded");
    expect(result.summary.changes.create).toBe(1);
  });

  it("does not answer when its transform or hook is called fails, and says which", async () => {
    const target = await serve(CallbacksService, { invoke: silent });
    const callback = new Callback().setTarget(target).setToken("never");
    const transforming = program(async (ask) => {
      await ask("registerStackTransform", callback as never);
      await ask("registerResource", registration("thing"));
    });
    const result = await start(await serveProvider({}), { ...transforming, timeoutSeconds: shortSeconds });
    expect(result.status).toBe("failed");
    expect(said.join("\n")).toContain(`a function of the program did not answer within ${shortSeconds} seconds`);

    const hooked = registration("thing");
    hooked.setHooks(new proto.RegisterResourceRequest.ResourceHooksBinding().setBeforeCreateList(["never"]));
    const hooking = program(async (ask) => {
      const hook = new proto.RegisterResourceHookRequest().setName("never").setCallback(callback);
      await ask("registerResourceHook", hook);
      await ask("registerResource", hooked);
    });
    const second = await start(await serveProvider({}), { ...hooking, timeoutSeconds: shortSeconds });
    expect(second.status).toBe("failed");
    expect(said.join("\n")).toMatch(/BeforeCreate hook "never" failed: a function of the program did not answer/);
  });
});
