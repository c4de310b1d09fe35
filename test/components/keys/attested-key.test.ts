import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import {
  AttestedKey,
  type AttestedKeyArgs,
  BucketClass,
  DataBucket,
  InputError,
  NodePool,
  RootOfTrust,
} from "../../../components";
import { readPolicy, type StatementModel } from "../../../knowledge/iam/statement-model";
import { compileRules } from "../../../policies/kit/compile";
import { rules } from "../../../policies/rules";
import { decides } from "../../knowledge/kms/decides";
import { Analyzer } from "../../policies/support/analyzer";
import { errorOf, type Made, make, policyOf, problemsOf, scope, UNKNOWN } from "../support";

const hex = (digit: string) => digit.repeat(96);
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const root = "arn:aws:iam::111122223333:root";
const current = { NitroTPMPCR4: hex("a"), NitroTPMPCR12: hex("b") };
const next = { NitroTPMPCR4: hex("c"), NitroTPMPCR12: hex("d") };
const args: AttestedKeyArgs = {
  ...scope,
  purpose: "Weights of test",
  rootOfTrust: RootOfTrust.NitroTpm,
  measurements: [current, next],
  openers: [role("inference")],
  publishers: [role("publisher")],
  administrators: [role("admin")],
};
const made = (more: Partial<AttestedKeyArgs> = {}) =>
  make("AttestedKey", () => new AttestedKey("test-weights", { ...args, ...more }));

function statementsOf(key: Made): readonly StatementModel[] {
  const read = readPolicy(key.child("Key").inputs.policy);
  if (read.kind !== "read") throw new Error(read.kind);
  return read.policy.statements;
}

/** A document with these registers, as a request carries it. */
const document = (registers: Record<string, string>) =>
  Object.fromEntries(Object.entries(registers).map(([name, value]) => [`kms:RecipientAttestation:${name}`, value]));

describe("AttestedKey", () => {
  let key: Made;
  beforeAll(async () => {
    key = await made();
  });

  it("makes a key and its alias, marked for policies, protected and rotating", () => {
    expect(key.children).toEqual(["aws:kms/alias:Alias test-weights", "aws:kms/key:Key test-weights"]);
    const { policy: _, ...inputs } = key.child("Key").inputs;
    expect(inputs).toEqual({
      description: "Weights of test",
      enableKeyRotation: true,
      rotationPeriodInDays: 180,
      deletionWindowInDays: 30,
      tags: { Name: "test-weights", "gabion:attestation": "nitro-tpm" },
    });
    expect(key.child("Key").protect).toBe(true);
    expect(key.child("Alias").inputs).toEqual({ name: "alias/attested/test-weights", targetKeyId: UNKNOWN });
    expect(key.outputs).toEqual({
      keyArn: UNKNOWN,
      keyId: UNKNOWN,
      aliasName: "alias/attested/test-weights",
      rootOfTrust: "nitro-tpm",
    });
    expect(policyOf(key.child("Key")).Statement.map(({ Sid }) => Sid)).toEqual([
      "AccountAdministration",
      "Administration",
      "Wrap",
      "OpenAttested1",
      "OpenAttested2",
      "DenyUnattested1",
      "DenyUnattested2",
      "DenyWaysAround",
    ]);
  });

  const opening = ["kms:Decrypt", "kms:GenerateDataKey", "kms:DeriveSharedSecret"];

  it.each<[string, Record<string, string>, "allow" | "deny" | "nothing"]>([
    ["the current image", document(current), "allow"],
    ["the next image", document(next), "allow"],
    ["the current image in capitals", document({ ...current, NitroTPMPCR4: hex("A") }), "allow"],
    ["another image", document({ NitroTPMPCR4: hex("e"), NitroTPMPCR12: hex("b") }), "deny"],
    ["the right image with another command line", document({ ...current, NitroTPMPCR12: hex("e") }), "deny"],
    ["one register alone", document({ NitroTPMPCR4: hex("a") }), "deny"],
    ["no document", {}, "deny"],
    ["an enclave's document of the same values", document({ PCR4: hex("a"), PCR12: hex("b") }), "deny"],
    ["one register of each image", document({ ...current, NitroTPMPCR12: hex("d") }), "nothing"],
  ])("answers the opener with %s", (_, context, answer) => {
    const statements = statementsOf(key);
    expect(decides(statements, { principal: role("inference"), action: "kms:Decrypt", context })).toBe(answer);
  });

  it.each([
    ["the account", root],
    ["an administrator", role("admin")],
    ["a publisher", role("publisher")],
    ["a role of the account", role("other")],
    ["a service", "s3.amazonaws.com"],
  ])("opens for %s neither with a document nor without", (_, principal) => {
    for (const action of [...opening, "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:CreateGrant"]) {
      expect([action, decides(statementsOf(key), { principal, action })]).toEqual([action, "deny"]);
      const attested = decides(statementsOf(key), { principal, action, context: document(current) });
      expect([action, attested]).not.toEqual([action, "allow"]);
    }
  });

  it("lets publishers wrap, administrators administer, and each no more", () => {
    const may = (name: string, action: string) =>
      decides(statementsOf(key), { principal: role(name), action, context: document(current) });
    expect(may("publisher", "kms:Encrypt")).toBe("allow");
    expect(may("publisher", "kms:PutKeyPolicy")).toBe("nothing");
    expect(may("admin", "kms:PutKeyPolicy")).toBe("allow");
    expect(may("admin", "kms:Encrypt")).toBe("nothing");
    expect(may("inference", "kms:Encrypt")).toBe("nothing");
    expect(may("inference", "kms:PutKeyPolicy")).toBe("nothing");
    for (const action of opening.slice(1)) expect(may("inference", action)).toBe("nothing");
  });

  it("would let an administrator of the account in without its Denies, had a policy of IAM been let in", () => {
    const open: StatementModel = { ...(statementsOf(key)[0] as StatementModel), actions: ["kms:*"] };
    const request = { principal: root, action: "kms:Decrypt" };
    expect(decides([...statementsOf(key), open], request)).toBe("deny");
    const withoutDenies = statementsOf(key).filter(({ effect }) => effect === "Allow");
    expect(decides([...withoutDenies, open], request)).toBe("allow");
  });

  it.each<[RootOfTrust, Record<string, string>]>([
    [RootOfTrust.NitroTpm, current],
    [RootOfTrust.NitroTpm, { NitroTPMPCR7: hex("a") }],
    [RootOfTrust.NitroEnclave, { PCR0: hex("a"), PCR3: hex("b") }],
    [RootOfTrust.NitroEnclave, { ImageSha384: hex("a") }],
    [RootOfTrust.NitroSandbox, { PCR17: hex("a") }],
  ])("passes every rule of the policy pack for %s", async (rootOfTrust, measurement) => {
    const { inputs } = (await made({ rootOfTrust, measurements: [measurement] })).child("Key");
    const analyzer = new Analyzer(compileRules(rules, { profile: "isolated", today: "2026-11-24", preview: true }));
    expect(await analyzer.resource({ type: "aws:kms/key:Key", name: "weights", properties: inputs as never })).toEqual(
      [],
    );
  });
});

describe("arguments of AttestedKey", () => {
  const enclave = { rootOfTrust: RootOfTrust.NitroEnclave };
  it.each<[Partial<Record<keyof AttestedKeyArgs, unknown>>, string]>([
    [{ rootOfTrust: "sev-snp" }, "rootOfTrust: KMS has no condition for reports of AMD SEV-SNP"],
    [{ rootOfTrust: "tpm" }, "rootOfTrust: it is not a root of trust that KMS knows"],
    [{ measurements: [] }, "measurements: without a measurement nothing is attested"],
    [{ measurements: [{ NitroTPMPCR0: hex("a"), NitroTPMPCR1: hex("b") }] }, "measurements[0]: these registers do not"],
    [{ measurements: [{ NitroTPMPCR4: hex("a") }] }, "measurements[0]: these registers do not identify"],
    [{ measurements: [{ PCR7: hex("a") }] }, "measurements[0].PCR7: that is the name for enclaves and sandboxes"],
    [{ ...enclave, measurements: [{ NitroTPMPCR0: hex("a") }] }, "measurements[0].NitroTPMPCR0: that is the name for"],
    [{ ...enclave, measurements: [{ PCR0: hex("0") }] }, "measurements[0].0: zeros are what debug mode reports"],
    [{ ...enclave, measurements: [{ PCR3: hex("a") }] }, "measurements[0]: these registers do not identify"],
    [{ measurements: [{ NitroTPMPCR7: `${hex("a").slice(1)}*` }] }, "measurements[0].7: a measurement is 96"],
    [{ measurements: [{ NitroTPMPCR7IfExists: hex("a") }] }, "measurements[0].NitroTPMPCR7IfExists: KMS has no"],
    [{ measurements: [current, { NitroTPMPCR7: hex("a") }] }, "measurements: the measurements name different"],
    [{ measurements: [current, current] }, "measurements[1]: it is the same as measurements[0]"],
    [{ measurements: [{ NitroTPMPCR7: pulumi.output(hex("a")) }] }, "measurements[0].NitroTPMPCR7: the key's policy"],
    [{ measurements: "abc" }, "measurements: it is not a list of measurements"],
    [{ openers: [] }, "openers: nobody could open the key"],
    [{ openers: [role("*")] }, "openers[0]: a wildcard admits roles not thought of"],
    [{ openers: ["*"] }, "openers[0]: it is not the ARN of an IAM role"],
    [{ openers: [role("admin")] }, "openers[0]: the same role administers the key"],
    [{ publishers: [role("admin")] }, "publishers[0]: the same role administers the key"],
    [{ administrators: [role("team-?")] }, "administrators[0]: a wildcard admits roles not thought of"],
    [{ purpose: "" }, "purpose: it is needed"],
    [{ rotationDays: 30 }, "rotationDays: it is out of range"],
    [{ deletionWindowDays: 6 }, "deletionWindowDays: it is out of range"],
  ])("refuses %j", (wrong, problem) => {
    const problems = problemsOf(() => new AttestedKey("test-weights", { ...args, ...wrong } as AttestedKeyArgs));
    expect(problems).toContainEqual(expect.stringContaining(problem));
  });

  it("reports all problems at once, and a policy that KMS would not take", () => {
    const error = errorOf(
      () => new AttestedKey("Weights", { ...args, rotationDays: 1, measurements: [{ PCR4: hex("a") }] }),
    );
    expect(error.problems.map(({ path }) => path)).toEqual(["name", "rotationDays", "measurements[0].PCR4"]);
    const many = Array.from({ length: 60 }, (_, index) => ({
      NitroTPMPCR4: index.toString(16).padStart(96, "1"),
      NitroTPMPCR12: index.toString(16).padStart(96, "2"),
    }));
    expect(problemsOf(() => new AttestedKey("test-weights", { ...args, measurements: many }))).toEqual([
      expect.stringMatching(/^measurements: the key's policy would have \d+ bytes, and KMS takes 32768$/),
    ]);
  });
});

describe("the key of an AttestedKey", () => {
  const reason = "services send no attestation document, so nothing could be written or read with it";
  const bucket = (keyArn: pulumi.Input<string>) =>
    new DataBucket("test-models", { ...scope, bucketClass: BucketClass.Model, keyArn } as never);

  /** What a program is refused that hands the key, or what is made of it, to a component. */
  async function refusal(use: (keyArn: pulumi.Output<string>) => unknown): Promise<string[]> {
    let found: string[] = [];
    await make("AttestedKey", () => {
      const { keyArn } = new AttestedKey("test-weights", args);
      try {
        use(keyArn);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        found = error.problems.map((problem) => `${problem.path}: ${problem.reason}`);
      }
    });
    return found;
  }

  it("is refused as a bucket's and as a volume's key", async () => {
    expect(await refusal(bucket)).toContain(`keyArn: ${reason}`);
    const pool = (volumeKeyArn: pulumi.Input<string>) => new NodePool("test-pool", { ...scope, volumeKeyArn } as never);
    expect(await refusal(pool)).toContain(`volumeKeyArn: ${reason}`);
  });

  it("is refused through apply and in a text as well", async () => {
    expect(await refusal((keyArn) => bucket(keyArn.apply((arn) => arn)))).toContain(`keyArn: ${reason}`);
    expect(await refusal((keyArn) => bucket(pulumi.interpolate`${keyArn}`))).toContain(`keyArn: ${reason}`);
  });
});
