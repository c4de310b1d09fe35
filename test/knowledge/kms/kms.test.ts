import { describe, expect, it } from "vitest";
import {
  POLICY_SIZE_LIMITS,
  policyDocument,
  policyJson,
  type StatementInput,
} from "../../../knowledge/iam/policy-document";
import { readPolicy, type StatementModel } from "../../../knowledge/iam/statement-model";
import {
  attestationKey,
  isDebugMeasurement,
  type Measurement,
  measurementProblems,
  type RootOfTrust,
  readAttestationKey,
} from "../../../knowledge/kms/attestation";
import { attestedKeyPolicy, dataKeyPolicy, KEY_ADMINISTRATION_ACTIONS } from "../../../knowledge/kms/key-policy";
import { readMeasurements, rootOfTrustProblems } from "../../../knowledge/kms/named-measurements";
import { decides } from "./decides";

const hex = (digit: string) => digit.repeat(96);
const scope = { region: "eu-central-1", accountId: "111122223333" };
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

function read(statements: readonly StatementInput[]): readonly StatementModel[] {
  const result = readPolicy(policyDocument(statements));
  if (result.kind !== "read") throw new Error(result.kind);
  return result.policy.statements;
}

describe("condition keys", () => {
  it("differ by root of trust", () => {
    expect(attestationKey("nitro-tpm", 4)).toBe("kms:RecipientAttestation:NitroTPMPCR4");
    expect(attestationKey("nitro-enclave", 0)).toBe("kms:RecipientAttestation:PCR0");
    expect(attestationKey("nitro-sandbox", 17)).toBe("kms:RecipientAttestation:PCR17");
  });

  it.each([
    ["kms:RecipientAttestation:NitroTPMPCR7", { kind: "nitro-tpm", pcr: 7 }],
    ["KMS:recipientattestation:pcr8", { kind: "enclave", pcr: 8 }],
    ["kms:RecipientAttestation:ImageSha384", { kind: "enclave", pcr: 0 }],
    ["kms:RecipientAttestation:PCR32", undefined],
    ["kms:ViaService", undefined],
  ])("%s reads as %j", (key, expected) => {
    expect(readAttestationKey(key)).toEqual(expected);
  });
});

describe("measurementProblems", () => {
  const reasons = (root: RootOfTrust, ...measurements: Measurement[]) =>
    measurementProblems(root, measurements).map((problem) => problem.reason);

  it.each<[RootOfTrust, Measurement]>([
    ["nitro-tpm", { 4: hex("a"), 12: hex("b") }],
    ["nitro-tpm", { 7: hex("A") }],
    ["nitro-enclave", { 0: hex("a") }],
    ["nitro-enclave", { 8: hex("a"), 3: hex("b") }],
    ["nitro-sandbox", { 17: hex("a") }],
  ])("takes %s with %j", (root, measurement) => {
    expect(reasons(root, measurement)).toEqual([]);
  });

  it.each<[RootOfTrust, Measurement, string]>([
    ["nitro-tpm", { 0: hex("a"), 1: hex("b") }, "do not identify the software"],
    ["nitro-tpm", { 4: hex("a") }, "do not identify the software"],
    ["nitro-tpm", { 7: hex("a"), 20: hex("b") }, "no PCR20 that KMS can check"],
    ["nitro-enclave", { 0: hex("0") }, "zeros are what debug mode reports"],
    ["nitro-enclave", { 0: "abc" }, "96 hexadecimal digits"],
    ["nitro-enclave", { 0: `${"a".repeat(95)}*` }, "96 hexadecimal digits"],
    ["nitro-enclave", { 3: hex("a"), 4: hex("b") }, "do not identify the software"],
    ["nitro-sandbox", { 4: hex("a") }, "do not identify the software"],
  ])("refuses %s with %j", (root, measurement, reason) => {
    expect(reasons(root, measurement)).toEqual([expect.stringContaining(reason)]);
  });

  it("refuses no measurement at all", () => {
    expect(reasons("nitro-tpm")).toEqual(["without a measurement nothing is attested"]);
    expect(isDebugMeasurement(hex("0"))).toBe(true);
  });
});

describe("names of registers", () => {
  const read = (root: RootOfTrust, named: Record<string, string>) => readMeasurements(root, [named]);

  it.each<[RootOfTrust, Record<string, string>, Measurement]>([
    ["nitro-tpm", { NitroTPMPCR4: hex("a"), NitroTPMPCR12: hex("b") }, { 4: hex("a"), 12: hex("b") }],
    ["nitro-enclave", { ImageSha384: hex("a"), PCR3: hex("b") }, { 0: hex("a"), 3: hex("b") }],
    ["nitro-sandbox", { PCR17: hex("a") }, { 17: hex("a") }],
  ])("of %s are read", (root, named, measurement) => {
    expect(read(root, named)).toEqual({ measurements: [measurement], problems: [] });
  });

  it.each<[RootOfTrust, Record<string, string>, string, string]>([
    ["nitro-tpm", { PCR7: hex("a") }, "the name for enclaves and sandboxes", 'write "NitroTPMPCR7"'],
    ["nitro-enclave", { NitroTPMPCR0: hex("a") }, "the name for NitroTPM", 'write "PCR0"'],
    ["nitro-sandbox", { NitroTPMPCR17: hex("a") }, "the name for NitroTPM", 'write "PCR17"'],
    ["nitro-tpm", { NitroTPMPCR7IfExists: hex("a") }, "no condition key of that name", '"NitroTPMPCR4"'],
    ["nitro-tpm", { "kms:RecipientAttestation:NitroTPMPCR7": hex("a") }, "no condition key", "without a prefix"],
    ["nitro-enclave", { "PCR*": hex("a") }, "no condition key of that name", '"PCR0"'],
    ["nitro-enclave", { PCR0: hex("a"), ImageSha384: hex("b") }, "two of its names are PCR0", "Name it once"],
  ])("of %s are not %j", (root, named, reason, remedy) => {
    const { problems } = read(root, named);
    expect(problems.map((problem) => problem.reason)).toEqual([expect.stringContaining(reason)]);
    expect(problems[0]?.remedy).toContain(remedy);
  });

  it("belong to a root of trust that KMS knows, which SEV-SNP is not", () => {
    expect(rootOfTrustProblems("nitro-tpm")).toEqual([]);
    expect(rootOfTrustProblems("sev-snp")[0]?.reason).toContain("KMS has no condition for reports of AMD SEV-SNP");
    expect(rootOfTrustProblems("toString")[0]?.reason).toBe("it is not a root of trust that KMS knows");
  });
});

describe("attestedKeyPolicy", () => {
  const current = { 4: hex("A"), 12: hex("b") };
  const next = { 4: hex("c"), 12: hex("d") };
  const input = {
    ...scope,
    root: "nitro-tpm" as const,
    measurements: [current, next],
    openers: [role("inference")],
    publishers: [role("publisher")],
    administrators: [role("admin")],
  };
  const statements = read(attestedKeyPolicy(input));
  const pcrs = (measurement: Record<number, string>) =>
    Object.fromEntries(
      Object.entries(measurement).map(([pcr, value]) => [`kms:RecipientAttestation:NitroTPMPCR${pcr}`, value]),
    );
  const opener = (context: Record<string, string>, action = "kms:Decrypt") =>
    decides(statements, { principal: role("inference"), action, context });

  it("opens for the current and the next measurement, whole", () => {
    expect(opener(pcrs(current))).toBe("allow");
    expect(opener(pcrs(next))).toBe("allow");
  });

  it("denies a mismatch, a missing register, and no document at all", () => {
    expect(opener(pcrs({ 4: hex("e"), 12: hex("b") }))).toBe("deny");
    expect(opener(pcrs({ 4: hex("a") }))).toBe("deny");
    expect(opener({})).toBe("deny");
  });

  it("does not open for registers of two measurements mixed", () => {
    expect(opener(pcrs({ 4: hex("a"), 12: hex("d") }))).toBe("nothing");
  });

  it("lets nobody around it: account, administrator, publisher", () => {
    for (const principal of ["arn:aws:iam::111122223333:root", role("admin"), role("publisher")]) {
      for (const action of [
        "kms:Decrypt",
        "kms:GenerateDataKey",
        "kms:ReEncryptFrom",
        "kms:CreateGrant",
        "kms:DeriveSharedSecret",
      ]) {
        expect(decides(statements, { principal, action })).toBe("deny");
        expect(decides(statements, { principal, action, context: pcrs(current) })).not.toBe("allow");
      }
    }
    expect(decides(statements, { principal: role("publisher"), action: "kms:Encrypt" })).toBe("allow");
    expect(decides(statements, { principal: role("admin"), action: "kms:ScheduleKeyDeletion" })).toBe("allow");
  });

  it("uses no operator that holds for an absent key in an Allow, and none with IfExists", () => {
    for (const statement of statements) {
      for (const condition of statement.conditions) {
        expect(condition.ifExists).toBe(false);
        expect(condition.negated).toBe(statement.effect === "Deny");
      }
    }
  });

  it.each([
    [{ openers: [] }, "nobody could open the key"],
    [{ openers: [role("admin")] }, "the same role administers the key"],
    [{ openers: ["arn:aws:iam::111122223333:role/*"] }, "a wildcard admits roles not thought of"],
    [{ measurements: [current, { 12: hex("b"), 4: hex("a") }] }, "it is the same as measurements[0]"],
    [{ measurements: [{ 7: hex("a") }, current] }, "the measurements name different registers"],
    [{ measurements: [{ 0: hex("a") }] }, "do not identify the software"],
  ])("refuses %j", (change, reason) => {
    expect(() => attestedKeyPolicy({ ...input, ...change })).toThrow(reason);
  });
});

describe("dataKeyPolicy", () => {
  const input = {
    ...scope,
    administrators: [role("admin")],
    users: [role("training")],
    viaServices: ["s3"],
    logGroups: ["/gabion/*"],
    services: ["cloudtrail"],
    autoScaling: true,
  };
  const statements = read(dataKeyPolicy(input));
  const autoScaling =
    "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";

  it("keeps administration and use apart", () => {
    for (const principal of ["arn:aws:iam::111122223333:root", role("admin")]) {
      for (const action of [
        "kms:Decrypt",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:ReEncryptTo",
        "kms:CreateGrant",
      ]) {
        expect(
          decides(
            statements.filter((statement) => statement.sid !== "UseThroughServices"),
            { principal, action },
          ),
        ).toBe(principal === role("admin") && action !== "kms:CreateGrant" ? "deny" : "nothing");
      }
      expect(decides(statements, { principal, action: "kms:PutKeyPolicy" })).toBe("allow");
    }
    for (const action of KEY_ADMINISTRATION_ACTIONS.filter((name) => name !== "kms:DescribeKey")) {
      expect(decides(statements, { principal: role("training"), action })).toBe("nothing");
    }
    expect(decides(statements, { principal: role("training"), action: "kms:Decrypt" })).toBe("allow");
  });

  it("holds everyone else to the account and the service", () => {
    const context = { "kms:CallerAccount": "111122223333", "kms:ViaService": "s3.eu-central-1.amazonaws.com" };
    expect(decides(statements, { principal: role("any"), action: "kms:Decrypt", context })).toBe("allow");
    const any = { principal: role("any"), action: "kms:Decrypt" };
    const elsewhere = { ...context, "kms:CallerAccount": "999900001111" };
    expect(decides(statements, { ...any, context: elsewhere })).toBe("nothing");
    expect(decides(statements, { ...any, context: { "kms:CallerAccount": "111122223333" } })).toBe("nothing");
  });

  it("keeps administrators from use through services as well, and lets them make what takes a grant", () => {
    const context = { "kms:CallerAccount": "111122223333", "kms:ViaService": "s3.eu-central-1.amazonaws.com" };
    for (const action of ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom"]) {
      expect(decides(statements, { principal: role("admin"), action, context })).toBe("deny");
    }
    const granting = read(dataKeyPolicy({ ...input, grantsThroughServices: ["eks"] }));
    const eks = { "kms:CallerAccount": "111122223333", "kms:ViaService": "eks.eu-central-1.amazonaws.com" };
    expect(decides(granting, { principal: role("admin"), action: "kms:CreateGrant", context: eks })).toBe("allow");
  });

  it("gives Auto Scaling the key and grants for resources only", () => {
    const asks = (action: string, context = {}) => decides(statements, { principal: autoScaling, action, context });
    expect(asks("kms:GenerateDataKeyWithoutPlaintext")).toBe("allow");
    expect(asks("kms:CreateGrant")).toBe("nothing");
    expect(asks("kms:CreateGrant", { "kms:GrantIsForAWSResource": "false" })).toBe("nothing");
    expect(asks("kms:CreateGrant", { "kms:GrantIsForAWSResource": "true" })).toBe("allow");
    expect(asks("kms:PutKeyPolicy")).toBe("nothing");
    expect(dataKeyPolicy(scope).map((statement) => statement.sid)).toEqual(["AccountAdministration"]);
  });

  it("holds services to this account and log groups to their names", () => {
    expect(statements.find((statement) => statement.sid === "Services")?.conditions).toMatchObject([
      { key: "aws:SourceAccount", values: ["111122223333"] },
    ]);
    expect(statements.find((statement) => statement.sid === "LogGroups")).toMatchObject({
      principals: [{ type: "Service", value: "logs.eu-central-1.amazonaws.com" }],
      conditions: [{ values: ["arn:aws:logs:eu-central-1:111122223333:log-group:/gabion/*"] }],
    });
  });

  it("refuses a role on both sides, and fits KMS's limit", () => {
    expect(() => dataKeyPolicy({ ...input, users: [role("admin")] })).toThrow("the same role administers the key");
    expect(policyJson(dataKeyPolicy(input)).length).toBeLessThan(POLICY_SIZE_LIMITS.keyPolicy);
  });
});
