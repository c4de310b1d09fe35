import { type Plain, UNKNOWN } from "../../kit/property";
import { type ExampleResource, rule } from "../../kit/rule";
import { awsCredentialFindings } from "../../kit/vault/engines";

const role = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "vault:aws/secretBackendRole:SecretBackendRole", name: "trainer", properties },
];

export const awsSessionsShort = rule({
  id: "vault-aws-sessions-short",
  title: "Vault gives out sessions of AWS that end within an hour, and no users",
  severity: "high",
  rationale: "Keys of a user work from everywhere until somebody deletes them; a session cannot be revoked, only end.",
  remediation: 'Use credentialType "assumed_role" or "federation_token", with maxStsTtl of at most 3600.',
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-03" },
  ],
  config: { maxTtl: { type: "integer", description: "Longest session in seconds", default: 3600, minimum: 900 } },
  checks: {
    "vault:aws/secretBackendRole:SecretBackendRole": ({ properties }, { config }) =>
      awsCredentialFindings(properties, Number(config.maxTtl)),
  },
  examples: [
    { title: "an hour", verdict: "pass", resources: role({ credentialType: "assumed_role", maxStsTtl: 3600 }) },
    { title: "no maximum", verdict: "fail", absent: true, resources: role({ credentialType: "assumed_role" }) },
    {
      title: "twelve hours",
      verdict: "fail",
      resources: role({ credentialType: "federation_token", maxStsTtl: 43_200 }),
    },
    { title: "users", verdict: "fail", resources: role({ credentialType: "iam_user" }) },
    {
      title: "type known only later",
      verdict: "undecided",
      resources: role({ credentialType: UNKNOWN, maxStsTtl: 900 }),
    },
  ],
});
