import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, startAwsTwin } from "../../sandbox/aws";
import { type PolicyPackSource, type RunResult, run } from "../../sandbox/engine";

const root = path.resolve(__dirname, "..", "..");
const program = path.join(root, "test", "fixtures", "programs", "foreign");

describe("a program without Gabion's components", { timeout: 120_000 }, () => {
  let folder: string;

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-foreign-"));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const up = (name: string, policyPacks: PolicyPackSource[]): Promise<RunResult> =>
    run({
      operation: "up",
      project: { name: "foreign", root: program, main: program, nodeArgs: [] },
      stack: "dev",
      config: {
        values: { "aws:region": "eu-central-1", "aws:allowedAccountIds": '["111122223333"]' },
        secretKeys: [],
      },
      stateFolder: path.join(folder, name, "state"),
      passphrase: "only for tests",
      startProvider: () =>
        startAwsTwin({ worldFolder: path.join(folder, name, "world"), acceptsStack: () => true, sdkRoots: [root] }),
      policyPacks,
      environment: { GABION_TODAY: "2026-11-24", GABION_POLICY_PROFILE: "regulated" },
      onEvent: () => undefined,
    });

  const resources = (name: string): unknown[] => {
    const worldFolder = path.join(folder, name, "world");
    if (!fs.existsSync(worldFolder) || fs.readdirSync(worldFolder).length === 0) return [];
    const world = openWorld({ worldFolder, holder: "test", accountId: "111122223333" });
    try {
      return world.outOfBand.list();
    } finally {
      world.close();
    }
  };

  it("that leaves a bucket without a key is rejected: rule, resource, reason and remedy, and nothing is created", async () => {
    const result = await up("judged", [{ path: path.join(root, "policies") }]);
    expect(result.status).toBe("rejected");
    const finding = result.findings.find(({ policyName }) => policyName === "aws-s3-customer-key-encryption");
    expect(finding).toMatchObject({ enforcementLevel: "mandatory", packName: "gabion" });
    expect(finding?.urn).toMatch(/aws:s3\/bucket:Bucket::open$/);
    expect(finding?.message).toMatch(/Why: /);
    expect(resources("judged")).toEqual([]);
  });

  it("is created where nobody judges it", async () => {
    const result = await up("free", []);
    expect(result.status).toBe("succeeded");
    expect(resources("free")).not.toEqual([]);
  });
});
