import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { policyDocument } from "../../knowledge/iam/policy-document";
import { attestedKeyPolicy } from "../../knowledge/kms/key-policy";
import { readGoldenValues } from "../../policies/kit/golden-values";
import { attestedKeyBinding } from "../../policies/rules/ml/keys/attested-key-binding";
import { attestedKeyConditions } from "../../policies/rules/ml/keys/attested-key-conditions";
import { attestedKeyNoBypass } from "../../policies/rules/ml/keys/attested-key-no-bypass";
import { findingsOf } from "./support/direct";
import { isAllowed, KEY_ARN, type KeyRequest, type Statement } from "./support/key-requests";

const rules = [attestedKeyConditions, attestedKeyNoBypass, attestedKeyBinding];
const settings = { profile: "isolated", today: "2026-11-24", preview: true } as const;
const good = "a1".repeat(48);
const bad = "b2".repeat(48);
const zeros = "0".repeat(96);
const roles = ["inference", "training"].map((name) => `arn:aws:iam::111122223333:role/${name}`);
const account = "arn:aws:iam::111122223333:root";

type Root = "nitro-tpm" | "nitro-enclave" | "nitro-sandbox";

/** Registers that only the right software has right, and those that other software on the same machine has, too. */
const registers: Readonly<Record<Root, { prefix: string; own: readonly number[]; shared: readonly number[] }>> = {
  "nitro-tpm": { prefix: "NitroTPMPCR", own: [4, 7, 12], shared: [0, 1] },
  "nitro-enclave": { prefix: "PCR", own: [0, 1, 2, 8], shared: [3, 4] },
  "nitro-sandbox": { prefix: "PCR", own: [17], shared: [0, 3, 4, 8] },
};
const roots = Object.keys(registers) as Root[];

function pass(statements: readonly Statement[], tags: Record<string, string>): boolean {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const key = { type: "aws:kms/key:Key", name: "weights", properties: { policy, tags } };
  return rules.every((rule) => findingsOf(rule, [key], settings).length === 0);
}

/** All requests of software that is not the one which was measured: with its own document, with one of debug mode, and with none. */
function strangers(root: Root): KeyRequest[] {
  const documents = [{}, document(root, bad, good), document(root, bad, bad), document(root, zeros, good)];
  // Of two registers that identify together, another image may have one right.
  if (root === "nitro-tpm") documents.push({ ...document(root, bad, good), ...document(root, good, good, [4]) });
  if (root === "nitro-enclave") documents.push({ ...document(root, bad, good), ...document(root, good, good, [1]) });
  const actions = ["kms:Decrypt", "kms:DeriveSharedSecret", "kms:GenerateDataKey", "kms:GenerateDataKeyPair"];
  return roles.flatMap((role) => actions.flatMap((action) => documents.map((context) => ({ role, action, context }))));
}

function document(root: Root, own: string, shared: string, only?: readonly number[]): Record<string, string> {
  const { prefix, ...numbers } = registers[root];
  const entry = (pcr: number, value: string) => [`kms:recipientattestation:${prefix}${pcr}`.toLowerCase(), value];
  const all = [
    ...numbers.own.map((pcr) => [pcr, own] as const),
    ...numbers.shared.map((pcr) => [pcr, shared] as const),
  ];
  return Object.fromEntries(
    all.filter(([pcr]) => only === undefined || only.includes(pcr)).map(([pcr, value]) => entry(pcr, value)),
  );
}

const some = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const value = fc.oneof(
  some(8, fc.constantFrom(good, good.toUpperCase())),
  some(1, fc.constantFrom(zeros, "*", `${good.slice(0, 95)}?`, good.slice(2), "")),
);
const keyName = (root: Root) => {
  const { prefix, own, shared } = registers[root];
  const named = (text: string) => fc.constantFrom(...own, ...own, ...shared).map((pcr) => `${text}${pcr}`);
  return fc.oneof(
    some(8, named(`kms:RecipientAttestation:${prefix}`)),
    some(1, named(`KMS:recipientattestation:${prefix.toLowerCase()}`)),
    some(1, named(`kms:RecipientAttestation:${prefix === "PCR" ? "NitroTPMPCR" : "PCR"}`)),
    some(1, fc.constantFrom("kms:RecipientAttestation:ImageSha384", "kms:RecipientAttestation:PCR_0", "aws:userid")),
  );
};
const equality = fc.constantFrom("StringEquals", "StringEqualsIgnoreCase");
const inequality = fc.constantFrom("StringNotEquals", "StringNotEqualsIgnoreCase");
const odd = fc
  .tuple(
    fc.constantFrom("", "", "ForAllValues:", "ForAnyValue:"),
    fc.oneof(equality, inequality, fc.constantFrom("StringLike", "StringNotLike")),
    fc.constantFrom("", "", "IfExists"),
  )
  .map((parts) => parts.join(""));

function conditions(root: Root, likely: fc.Arbitrary<string>): fc.Arbitrary<Statement["Condition"]> {
  const comparison = fc.tuple(
    fc.oneof(some(5, likely), some(2, odd)),
    fc.uniqueArray(keyName(root), { minLength: 1, maxLength: 3 }),
    fc.array(value, { minLength: 1, maxLength: 2 }),
    fc.constantFrom("none", "none", "false", "true"),
  );
  return comparison.map(([operator, keys, values, guard]) => ({
    [operator]: Object.fromEntries(keys.map((key) => [key, values])),
    ...(guard === "none" ? {} : { Null: Object.fromEntries(keys.map((key) => [key, guard])) }),
  }));
}

const actions = fc.constantFrom<string | string[]>(
  "kms:Decrypt",
  ["kms:decrypt", "kms:Generate*"],
  ["kms:Decrypt", "kms:DeriveSharedSecret", "kms:GenerateDataKey*"],
  ["kms:Decrypt", "kms:DeriveSharedSecret", "kms:GenerateDataKey*", "kms:CreateGrant", "kms:ReEncryptFrom"],
  "kms:De?rypt",
  "kms:*",
  "kms:DescribeKey",
);
const acting = fc.oneof(
  some(
    6,
    actions.map((Action) => ({ Action })),
  ),
  some(
    1,
    actions.map((NotAction) => ({ NotAction })),
  ),
);
const principal = fc.constantFrom<Pick<Statement, "Principal" | "NotPrincipal">>(
  ...roles.map((role) => ({ Principal: { AWS: role } })),
  { Principal: { AWS: account } },
  { Principal: { AWS: "111122223333" } },
  { Principal: "*" },
);

function statement(root: Root): fc.Arbitrary<Statement> {
  const allow = fc
    .tuple(principal, acting, fc.option(conditions(root, equality), { nil: undefined, freq: 4 }))
    .map(([who, what, when]): Statement => build("Allow", who, what, "*", when));
  const spared = fc.constantFrom({ NotPrincipal: { AWS: roles[0] as string } });
  const deny = fc
    .tuple(
      fc.oneof(some(6, fc.constant({ Principal: "*" as const })), some(2, principal), some(1, spared)),
      acting,
      fc.oneof(some(6, fc.constant("*")), some(1, fc.constantFrom(KEY_ARN, `${KEY_ARN}2`, "arn:aws:kms:*:*:key/*"))),
      fc.option(conditions(root, inequality), { nil: undefined, freq: 6 }),
    )
    .map(([who, what, resource, when]): Statement => build("Deny", who, what, resource, when));
  return fc.oneof(allow, deny);
}

function build(
  Effect: Statement["Effect"],
  who: Pick<Statement, "Principal" | "NotPrincipal">,
  what: Pick<Statement, "Action" | "NotAction">,
  Resource: string,
  Condition: Statement["Condition"],
): Statement {
  return { Effect, ...who, ...what, Resource, ...(Condition === undefined ? {} : { Condition }) };
}

describe.each(roots)("policies of keys for %s", (root) => {
  it("that pass let nobody in whose software is not the measured one", () => {
    const attacks = strangers(root);
    let passed = 0;
    fc.assert(
      fc.property(fc.array(statement(root), { minLength: 1, maxLength: 4 }), fc.boolean(), (statements, tagged) => {
        // Without a tag the rules hold a policy to any root of trust, and a key is in scope by its description.
        const tags: Record<string, string> =
          tagged || root === "nitro-sandbox" ? { "gabion:attestation": root } : { use: "enclave" };
        if (!pass(statements, tags)) return;
        if (statements.some(({ Effect }) => Effect === "Allow")) passed++;
        expect(attacks.filter((request) => isAllowed(statements, request))).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
    // Otherwise the property would hold of nothing.
    expect(passed).toBeGreaterThan(100);
  });

  it("that our builder makes pass, and open for the measured software", () => {
    const numbers = { "nitro-tpm": [4, 12], "nitro-enclave": [0], "nitro-sandbox": [17] }[root];
    const [opener = "", other = ""] = roles;
    const statements = policyDocument(
      attestedKeyPolicy({
        accountId: "111122223333",
        region: "eu-central-1",
        root,
        measurements: [Object.fromEntries(numbers.map((pcr) => [pcr, good]))],
        openers: [opener],
        administrators: [other],
      }),
    ).Statement as Statement[];
    expect(pass(statements, { "gabion:attestation": root })).toBe(true);
    const context = document(root, good, good);
    expect(isAllowed(statements, { role: opener, action: "kms:Decrypt", context })).toBe(true);
    expect(strangers(root).filter((request) => isAllowed(statements, request))).toEqual([]);
  });
});

describe("the list of golden measurements", () => {
  it("takes hexadecimal digits and base64, for all registers or one", () => {
    const base64 = Buffer.from(good, "hex").toString("base64");
    const list = [good.toUpperCase(), base64, `PCR0=${good}`, `NitroTPMPCR4: ${base64}`];
    const { values, problems } = readGoldenValues(list);
    expect(values.map(({ hex }) => hex)).toEqual([good, good, good, good]);
    expect(values.map(({ register }) => register?.pcr)).toEqual([undefined, undefined, 0, 4]);
    expect(problems).toEqual([]);
  });

  it("tells entries that are none", () => {
    expect(readGoldenValues(["latest", good, good.slice(1), `PCR99=${good}`, 5]).problems).toEqual([1, 3, 4, 5]);
  });
});
