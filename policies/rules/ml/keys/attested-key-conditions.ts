import {
  accountRoot,
  aliasExample,
  allow,
  attestedKeyExample,
  deny,
  keyPolicyExample,
  measurement,
  openingActions,
  tpm,
} from "../../../kit/attested-key-examples";
import { attestedKeyChecks } from "../../../kit/attested-key-rule";
import { attestationConditions, openings } from "../../../kit/attested-keys";
import { UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const condition = { StringEqualsIgnoreCase: { [tpm(4)]: measurement, [tpm(12)]: measurement } };
const admin = allow(["kms:DescribeKey", "kms:PutKeyPolicy"], undefined, accountRoot);

export const attestedKeyConditions = rule({
  id: "ml-09-attested-key-conditions",
  title: "Every permission to open with an attested key asks for an attestation document",
  severity: "critical",
  rationale:
    "The weakest Allow wins: one permission without a measurement opens the weights to whatever runs under that role.",
  remediation:
    "Add StringEqualsIgnoreCase on kms:RecipientAttestation:NitroTPMPCR… (NitroTPM) or :PCR… (enclave) to each statement that allows kms:Decrypt, " +
    "kms:GenerateDataKey*, kms:DeriveSharedSecret, or kms:GenerateRandom, and give administrators neither these nor kms:*.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.7" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0025" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0035" },
    { framework: "OWASP AISVS 1.0", control: "C4.1.3" },
  ],
  ...attestedKeyChecks((key) =>
    openings(key).flatMap(({ statement, certain }): Finding[] => {
      if (attestationConditions(statement).length > 0) return [];
      const where = statementPath(key.property, statement);
      if (!certain || statement.unknown.has("condition")) return [undecided(where)];
      return [fail(where, "allows to open with the key and asks for no measurement")];
    }),
  ),
  examples: [
    {
      title: "condition on the measurement",
      verdict: "pass",
      resources: attestedKeyExample([admin, allow("kms:Decrypt", condition)]),
    },
    {
      title: "the account with everything, and a Deny that closes the gap",
      verdict: "pass",
      resources: attestedKeyExample([
        allow("kms:*", undefined, accountRoot),
        deny(openingActions, { StringNotEqualsIgnoreCase: { [tpm(7)]: measurement } }),
      ]),
    },
    {
      title: "a key for other things",
      verdict: "pass",
      resources: attestedKeyExample([allow("kms:*", undefined, accountRoot)], { purpose: "logs" }),
    },
    { title: "no condition", verdict: "fail", resources: attestedKeyExample([admin, allow("kms:Decrypt")]) },
    {
      title: "the account with everything",
      verdict: "fail",
      resources: attestedKeyExample([allow("kms:*", undefined, accountRoot)]),
    },
    {
      title: "a Deny for absence alone does not close a mismatch for those who have another document",
      verdict: "fail",
      resources: attestedKeyExample([
        allow("kms:*", undefined, accountRoot),
        deny(openingActions, { Null: { [tpm(7)]: "true" } }),
      ]),
    },
    {
      title: "a Deny that only two mismatches together would meet",
      verdict: "fail",
      resources: attestedKeyExample([
        allow("kms:*", undefined, accountRoot),
        deny(openingActions, { StringNotEqualsIgnoreCase: { [tpm(4)]: measurement, [tpm(12)]: measurement } }),
      ]),
    },
    {
      title: "a Deny on a register that is the same everywhere",
      verdict: "fail",
      resources: attestedKeyExample([
        allow("kms:*", undefined, accountRoot),
        deny(openingActions, { StringNotEqualsIgnoreCase: { [tpm(0)]: measurement } }),
      ]),
    },
    {
      title: "everything but what administrators need",
      verdict: "fail",
      resources: attestedKeyExample([
        { Effect: "Allow", Principal: accountRoot, NotAction: "kms:ScheduleKeyDeletion", Resource: "*" },
      ]),
    },
    {
      title: "any attestation document will do",
      verdict: "fail",
      resources: attestedKeyExample([allow("kms:Decrypt", { Null: { [tpm(7)]: "false" } })]),
    },
    {
      title: "attested random bytes for anyone's asking",
      verdict: "fail",
      resources: attestedKeyExample([admin, allow("kms:GenerateRandom")]),
    },
    {
      title: "a Deny that names another role",
      verdict: "fail",
      resources: attestedKeyExample([
        allow("kms:Decrypt"),
        { ...(deny("kms:Decrypt") as object), Principal: { AWS: "arn:aws:iam::111122223333:role/training" } },
      ]),
    },
    {
      title: "a Deny for all but the role that opens",
      verdict: "fail",
      resources: attestedKeyExample([
        allow("kms:*", undefined, accountRoot),
        {
          Effect: "Deny",
          NotPrincipal: { AWS: "arn:aws:iam::111122223333:role/inference" },
          Action: openingActions,
          Resource: "*",
        },
      ]),
    },
    {
      title: "a Deny for the account that the allowed role is of",
      verdict: "pass",
      resources: attestedKeyExample([
        allow("kms:Decrypt"),
        {
          ...(deny("kms:Decrypt", { StringNotEquals: { [tpm(7)]: measurement } }) as object),
          Principal: { AWS: "111122223333" },
        },
      ]),
    },
    {
      title: "no policy, so that AWS gives the account everything",
      verdict: "fail",
      absent: true,
      resources: attestedKeyExample(null),
    },
    {
      title: "the policy is a resource of its own",
      verdict: "pass",
      resources: [...attestedKeyExample(null), keyPolicyExample([admin, allow("kms:Decrypt", condition)])],
    },
    {
      title: "a policy as a resource of its own that asks for nothing",
      verdict: "fail",
      resources: [...attestedKeyExample(null), keyPolicyExample([admin, allow("kms:Decrypt")])],
    },
    {
      title: "only the name of an alias tells what the key is for",
      verdict: "fail",
      resources: [...attestedKeyExample([admin, allow("kms:Decrypt")], {}), aliasExample("alias/enclave/weights")],
    },
    {
      title: "the class of the data is no root of trust",
      verdict: "pass",
      resources: attestedKeyExample([allow("kms:*", undefined, accountRoot)], {
        "data-classification": "confidential",
      }),
    },
    {
      title: "words of your own",
      verdict: "fail",
      config: { words: ["sealed"] },
      resources: attestedKeyExample([allow("kms:*", undefined, accountRoot)], { use: "sealed models" }),
    },
    {
      title: "a replica of an attested key in another Region",
      verdict: "fail",
      resources: [
        ...attestedKeyExample([admin, allow("kms:Decrypt", condition)]),
        {
          type: "aws:kms/replicaKey:ReplicaKey",
          name: "replica",
          properties: { primaryKeyArn: UNKNOWN },
          dependencies: { primaryKeyArn: ["weights"] },
        },
      ],
    },
    { title: "policy known only later", verdict: "undecided", resources: attestedKeyExample(UNKNOWN) },
  ],
});
