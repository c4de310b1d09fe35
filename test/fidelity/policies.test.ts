import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cliVersion } from "./cli";
import { type Found, PolicedProgram } from "./policed";

const version = cliVersion();
const timeout = 180_000;
const bucket = "urn:pulumi:dev::policed::aws:s3/bucket:Bucket::open";
const blockType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

const remedied = { rules: { "aws-s3-block-public-access": "remediate" } };
const exemptions = {
  exemptions: [
    {
      rule: "aws-s3-customer-key-encryption",
      stack: "dev",
      resource: bucket,
      owner: "ml-platform",
      ticket: "SEC-4711",
      reason: "holds public data only",
      expires: "2026-12-24",
    },
  ],
};

const sorted = (findings: readonly Found[]): string[] => findings.map((found) => JSON.stringify(found)).sort();
const mandatory = (findings: readonly Found[]): string[] =>
  findings.flatMap(({ level, policy }) => (level === "mandatory" ? [policy] : [])).sort();

// Each test goes on where the one before it has ended.
describe(`the policy pack under the Pulumi CLI ${version ?? ""}`, { concurrent: false, timeout }, () => {
  if (version === undefined) {
    it.skip("skipped: no pulumi CLI on PATH", () => undefined);
    return;
  }
  const program = new PolicedProgram();
  beforeAll(() => program.initialize(), timeout);
  afterAll(() => program.remove());

  it("rejects what breaks a mandatory rule: rule, resource, reason and remedy", async () => {
    const { code, text, findings } = await program.byPulumi("preview");
    expect(code).not.toBe(0);
    expect(mandatory(findings)).toEqual(["aws-s3-block-public-access", "aws-s3-customer-key-encryption"]);
    expect(text).toMatch(/\[mandatory\] .*aws-s3-customer-key-encryption {2}\(aws:s3:Bucket: open\)/);
    for (const part of ["Why: ", "Remedy: "]) expect(text).toContain(part);
  });

  it("shows what cannot be told yet, by name", async () => {
    const { text, findings } = await program.byPulumi("preview");
    const open = findings.filter(({ message }) => message.startsWith("Undecided: "));
    expect(open.map(({ policy }) => policy)).toContain("aws-s3-no-public-policy");
    for (const { level } of open) expect(level).toBe("advisory");
    expect(text).toContain("Undecided: No bucket policy lets everyone in");
  });

  it.each(["baseline", "regulated", "isolated"])(
    "finds in %s what it finds on the embedded engine",
    async (profile) => {
      const settings = { profile };
      const embedded = await program.byGabion({ settings });
      expect(embedded.status).toBe("rejected");
      expect(sorted((await program.byPulumi("preview", { settings })).findings)).toEqual(sorted(embedded.findings));
    },
  );

  it("runs the groups that the stack chooses", async () => {
    const settings = { groups: ["aws-s3"], rules: { "aws-s3-block-public-access": "disabled" } };
    const { findings } = await program.byPulumi("preview", { settings });
    expect(mandatory(findings)).toEqual(["aws-s3-customer-key-encryption"]);
    for (const { policy } of findings) expect(policy).toMatch(/^aws-s3-/);
  });

  it("says all that is wrong with its settings, and runs nothing", async () => {
    const { code, text } = await program.byPulumi("preview", {
      settings: { groups: ["azure"], rules: { nosuch: {} } },
    });
    expect(code).not.toBe(0);
    for (const part of ['there is no group "azure"', 'there is no rule "nosuch"']) expect(text).toContain(part);
  });

  it("puts right what it may, and lets pass with its name what somebody answers for", async () => {
    const { code, text, findings } = await program.byPulumi("up", { settings: remedied, exemptions });
    expect(text).toContain("SEC-4711");
    expect(mandatory(findings)).toEqual([]);
    expect(code).toBe(0);
    expect(await program.inputsOf(blockType)).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  });

  it("judges an exported state, with exemptions and without", async () => {
    const rejected = await program.analyzed();
    expect(rejected.code).not.toBe(0);
    expect(rejected.text).toContain("aws-s3-customer-key-encryption");
    expect(rejected.text).not.toContain("Undecided: ");
    const excused = await program.analyzed({ exemptions });
    expect(excused.text).toContain("SEC-4711");
    expect(excused.code).toBe(0);
  });
});
