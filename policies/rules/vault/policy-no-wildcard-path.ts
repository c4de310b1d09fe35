import { UNKNOWN } from "../../kit/property";
import { type ExampleResource, rule } from "../../kit/rule";
import { excusedPolicies, grantFindings } from "../../kit/vault/grants";

const policy = (text: string): ExampleResource[] => [
  { type: "vault:index/policy:Policy", name: "trainer", properties: { policy: text } },
];

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
    {
      title: "secrets of one team",
      verdict: "pass",
      resources: policy('path "secret/data/team/*" { capabilities = ["read"] }'),
    },
    { title: "every path", verdict: "fail", resources: policy('path "*" { capabilities = ["create", "read"] }') },
    {
      title: "every path of every mount, in JSON",
      verdict: "fail",
      resources: policy('{"path":{"+/*":{"capabilities":["list"]}}}'),
    },
    { title: "every path denied", verdict: "pass", resources: policy('path "*" { capabilities = ["deny"] }') },
    {
      title: "a policy of administrators, named in the configuration",
      verdict: "pass",
      config: { excused: ["admin"] },
      resources: [
        {
          type: "vault:index/policy:Policy",
          name: "admin",
          properties: { name: "admin", policy: 'path "*" { capabilities = ["read"] }' },
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
