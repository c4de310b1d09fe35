import { requireFalse } from "../../kit/checks";
import { type Plain, UNKNOWN } from "../../kit/property";
import { type ExampleResource, rule } from "../../kit/rule";

const crl = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "vault:pkiSecret/secretBackendCrlConfig:SecretBackendCrlConfig",
    name: "pki",
    properties: { backend: "pki", ...properties },
  },
];

export const pkiRevocation = rule({
  id: "vault-pki-revocation",
  title: "PKI engines publish what they revoke",
  severity: "medium",
  rationale: "Without a list of revoked certificates a stolen one is good until it ends.",
  remediation: "Leave disable out of the SecretBackendCrlConfig.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-17" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  checks: {
    "vault:pkiSecret/secretBackendCrlConfig:SecretBackendCrlConfig": ({ properties }) =>
      requireFalse(properties.get("disable"), "publishes no list of revoked certificates"),
  },
  remedies: { "vault:pkiSecret/secretBackendCrlConfig:SecretBackendCrlConfig": () => ({ disable: false }) },
  examples: [
    { title: "a list each day", verdict: "pass", resources: crl({ disable: false, expiry: "24h" }) },
    { title: "on by default", verdict: "pass", absent: true, resources: crl({}) },
    { title: "off", verdict: "fail", resources: crl({ disable: true }) },
    { title: "known only later", verdict: "undecided", resources: crl({ disable: UNKNOWN }) },
  ],
});
