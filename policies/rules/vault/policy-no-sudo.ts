import { UNKNOWN } from "../../kit/property";
import { type ExampleResource, rule } from "../../kit/rule";
import { excusedPolicies, grantFindings } from "../../kit/vault/grants";

const policy = (text: string): ExampleResource[] => [
  { type: "vault:index/policy:Policy", name: "trainer", properties: { policy: text } },
];

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
    {
      title: "secrets of one team",
      verdict: "pass",
      resources: policy('path "secret/data/team/*" { capabilities = ["read"] }'),
    },
    {
      title: "sudo",
      verdict: "fail",
      resources: policy('path "sys/audit" { capabilities = ["read", "sudo"] } # for the auditor'),
    },
    { title: "sudo in the older form", verdict: "fail", resources: policy('path "sys/*" { policy = "sudo" }') },
    {
      title: "a policy of administrators, named in the configuration",
      verdict: "pass",
      config: { excused: ["admin"] },
      resources: [
        {
          type: "vault:index/policy:Policy",
          name: "admin",
          properties: { name: "admin", policy: 'path "sys/raw/*" { capabilities = ["sudo"] }' },
        },
      ],
    },
    {
      title: "no text",
      verdict: "fail",
      absent: true,
      resources: [{ type: "vault:index/policy:Policy", name: "trainer", properties: {} }],
    },
    { title: "a text that is neither HCL nor JSON", verdict: "fail", resources: policy('path "secret/*" {') },
    {
      title: "text known only later",
      verdict: "undecided",
      resources: [{ type: "vault:index/policy:Policy", name: "trainer", properties: { policy: UNKNOWN } }],
    },
  ],
});
