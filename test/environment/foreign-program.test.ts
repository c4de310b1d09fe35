import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, startAwsTwin } from "../../sandbox/aws";
import { type PolicyPackSource, type RunResult, run } from "../../sandbox/engine";

const root = path.resolve(__dirname, "..", "..");
const programs = path.join(root, "test", "fixtures", "programs");
const own: PolicyPackSource[] = [{ path: path.join(root, "policies") }];

/** Rules that ask for more resources. */
const companions = ["customer-key-encryption", "versioning", "lifecycle", "access-logging"].map(
  (one) => `aws-s3-${one}`,
);

describe("a program without Gabion's components", { timeout: 120_000 }, () => {
  let folder: string;

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-foreign-"));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const up = (
    name: string,
    policyPacks: PolicyPackSource[],
    program = path.join(programs, "foreign"),
    config: Record<string, string> = {},
  ): Promise<RunResult> =>
    run({
      operation: "up",
      project: { name: "foreign", root: program, main: program, nodeArgs: [] },
      stack: "dev",
      config: {
        values: { "aws:region": "eu-central-1", "aws:allowedAccountIds": '["111122223333"]', ...config },
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
    const result = await up("judged", own);
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

  it("is put right where its settings ask for that, and only there", async () => {
    const program = path.join(programs, "policed");
    const levels = (level: string) => ({
      "gabion-policies:groups": '["aws-s3"]',
      "gabion-policies:rules": JSON.stringify({
        ...Object.fromEntries(companions.map((rule) => [rule, "disabled"])),
        "aws-s3-block-public-access": level,
      }),
    });
    const rejected = await up("unasked", own, program, levels("mandatory"));
    expect(rejected.status).toBe("rejected");
    expect(resources("unasked")).toEqual([]);
    const remedied = await up("asked", own, program, levels("remediate"));
    expect(remedied.status).toBe("succeeded");
    expect(remedied.findings).toContainEqual(
      expect.objectContaining({ policyName: "aws-s3-block-public-access", enforcementLevel: "remediate" }),
    );
    const outputs = {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    };
    const type = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
    expect(resources("asked")).toContainEqual(
      expect.objectContaining({ type, outputs: expect.objectContaining(outputs) as unknown }),
    );
  });
});
