import { rule } from "../../kit/rule";
import { excusedPolicies, grantFindings } from "../../kit/vault/grants";
import { grantExamples, policyTextExample } from "../../kit/vault/policy-examples";

export const policyNoSudo = rule({
  id: "vault-policy-no-sudo",
  title: "No policy grants sudo",
  severity: "high",
  rationale:
    "Sudo opens paths that Vault protects as if the caller were root, such as raw storage and the audit devices.",
  remediation: "Take sudo out of the capabilities of the policy.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.3" },
  ],
  config: excusedPolicies,
  checks: {
    "vault:index/policy:Policy": ({ properties }, context) =>
      grantFindings(properties, context, ({ capabilities }) =>
        capabilities.includes("sudo") || capabilities.includes("root") ? "grants sudo" : undefined,
      ),
  },
  examples: [
    ...grantExamples('path "sys/raw/*" { capabilities = ["sudo"] }'),
    {
      title: "sudo",
      verdict: "fail",
      resources: policyTextExample('path "sys/audit" { capabilities = ["read", "sudo"] } # for the auditor'),
    },
    {
      title: "sudo in the older form",
      verdict: "fail",
      resources: policyTextExample('path "sys/*" { policy = "sudo" }'),
    },
  ],
});
