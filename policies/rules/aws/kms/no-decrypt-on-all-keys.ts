import { reachesAll } from "gabion-knowledge";
import { policyExample } from "../../../kit/iam-examples";
import { identityPolicyChecks } from "../../../kit/iam-policies";
import { UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { rule } from "../../../kit/rule";
import {
  allows,
  coversAny,
  every,
  findingOf,
  isAdministrator,
  isNarrowedBy,
  not,
  reaches,
} from "../../../kit/statements";

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
  checks: identityPolicyChecks((statement, property) => {
    if (isAdministrator(statement)) return [];
    const violated = every(
      allows(statement),
      coversAny(statement, ["kms:Decrypt", "kms:ReEncryptFrom"]),
      reaches(statement, (resource) => reachesAll(resource, "kms", "key/")),
      not(isNarrowedBy(statement, { key: (key) => holding.test(key) })),
    );
    return findingOf(statementPath(property, statement), violated, "allows decryption with every key");
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

const holding = /^(kms:(resourcealiases|requestalias)|aws:resourcetag\/.+)$/;
