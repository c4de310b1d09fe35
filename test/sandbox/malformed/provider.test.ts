import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunResult, run } from "../../../sandbox/engine";
import { marked, processesWith } from "./processes";

const main = path.resolve(__dirname, "..", "..", "fixtures", "programs", "many");

// biome-ignore lint/suspicious/noExplicitAny: each call has a message of its own, and some get what is none.
type Handler = grpc.handleUnaryCall<any, any>;

let folder: string;
let server: grpc.Server;
let said: string[];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-malformed-"));
  server = new grpc.Server();
  said = [];
});
afterEach(() => {
  server.forceShutdown();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** What a well-behaved provider would answer. */
const good: Record<string, Handler> = {
  checkConfig: (call: { request: messages.CheckRequest }, answer) =>
    answer(null, new messages.CheckResponse().setInputs(call.request.getNews())),
  configure: (_call, answer) => answer(null, new messages.ConfigureResponse()),
  check: (call: { request: messages.CheckRequest }, answer) =>
    answer(null, new messages.CheckResponse().setInputs(call.request.getNews())),
  create: (_call, answer) => answer(null, new messages.CreateResponse().setId("x").setProperties(new Struct())),
};

const garbage: Handler = (_call, answer) =>
  answer(null, { serializeBinary: () => Buffer.from("ffffffffff0102", "hex") });

/** Each breaks one answer, and says what a person reads of it. */
const breakers: [string, () => Record<string, Handler>, RegExp][] = [
  ["bytes that are no message, from Check", () => ({ check: garbage }), /./],
  ["bytes that are no message, from Create", () => ({ create: garbage }), /./],
  ["bytes that are no message, from Configure", () => ({ configure: garbage }), /./],
  [
    "a resource without an id",
    () => ({ create: (_call, answer) => answer(null, new messages.CreateResponse()) }),
    /returned no id/,
  ],
  ["no answer to Create", () => ({ create: () => undefined }), /did not answer in time/],
  ["no answer to Check", () => ({ check: () => undefined }), /did not answer in time/],
  [
    "its end in the middle of Create",
    () => ({ create: () => server.forceShutdown() }),
    /is gone|did not answer|Connection|RST/i,
  ],
  [
    "a status that does not exist",
    () => ({ create: (_call, answer) => answer({ code: 999 as grpc.status, details: "no such status" }) }),
    /./,
  ],
  ["nothing that it has", () => ({ check: undefined as never, create: undefined as never }), /./],
];

async function start(breaking: Record<string, Handler>): Promise<{ result: RunResult; left: number[] }> {
  const service = ResourceProviderService as unknown as grpc.ServiceDefinition;
  const lax = Object.fromEntries(
    Object.entries(service).map(([name, method]) => [
      name,
      // Also what is no message of its type is sent.
      {
        ...method,
        responseSerialize: (value: { serializeBinary(): Uint8Array }) => Buffer.from(value.serializeBinary()),
      },
    ]),
  );
  const handlers = Object.entries({ ...good, ...breaking }).filter(([, handler]) => handler !== undefined);
  server.addService(lax, Object.fromEntries(handlers));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  const mark = marked();
  const result = await run({
    operation: "up",
    project: { name: "malformed", root: main, main, nodeArgs: [], typescript: false },
    stack: "dev",
    config: { values: {}, secretKeys: [] },
    stateFolder: path.join(folder, "state"),
    passphrase: "only for tests",
    startProvider: () => Promise.resolve({ address: `127.0.0.1:${port}`, stop: () => Promise.resolve() }),
    policyPacks: [],
    skipPreview: true,
    timeoutSeconds: 2,
    environment: mark.environment,
    onEvent: (event) => {
      if (event.type === "diagnostic" && event.severity === "error") said.push(event.message);
    },
  });
  return { result, left: processesWith(mark) };
}

describe("a provider that gives", { timeout: 60_000 }, () => {
  it.each(breakers)("%s: the run fails, says so and leaves no process", async (_name, breaking, message) => {
    const { result, left } = await start(breaking());
    expect(result.status).toBe("failed");
    expect(said.join("\n")).toMatch(message);
    expect(left).toEqual([]);
  });

  it("no sign that it has started: the run does not wait for it", async () => {
    const result = await run({
      operation: "up",
      project: { name: "malformed", root: main, main, nodeArgs: [], typescript: false },
      stack: "dev",
      config: { values: {}, secretKeys: [] },
      stateFolder: path.join(folder, "state"),
      passphrase: "only for tests",
      startProvider: () => new Promise(() => undefined),
      policyPacks: [],
      skipPreview: true,
      timeoutSeconds: 1,
      onEvent: (event) => {
        if (event.type === "diagnostic" && event.severity === "error") said.push(event.message);
      },
    });
    expect(result.status).toBe("failed");
    expect(said.join("\n")).toContain("did not start within 1 seconds");
  });
});
