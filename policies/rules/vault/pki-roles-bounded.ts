import { requireFalse, requireTrue } from "../../kit/checks";
import { type Plain, UNKNOWN } from "../../kit/property";
import { type ExampleResource, rule } from "../../kit/rule";
import { longerThan } from "../../kit/vault/durations";

const role = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "vault:pkiSecret/secretBackendRole:SecretBackendRole",
    name: "serving",
    properties: { backend: "pki", allowedDomains: ["serving.internal"], maxTtl: "72h", ...properties },
  },
];

export const pkiRolesBounded = rule({
  id: "vault-pki-roles-bounded",
  title: "Roles of a PKI engine bound the names and the life of certificates",
  severity: "high",
  rationale:
    "A role for any name signs certificates in the name of every service, and long ones outlive their revocation.",
  remediation: "Set maxTtl and allowedDomains; leave allowAnyName and allowGlobDomains out, and enforceHostnames on.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-17" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  config: { maxTtl: { type: "integer", description: "Longest life in seconds", default: 7_776_000, minimum: 60 } },
  checks: {
    "vault:pkiSecret/secretBackendRole:SecretBackendRole": ({ properties }, { config }) => [
      ...requireFalse(properties.get("allowAnyName"), "lets certificates have any name"),
      ...requireFalse(properties.get("allowGlobDomains"), "lets wildcards stand in the allowed domains"),
      ...(properties.get("enforceHostnames").isAbsent ? [] : requireTrue(properties.get("enforceHostnames"))),
      ...longerThan(properties.get("maxTtl"), Number(config.maxTtl), "is not set, so that the mount's maximum holds"),
    ],
  },
  examples: [
    { title: "three days, one domain", verdict: "pass", resources: role({ allowSubdomains: true }) },
    { title: "no bound of life", verdict: "fail", absent: true, resources: role({ maxTtl: null }) },
    { title: "ten years", verdict: "fail", resources: role({ maxTtl: "87600h" }) },
    { title: "any name", verdict: "fail", resources: role({ allowAnyName: true }) },
    { title: "names that are no host's", verdict: "fail", resources: role({ enforceHostnames: false }) },
    { title: "life known only later", verdict: "undecided", resources: role({ maxTtl: UNKNOWN }) },
  ],
});
