import { rule } from "../../kit/rule";
import { excusedPolicies, grantFindings } from "../../kit/vault/grants";
import { grantExamples, policyTextExample } from "../../kit/vault/policy-examples";

export const policyNoWildcardPath = rule({
  id: "vault-policy-no-wildcard-path",
  title: "No policy grants every path",
  severity: "high",
  rationale: "A grant on every path holds for engines and system paths that are added later, too.",
  remediation: "Name the mounts and paths that are needed in the policy.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.3" },
  ],
  config: excusedPolicies,
  checks: {
    "vault:index/policy:Policy": ({ properties }, context) =>
      grantFindings(properties, context, ({ path }) => (/^(\+\/)*\*$/.test(path) ? "grants every path" : undefined)),
  },
  examples: [
    ...grantExamples('path "*" { capabilities = ["read"] }'),
    {
      title: "every path",
      verdict: "fail",
      resources: policyTextExample('path "*" { capabilities = ["create", "read"] }'),
    },
    {
      title: "every path of every mount, in JSON",
      verdict: "fail",
      resources: policyTextExample('{"path":{"+/*":{"capabilities":["list"]}}}'),
    },
    {
      title: "every path denied",
      verdict: "pass",
      resources: policyTextExample('path "*" { capabilities = ["deny"] }'),
    },
  ],
});
