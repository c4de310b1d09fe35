import { registrySettingCheck, registrySettingExamples } from "../../../kit/registry-settings";
import { rule } from "../../../kit/rule";

export const registryPolicyScope = rule({
  id: "aws-ecr-registry-policy-scope",
  title: "The policy of a registry holds for all actions of ECR",
  severity: "medium",
  rationale:
    "With the scope V1 it holds for replication and caches alone: a Deny of pushing or deleting stands there without effect.",
  remediation: 'Set the AccountSetting REGISTRY_POLICY_SCOPE to "V2".',
  mappings: [{ framework: "NIST 800-53r5", control: "AC-3" }],
  checks: { "aws:ecr/accountSetting:AccountSetting": registrySettingCheck("REGISTRY_POLICY_SCOPE", "V2") },
  examples: registrySettingExamples("REGISTRY_POLICY_SCOPE", "V2", "V1"),
});
