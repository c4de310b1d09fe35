import { UNKNOWN } from "../../../kit/property";
import { publicAccessFindings } from "../../../kit/public-access";
import { rule } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:backup/vaultPolicy:VaultPolicy";
const policyOf = exampleOf(type, "nightly");
const policy = (statement: object) =>
  policyOf({
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "backup:CopyIntoBackupVault", Resource: "*", ...statement }],
    }),
  });

export const backupVaultNoPublicPolicy = rule({
  id: "aws-backup-vault-no-public-policy",
  title: "No vault's policy lets everyone in",
  severity: "high",
  rationale: "Strangers could copy backups out, delete them, or fill the vault with theirs.",
  remediation: "Name accounts or roles in Principal, or hold the statement by aws:PrincipalOrgID with StringEquals.",
  mappings: [{ framework: "NIST 800-53r5", control: "AC-3" }],
  checks: { [type]: ({ properties }) => publicAccessFindings(properties.get("policy")) },
  examples: [
    {
      title: "an account",
      verdict: "pass",
      resources: policy({ Principal: { AWS: "arn:aws:iam::111122223333:root" } }),
    },
    {
      title: "everyone of the organisation",
      verdict: "pass",
      resources: policy({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } }),
    },
    { title: "no policy", verdict: "pass", absent: true, resources: policyOf({ backupVaultName: "nightly" }) },
    { title: "everyone", verdict: "fail", resources: policy({ Principal: "*" }) },
    { title: "policy known only later", verdict: "undecided", resources: policyOf({ policy: UNKNOWN }) },
  ],
});
