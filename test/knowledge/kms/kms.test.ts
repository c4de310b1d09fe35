import { describe, expect, it } from "vitest";
import {
  POLICY_SIZE_LIMITS,
  policyDocument,
  policyJson,
  type StatementInput,
} from "../../../knowledge/iam/policy-document";
import { coversAction, readPolicy, type StatementModel } from "../../../knowledge/iam/statement-model";
import {
  attestationKey,
  isDebugMeasurement,
  type Measurement,
  measurementProblems,
  type RootOfTrust,
  readAttestationKey,
} from "../../../knowledge/kms/attestation";
import { attestedKeyPolicy, dataKeyPolicy, KEY_ADMINISTRATION_ACTIONS } from "../../../knowledge/kms/key-policy";

const hex = (digit: string) => digit.repeat(96);
const scope = { region: "eu-central-1", accountId: "111122223333" };
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

function read(statements: readonly StatementInput[]): readonly StatementModel[] {
  const result = readPolicy(policyDocument(statements));
  if (result.kind !== "read") throw new Error(result.kind);
  return result.policy.statements;
}

/** KMS's own evaluation, for the conditions these policies use: a negated operator holds when the key is absent. */
function decides(
  statements: readonly StatementModel[],
  principal: string,
  action: string,
  context: Record<string, string>,
): "allow" | "deny" | "nothing" {
  const matching = statements.filter(
    (statement) =>
      coversAction(statement, action) === true &&
      statement.principals.some(({ value }) => value === "*" || value === principal) &&
      statement.conditions.every((condition) => {
        const found = context[condition.key];
        const equal =
          found !== undefined && condition.values.some((value) => value.toLowerCase() === found.toLowerCase());
        return condition.negated ? !equal : equal;
      }),
  );
  if (matching.some((statement) => statement.effect === "Deny")) return "deny";
  return matching.some((statement) => statement.effect === "Allow") ? "allow" : "nothing";
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
    decides(statements, role("inference"), action, context);

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
        expect(decides(statements, principal, action, {})).toBe("deny");
        expect(decides(statements, principal, action, pcrs(current))).not.toBe("allow");
      }
    }
    expect(decides(statements, role("publisher"), "kms:Encrypt", {})).toBe("allow");
    expect(decides(statements, role("admin"), "kms:ScheduleKeyDeletion", {})).toBe("allow");
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
    [{ openers: ["arn:aws:iam::111122223333:role/*"] }, "a wildcard opens the key"],
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
            principal,
            action,
            {},
          ),
        ).toBe("nothing");
      }
      expect(decides(statements, principal, "kms:PutKeyPolicy", {})).toBe("allow");
    }
    for (const action of KEY_ADMINISTRATION_ACTIONS.filter((name) => name !== "kms:DescribeKey")) {
      expect(decides(statements, role("training"), action, {})).toBe("nothing");
    }
    expect(decides(statements, role("training"), "kms:Decrypt", {})).toBe("allow");
  });

  it("holds everyone else to the account and the service", () => {
    const context = { "kms:CallerAccount": "111122223333", "kms:ViaService": "s3.eu-central-1.amazonaws.com" };
    expect(decides(statements, role("any"), "kms:Decrypt", context)).toBe("allow");
    expect(decides(statements, role("any"), "kms:Decrypt", { ...context, "kms:CallerAccount": "999900001111" })).toBe(
      "nothing",
    );
    expect(decides(statements, role("any"), "kms:Decrypt", { "kms:CallerAccount": "111122223333" })).toBe("nothing");
  });

  it("gives Auto Scaling the key and grants for resources only", () => {
    expect(decides(statements, autoScaling, "kms:GenerateDataKeyWithoutPlaintext", {})).toBe("allow");
    expect(decides(statements, autoScaling, "kms:CreateGrant", {})).toBe("nothing");
    expect(decides(statements, autoScaling, "kms:CreateGrant", { "kms:GrantIsForAWSResource": "true" })).toBe("allow");
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
