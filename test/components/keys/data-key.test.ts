import { beforeAll, describe, expect, it } from "vitest";
import { DataKey, type DataKeyArgs } from "../../../components";
import { errorOf, type Made, make, policyOf, problemsOf, scope, shortUrn, UNKNOWN } from "../support";

const args: DataKeyArgs = { ...scope, purpose: "Logs of test" };
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const made = (more: Partial<DataKeyArgs> = {}, preview = true) =>
  make("DataKey", () => new DataKey("test-logs", { ...args, ...more }), { preview });

describe("DataKey", () => {
  let key: Made;
  beforeAll(async () => {
    key = await made();
  });

  it("makes a key and its alias, strict and protected by default", () => {
    expect(key.children).toEqual(["aws:kms/alias:Alias test-logs", "aws:kms/key:Key test-logs"]);
    const { policy, ...inputs } = key.child("Key").inputs;
    expect(inputs).toEqual({
      description: "Logs of test",
      enableKeyRotation: true,
      rotationPeriodInDays: 180,
      deletionWindowInDays: 30,
      tags: { Name: "test-logs" },
    });
    expect(policyOf(key.child("Key")).Statement.map(({ Sid }) => Sid)).toEqual(["AccountAdministration"]);
    expect(policy).not.toContain('"kms:*"');
    expect(key.child("Key").protect).toBe(true);
    expect(key.child("Alias").inputs).toEqual({ name: "alias/test-logs", targetKeyId: UNKNOWN });
    expect(key.child("Alias").protect).toBeUndefined();
    expect(key.outputs).toEqual({ keyArn: UNKNOWN, keyId: UNKNOWN, aliasName: "alias/test-logs" });
  });

  it("gives its outputs after an update", async () => {
    const update = await made({}, false);
    expect(update.outputs).toEqual({
      keyArn: "arn:aws:kms:eu-central-1:111122223333:key/test-logs",
      keyId: "test-logs",
      aliasName: "alias/test-logs",
    });
    expect(update.dependsOn(update.child("Alias"))).toEqual(["Key test-logs"]);
  });

  it("has a statement for each kind of user, all known in a preview", async () => {
    const used = await made({
      administrators: [role("admin")],
      users: [role("training")],
      viaServices: ["s3"],
      grantsThroughServices: ["eks"],
      logGroups: ["/gabion/test/flow"],
      services: ["cloudtrail"],
      autoScaling: true,
    });
    const statements = policyOf(used.child("Key")).Statement;
    expect(statements.map(({ Sid }) => Sid)).toEqual([
      "AccountAdministration",
      "Administration",
      "NoUseByAdministrators",
      "Use",
      "GrantsForResources",
      "UseThroughServices",
      "GrantsThroughServices",
      "LogGroups",
      "Services",
      "AutoScalingUse",
      "AutoScalingGrants",
    ]);
    expect(statements[6]).toEqual({
      Sid: "GrantsThroughServices",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["kms:CreateGrant", "kms:DescribeKey"],
      Resource: "*",
      Condition: {
        StringEquals: {
          "kms:CallerAccount": "111122223333",
          "kms:ViaService": "eks.eu-central-1.amazonaws.com",
        },
      },
    });
  });

  it("leaves protection to the caller where its own is switched off", async () => {
    const open = await made({ deletionProtection: false });
    expect(open.child("Key").protect).toBeUndefined();
    const kept = await make("DataKey", () => {
      new DataKey("test-logs", { ...args, deletionProtection: false }, { protect: true });
    });
    expect(kept.child("Key").protect).toBe(true);
  });

  it.each<[Partial<Record<keyof DataKeyArgs, unknown>>, string]>([
    [{ region: "eu-central" }, "region: not the code of an AWS Region"],
    [{ accountId: "1234" }, "accountId: an account id is text of exactly twelve digits"],
    [{ purpose: "" }, "purpose: it is needed"],
    [{ administrators: ["arn:aws:iam::111122223333:user/me"] }, "administrators[0]: it is not the ARN of an IAM role"],
    [{ users: [role("a"), role("a")] }, "users[1]: it is named twice"],
    [{ administrators: [role("a")], users: [role("a")] }, "users[0]: the same role administers the key"],
    [{ viaServices: ["s3.amazonaws.com"] }, "viaServices[0]: it is not the short name of a service"],
    [{ grantsThroughServices: [""] }, "grantsThroughServices[0]: it is not the short name of a service"],
    [{ services: ["Cloud Trail"] }, "services[0]: it is not the short name of a service"],
    [{ logGroups: ["*"] }, "logGroups[0]: it names no log groups, or all of them"],
    [{ rotationDays: 89 }, "rotationDays: it is out of range"],
    [{ rotationDays: 100.5 }, "rotationDays: it is out of range"],
    [{ deletionWindowDays: 31 }, "deletionWindowDays: it is out of range"],
  ])("refuses %o", (wrong, problem) => {
    expect(problemsOf(() => new DataKey("test-logs", { ...args, ...wrong } as DataKeyArgs))).toEqual([problem]);
  });

  it("reports all problems at once, each with what was found and the way out", () => {
    const error = errorOf(() => new DataKey("Logs", { ...args, rotationDays: 1, deletionWindowDays: 1 }));
    expect(error.message.split("\n")).toEqual([
      'DataKey "Logs" cannot be made:',
      '  name is "Logs": names of AWS resources are derived from it. Use lower-case letters, digits and hyphens, a letter first and no hyphen last',
      "  rotationDays is 1: it is out of range. Give a whole number of days from 90 to 2560",
      "  deletionWindowDays is 1: it is out of range. Give a whole number of days from 7 to 30",
    ]);
    expect(error.name).toBe("InputError");
  });

  it("is asked for under its token, with its arguments, before its children", () => {
    expect(key.component.inputs).toEqual(args);
    expect(shortUrn(key.component.parent)).toBe("Stack gabion-test");
    expect(key.recording.invokes).toEqual([]);
  });
});
