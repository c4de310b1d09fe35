import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startAwsTwin } from "../../../sandbox/aws";
import { type RunOptions, run } from "../../../sandbox/engine";
import { exportState } from "../../../sandbox/engine/state";
import { TestProvider } from "../../support/test-provider";

const main = path.resolve(__dirname, "..", "..", "fixtures", "programs", "planted-secrets");

const planted = {
  word: "correct-horse-battery",
  /** As keys are written. What is printed comes line by line. */
  lines: "-----BEGIN planted-----\nfirst-line-planted\nsecond-line-planted\n-----END planted-----",
  group: { token: "planted-token-in-a-group", pin: 48151623 },
};
/** What must be found nowhere, in the clear or as JSON. */
const needles = [
  planted.word,
  "first-line-planted",
  "second-line-planted",
  planted.group.token,
  String(planted.group.pin),
  // Made by the provider and declared secret by the program.
  "arn:test:made",
];

let folder: string;
let provider: TestProvider;
/** One that gets secrets as plain values, so that it can repeat them. */
let talkative: TestProvider;
/** Everything that left the engine. */
let said: string[];

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-planted-"));
  provider = await new TestProvider().start();
  talkative = await new TestProvider({ secrets: false }).start();
});
afterAll(() => {
  provider.stop();
  talkative.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function start(variant: string, rest: Partial<RunOptions> = {}): Promise<string> {
  said = [];
  const outcome = await run({
    operation: "up",
    project: { name: "planted", root: main, main, nodeArgs: [] },
    stack: "dev",
    config: {
      values: {
        "app:word": planted.word,
        "app:lines": planted.lines,
        "app:group": JSON.stringify(planted.group),
        "test:apiKey": planted.word,
        "aws:region": "eu-central-1",
      },
      secretKeys: ["app:word", "app:lines", "app:group", "test:apiKey"],
    },
    stateFolder: path.join(folder, "state"),
    passphrase: "only for tests",
    startProvider: async (request) =>
      request.package === "aws"
        ? startAwsTwin({ worldFolder: path.join(folder, "world"), acceptsStack: () => true })
        : { address: (variant === "" ? provider : talkative).address, stop: () => Promise.resolve() },
    policyPacks: [],
    skipPreview: true,
    timeoutSeconds: 60,
    environment: { VARIANT: variant },
    // Files of a run that is under way (journal, lock) are looked at when the engine says something.
    onEvent: (event) => said.push(JSON.stringify(event), ...(event.type === "resource-pre" ? written() : [])),
    ...rest,
  }).catch((error: unknown) => error as Error);
  said.push(outcome instanceof Error ? `${outcome.stack}` : JSON.stringify(outcome));
  expectNothingLeft(variant);
  return said.join("\n");
}

/** All files below the folder, as text. */
function written(): string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => {
    if (!entry.isFile()) return [];
    try {
      return [fs.readFileSync(path.join(entry.parentPath, entry.name), "latin1")];
    } catch {
      // It has gone since.
      return [];
    }
  });
}

function expectNothingLeft(what: string): void {
  const all = [...said, ...written()];
  const found = needles.filter((needle) => all.some((text) => text.includes(needle)));
  expect(found, what).toEqual([]);
}

describe("planted secrets are found nowhere", { timeout: 120_000 }, () => {
  it("after a preview and an update with resources, providers, components and outputs", async () => {
    expect(await start("", { operation: "preview" })).toContain("[secret]");
    expect(await start("")).toContain('"succeeded"');
    // They did arrive where they belong.
    expect(JSON.stringify(provider.calls)).toContain(planted.word);
    expect(JSON.stringify(provider.calls)).toContain(planted.group.token);
  });

  it("after a resource did not become ready, was refused by Create or by Check, or the program threw", async () => {
    expect(await start("unready")).toContain('::unready","message":"[secret]"');
    expect(await start("fails")).toContain('::fails","message":"[secret]"');
    expect(await start("check")).toContain("property checkFails: [secret]");
    expect(await start("throws")).toContain("it went wrong with [secret]");
  });

  it("in what the twin writes", async () => {
    expect(await start("aws")).toContain('"succeeded"');
    expect(written().join("\n")).toContain("/planted");
  });

  it("after a refresh, in an exported state, and after a destroy", async () => {
    await start("", { operation: "refresh" });
    said = [await exportState({ stateFolder: path.join(folder, "state"), stack: "dev", showSecrets: false })];
    expectNothingLeft("export");
    expect(await start("", { operation: "destroy" })).toContain('"succeeded"');
  });
});
