import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { auditFindings } from "../../../kit/vault/audit";
import { appRoleFindings, awsRoleFindings, jwtRoleFindings, podRoleFindings } from "../../../kit/vault/bound-roles";
import { transitKeyFindings, transitRotationFindings } from "../../../kit/vault/engines";
import { excusedPolicies, grantFindings } from "../../../kit/vault/grants";
import { podRole } from "../../../kit/vault/roles";

export const vaultBounded = rule({
  id: "ml-41-vault-bounded",
  title: "Vault's roles, policies and keys of ML workloads are bound, and an audit device writes down their use",
  severity: "high",
  rationale:
    "One role for everybody, or one key that can leave Vault, opens the weights and datasets of all teams at once, unseen.",
  remediation:
    "Name identities and audiences in roles, paths without sudo in policies; keep transit keys unexportable, undeletable and turning; add an Audit.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "AU-12" },
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "ISO 27001:2022", control: "A.8.3" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.8" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0106" },
    { framework: "OWASP AISVS 1.0", control: "C5.2.1" },
  ],
  levels: { baseline: "advisory" },
  config: {
    ...excusedPolicies,
    maxPeriod: {
      type: "integer",
      description: "Longest life of a transit key's version in seconds",
      default: 7_776_000,
      minimum: 3600,
    },
  },
  checks: {
    "vault:appRole/authBackendRole:AuthBackendRole": ({ properties }) => appRoleFindings(properties),
    "vault:aws/authBackendRole:AuthBackendRole": ({ properties }) => awsRoleFindings(properties),
    "vault:index/policy:Policy": ({ properties }, context) =>
      grantFindings(properties, context, ({ path, capabilities }) =>
        /^(\+\/)*\*$/.test(path) || capabilities.includes("sudo") ? "grants every path, or sudo" : undefined,
      ),
    "vault:jwt/authBackendRole:AuthBackendRole": ({ properties }) => jwtRoleFindings(properties),
    "vault:kubernetes/authBackendRole:AuthBackendRole": ({ properties }) => podRoleFindings(properties),
    "vault:transit/secretBackendKey:SecretBackendKey": ({ properties }, { config }) => [
      ...transitKeyFindings(properties),
      ...transitRotationFindings(properties, Number(config.maxPeriod)),
    ],
  },
  observes: [
    "vault:index/audit:Audit",
    "vault:index/authBackend:AuthBackend",
    "vault:jwt/authBackend:AuthBackend",
    "vault:ldap/authBackend:AuthBackend",
  ],
  stack: auditFindings,
  examples: [
    { title: "a role for one account in one namespace", verdict: "pass", resources: [podRole()] },
    {
      title: "a role for every namespace",
      verdict: "fail",
      resources: [podRole({ boundServiceAccountNamespaces: ["*"] })],
    },
    {
      title: "a pipeline of any repository",
      verdict: "fail",
      resources: [
        {
          type: "vault:jwt/authBackendRole:AuthBackendRole",
          name: "ci",
          properties: { roleType: "jwt", boundAudiences: ["vault"] },
        },
      ],
    },
    {
      title: "an AWS role bound to nothing",
      verdict: "fail",
      resources: [
        {
          type: "vault:aws/authBackendRole:AuthBackendRole",
          name: "runner",
          properties: { boundIamPrincipalArns: ["*"] },
        },
      ],
    },
    {
      title: "a machine without a secret id",
      verdict: "fail",
      resources: [
        { type: "vault:appRole/authBackendRole:AuthBackendRole", name: "job", properties: { bindSecretId: false } },
      ],
    },
    {
      title: "a policy with sudo",
      verdict: "fail",
      resources: [
        {
          type: "vault:index/policy:Policy",
          name: "ml",
          properties: { policy: 'path "sys/raw/*" { capabilities = ["sudo"] }' },
        },
      ],
    },
    {
      title: "a key that can leave",
      verdict: "fail",
      resources: [
        {
          type: "vault:transit/secretBackendKey:SecretBackendKey",
          name: "weights",
          properties: { exportable: true, autoRotatePeriod: 2_592_000 },
        },
      ],
    },
    {
      title: "logins that nothing writes down",
      verdict: "fail",
      absent: true,
      resources: [{ type: "vault:index/authBackend:AuthBackend", name: "pods", properties: { type: "kubernetes" } }],
    },
    {
      title: "accounts known only later",
      verdict: "undecided",
      resources: [podRole({ boundServiceAccountNames: UNKNOWN })],
    },
  ],
});
