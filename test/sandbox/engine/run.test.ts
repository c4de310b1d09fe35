import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EngineError, type RunOptions, type RunResult, run } from "../../../sandbox/engine";
import type { EngineEvent } from "../../../sandbox/engine/events";
import { TestProvider } from "../../support/test-provider";

const programs = path.resolve(__dirname, "..", "..", "fixtures", "programs");
const packs = path.resolve(__dirname, "..", "policy", "packs");

let folder: string;
let provider: TestProvider;
let events: EngineEvent[];

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-run-"));
  provider = await new TestProvider().start();
  events = [];
});
afterEach(() => {
  provider.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

function start(program: string, options: Partial<RunOptions> = {}): Promise<RunResult> {
  const main = path.join(programs, program);
  return run({
    operation: "up",
    project: { name: "engine", root: main, main, nodeArgs: [], typescript: false },
    stack: "dev",
    config: { values: {}, secretKeys: [] },
    stateFolder: path.join(folder, "state"),
    passphrase: "only for tests",
    startProvider: () => Promise.resolve({ address: provider.address, stop: () => Promise.resolve() }),
    policyPacks: [],
    skipPreview: true,
    timeoutSeconds: 60,
    onEvent: (event) => events.push(event),
    ...options,
  });
}

const errors = (): string[] =>
  events.flatMap((event) => (event.type === "diagnostic" && event.severity === "error" ? [event.message] : []));

describe("a run", () => {
  it("gives a program up that does nothing any more", async () => {
    const result = await start("silent", { timeoutSeconds: 10 });
    expect(result.status).toBe("failed");
    expect(errors()).toEqual([
      "The program has done nothing for 10 seconds and was ended. It may wait for something that never comes.",
    ]);
    // What was there by then stays.
    expect(provider.operations("create")).toEqual(["create first"]);
    expect((await start("silent", { operation: "destroy" })).summary.changes).toEqual({ delete: 2 });
  });

  it("does as many things at once as it may, and no more", async () => {
    await start("many", { parallel: 3 });
    expect(provider.mostAtOnce).toBe(3);
  });

  it("asks no function in a preview that depends on what is still to be made, and keeps what its result depends on", async () => {
    const { steps } = await start("invokes", { operation: "preview" });
    // The plain one and the one with a secret; two depend on the first resource.
    expect(provider.calls.filter(({ method }) => method === "invoke")).toHaveLength(2);
    const urn = (name: string) => `urn:pulumi:dev::engine::test:index:Resource::${name}`;
    const second = steps.find((step) => step.urn === urn("second"));
    expect(second?.new?.dependencies).toEqual([urn("first")]);
  });

  it("that is cancelled finishes what it has begun, begins nothing new, and is continued by the next", async () => {
    const abort = new AbortController();
    const result = await start("slow", {
      signal: abort.signal,
      onEvent(event) {
        events.push(event);
        if (event.type === "resource-pre" && event.metadata.urn.endsWith("::r2")) abort.abort();
      },
    });
    expect(result.status).toBe("cancelled");
    expect(errors()).toEqual([]);
    expect(provider.operations("create")).toEqual(["create r0", "create r1", "create r2"]);
    const next = await start("slow");
    expect(next.status).toBe("succeeded");
    expect(next.summary.changes).toEqual({ create: 5, same: 4 });
    expect(provider.world.size).toBe(8);
  });

  it("that was cancelled before it began does nothing", async () => {
    const abort = new AbortController();
    abort.abort();
    const result = await start("slow", { signal: abort.signal });
    expect(result.status).toBe("cancelled");
    expect(provider.operations("create")).toEqual([]);
  });

  it("whose policy pack does not start ends with the pack's error and does nothing", async () => {
    const failure = await start("slow", { policyPacks: [{ path: path.join(packs, "dies") }] }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(EngineError);
    expect((failure as Error).message).toContain(path.join(packs, "dies"));
    expect(provider.operations("create")).toEqual([]);
    // The state is free again.
    expect((await start("many")).status).toBe("succeeded");
  });

  it("whose program has no Pulumi runtime says how to get it", async () => {
    const main = path.join(folder, "empty");
    fs.mkdirSync(main);
    await expect(
      start("slow", { project: { name: "engine", root: main, main, nodeArgs: [], typescript: false } }),
    ).rejects.toMatchObject({
      kind: "usage",
      message: expect.stringContaining("npm ci"),
    });
  });

  it("whose provider cannot be had names the package", async () => {
    const result = await start("many", { startProvider: () => Promise.reject(new Error("there is none")) });
    expect(result.status).toBe("failed");
    expect(errors()).toContain("The provider of package test could not be started: there is none");
  });

  it("and another at the same time on the same stack: the second is told who has it, the first is not disturbed", async () => {
    let first: Promise<RunResult> | undefined;
    await new Promise<void>((resolve) => {
      first = start("slow", { onEvent: (event) => event.type === "resource-pre" && resolve() });
    });
    await expect(start("slow")).rejects.toMatchObject({ kind: "usage", message: expect.stringContaining("dev") });
    expect((await first)?.status).toBe("succeeded");
  });
});

describe("what the engine lacks", () => {
  it.each([
    ["replaceWith", /replaceWith/i],
    ["replacementTrigger", /replacementTrigger/i],
    ["dynamic", /dynamic provider/],
    ["archive", /archives/],
    ["errorHook", /error hooks/i],
    ["stateMigrations", /state migrations/i],
    ["environment", /environment variable mappings/],
    ["version", /requirePulumiVersion/],
  ])("is refused by name: %s", async (variant, message) => {
    const result = await start("refused", { environment: { VARIANT: variant } });
    expect(result.status).toBe("failed");
    const said = events.flatMap((event) =>
      event.type === "diagnostic" && event.severity !== "debug" ? [event.message] : [],
    );
    expect(said.join("\n")).toMatch(message);
    expect(provider.operations("create").filter((operation) => operation !== "create first")).toEqual([]);
  });
});
