import { allKeysChecks } from "../../../kit/all-keys";
import { policyExample } from "../../../kit/iam-examples";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

const decrypt = { Effect: "Allow", Action: "kms:Decrypt" };

export const noDecryptOnAllKeys = rule({
  id: "aws-kms-no-decrypt-on-all-keys",
  title: "No policy of yours lets its holder decrypt with every key",
  severity: "medium",
  rationale:
    "Such a holder opens whatever it can read: the separation of data by keys, of tenants and of tiers, is gone for it.",
  remediation: "Name the keys in Resource, or hold the statement by kms:ResourceAliases or a tag of the keys.",
  mappings: [
    { framework: "AWS FSBP", control: "KMS.1" },
    { framework: "AWS FSBP", control: "KMS.2" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  levels: { baseline: "advisory" },
  deviation: "kms-decrypt-all",
  checks: allKeysChecks({
    actions: ["kms:Decrypt", "kms:ReEncryptFrom"],
    narrowing: /^(kms:(resourcealiases|requestalias)|aws:resourcetag\/.+)$/,
    otherwise: "allows decryption with every key",
  }),
  examples: [
    {
      title: "one key",
      verdict: "pass",
      resources: policyExample({ ...decrypt, Resource: "arn:aws:kms:eu-central-1:111122223333:key/1234" }),
    },
    {
      title: "keys by their alias",
      verdict: "pass",
      resources: policyExample({
        ...decrypt,
        Resource: "arn:aws:kms:*:111122223333:key/*",
        Condition: { StringEquals: { "kms:ResourceAliases": "alias/datasets" } },
      }),
    },
    {
      title: "encryption alone",
      verdict: "pass",
      absent: true,
      resources: policyExample({ Effect: "Allow", Action: ["kms:Encrypt", "kms:DescribeKey"] }),
    },
    { title: "every key", verdict: "fail", resources: policyExample({ ...decrypt, Resource: "*" }) },
    {
      title: "every key of the account, by a pattern of actions",
      verdict: "fail",
      resources: policyExample({
        Effect: "Allow",
        Action: ["kms:De*", "kms:ReEncrypt*"],
        Resource: ["arn:aws:kms:*:111122223333:key/*"],
      }),
    },
    {
      title: "every key through a service",
      verdict: "fail",
      resources: policyExample({
        ...decrypt,
        Resource: "*",
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
      }),
    },
    {
      title: "keys known only later",
      verdict: "undecided",
      resources: policyExample({ ...decrypt, Resource: UNKNOWN }),
    },
  ],
});
