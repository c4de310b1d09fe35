import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunResult, run } from "../../../sandbox/engine";
import { TestProvider } from "../../support/test-provider";
import { marked, processesWith } from "./processes";

const programs = path.resolve(__dirname, "..", "..", "fixtures", "programs");

let folder: string;
let provider: TestProvider;
let said: string[];

beforeAll(async () => {
  provider = await new TestProvider().start();
});
afterAll(() => provider.stop());
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-malformed-"));
  said = [];
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

async function start(program: string, variant: string): Promise<{ result: RunResult; left: number[] }> {
  const main = path.join(programs, program);
  const mark = marked();
  const result = await run({
    operation: "up",
    project: { name: "malformed", root: main, main, nodeArgs: [], typescript: false },
    stack: "dev",
    config: { values: {}, secretKeys: [] },
    stateFolder: path.join(folder, "state"),
    passphrase: "only for tests",
    startProvider: () => Promise.resolve({ address: provider.address, stop: () => Promise.resolve() }),
    policyPacks: [],
    skipPreview: true,
    // None of these programs is ended for being silent.
    timeoutSeconds: 600,
    environment: { VARIANT: variant, ...mark.environment },
    onEvent: (event) => {
      if (event.type === "diagnostic" && event.severity !== "debug") said.push(event.message);
    },
  });
  return { result, left: processesWith(mark) };
}

describe("a program that does not keep to the protocol", { timeout: 60_000 }, () => {
  it.each([
    ["garbage", /RegisterResource|deserialize|INTERNAL|answer/i],
    ["noUrn", /the parent/],
    ["unknownParent", /is not registered/],
    ["ownParent", /is not registered/],
    ["noType", /is no type of a resource/],
    ["badProvider", /nonsense/],
    ["absentProvider", /no-such-id/],
    ["badDependency", /a dependency/],
    ["badIgnore", /./],
    ["noOutputs", /waits for none/],
    ["badOutputs", /./],
    ["noToken", /is no function/],
    ["hookWithoutCallback", /./],
    ["twice", /another resource of the program has the URN/],
  ])("fails, and nothing of it is left: %s", async (variant, message) => {
    const { result, left } = await start("raw-monitor", variant);
    expect(result.status).toBe("failed");
    expect(said.join("\n")).toMatch(message);
    expect(left).toEqual([]);
  });

  it("and leaves something behind that holds its output is not waited for", async () => {
    const { result } = await start("held-output", "");
    expect(result.status).toBe("succeeded");
    // It is still there: nobody has waited for its end.
    const pid = Number(/left (\d+)/.exec(said.join("\n"))?.[1]);
    expect(process.kill(pid, "SIGKILL")).toBe(true);
  });
});
