import { type Plain, UNKNOWN } from "../../kit/property";
import { type ExampleResource, rule } from "../../kit/rule";
import { longerThan } from "../../kit/vault/durations";
import { unboundFindings } from "../../kit/vault/roles";

const role = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "vault:database/secretBackendRole:SecretBackendRole",
    name: "reader",
    properties: { dbName: "features", ...properties },
  },
];
const connection = (allowedRoles: Plain): ExampleResource[] => [
  {
    type: "vault:database/secretBackendConnection:SecretBackendConnection",
    name: "features",
    properties: { allowedRoles },
  },
];

export const databaseRolesBounded = rule({
  id: "vault-database-roles-bounded",
  title: "Users of databases that Vault makes end soon, and connections name the roles that may use them",
  severity: "medium",
  rationale:
    "A database user without an end outlives its job, and a connection for all roles lets any role make users in it.",
  remediation: 'Set defaultTtl and maxTtl of the role, and allowedRoles of the connection without "*".',
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
  ],
  config: { maxTtl: { type: "integer", description: "Longest life in seconds", default: 86_400, minimum: 60 } },
  checks: {
    "vault:database/secretBackendConnection:SecretBackendConnection": ({ properties }) =>
      unboundFindings(properties.get("allowedRoles"), "lets in every role"),
    "vault:database/secretBackendRole:SecretBackendRole": ({ properties }, { config }) => [
      ...longerThan(properties.get("defaultTtl"), Number(config.maxTtl)),
      ...longerThan(properties.get("maxTtl"), Number(config.maxTtl), "is not set, so that the mount's maximum holds"),
    ],
  },
  examples: [
    { title: "an hour", verdict: "pass", resources: role({ defaultTtl: 900, maxTtl: 3600 }) },
    { title: "no bound", verdict: "fail", absent: true, resources: role({}) },
    { title: "a month", verdict: "fail", resources: role({ maxTtl: 2_592_000 }) },
    { title: "one role", verdict: "pass", resources: connection(["reader"]) },
    { title: "all roles", verdict: "fail", resources: connection(["*"]) },
    { title: "life known only later", verdict: "undecided", resources: role({ maxTtl: UNKNOWN }) },
  ],
});
