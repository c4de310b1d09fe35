import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startAwsTwin } from "../../../sandbox/aws";
import { startComponents } from "../../../sandbox/components";
import { run } from "../../../sandbox/engine";
import type { EngineEvent } from "../../../sandbox/engine/events";

const root = path.resolve(__dirname, "..", "..", "..");
const main = path.join(root, "test", "fixtures", "programs", "remote-gabion");
const scope = { region: "eu-central-1", accountId: "111122223333" };

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-components-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("a component package in TypeScript", { timeout: 120_000 }, () => {
  it("is the provider of its components: a DataKey that a program asks for comes up on the twin", async () => {
    const events: EngineEvent[] = [];
    const result = await run({
      operation: "up",
      project: { name: "other", root: main, main, nodeArgs: [], typescript: false },
      stack: "dev",
      config: {
        values: { "aws:region": scope.region, "aws:allowedAccountIds": JSON.stringify([scope.accountId]) },
        secretKeys: [],
      },
      stateFolder: path.join(folder, "state"),
      passphrase: "only for tests",
      startProvider: ({ package: name }) =>
        name === "gabion"
          ? startComponents({ folder: path.join(root, "components") })
          : startAwsTwin({ worldFolder: path.join(folder, "world"), acceptsStack: () => true, sdkRoots: [root] }),
      policyPacks: [],
      environment: { ARGS: JSON.stringify({ ...scope, purpose: "Training data", deletionProtection: false }) },
      skipPreview: true,
      onEvent: (event) => events.push(event),
    });
    const errors = events.flatMap((event) =>
      event.type === "diagnostic" && event.severity === "error" ? [event.message] : [],
    );
    expect(errors).toEqual([]);
    expect(
      result.steps
        .filter(({ op }) => op === "create")
        .map(({ urn }) => urn.split("::").slice(2).join(" "))
        .sort(),
    ).toEqual([
      "gabion:index:DataKey training",
      "gabion:index:DataKey$aws:kms/alias:Alias training",
      "gabion:index:DataKey$aws:kms/key:Key training",
      "pulumi:pulumi:Stack other-dev",
    ]);
    expect(result.outputs.keyArn).toMatch(/^arn:aws:kms:eu-central-1:\d{12}:key\//);
  });

  it("is refused with the reason when there is none, or it is of another runtime", async () => {
    await expect(startComponents({ folder })).rejects.toMatchObject({
      kind: "usage",
      message: expect.stringContaining("PulumiPlugin.yaml"),
    });
    fs.writeFileSync(path.join(folder, "PulumiPlugin.yaml"), "runtime: go\n");
    await expect(startComponents({ folder })).rejects.toThrow('runtime "go"');
  });
});
