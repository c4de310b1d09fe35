import { type Plain, UNKNOWN } from "../../kit/property";
import { type ExampleResource, rule } from "../../kit/rule";
import { transitRotationFindings } from "../../kit/vault/engines";

const key = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "vault:transit/secretBackendKey:SecretBackendKey",
    name: "weights",
    properties: { type: "aes256-gcm96", ...properties },
  },
];

export const transitKeysRotate = rule({
  id: "vault-transit-keys-rotate",
  title: "Transit keys turn by themselves",
  severity: "medium",
  rationale: "The longer one key is in use, the more is lost with it.",
  remediation: "Set autoRotatePeriod in seconds, at least 3600.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  levels: { baseline: "advisory" },
  config: {
    maxPeriod: { type: "integer", description: "Longest period in seconds", default: 31_536_000, minimum: 3600 },
  },
  checks: {
    "vault:transit/secretBackendKey:SecretBackendKey": ({ properties }, { config }) =>
      transitRotationFindings(properties, Number(config.maxPeriod)),
  },
  examples: [
    { title: "each 90 days", verdict: "pass", resources: key({ autoRotatePeriod: 7_776_000 }) },
    { title: "never", verdict: "fail", absent: true, resources: key({}) },
    { title: "zero means never", verdict: "fail", resources: key({ autoRotatePeriod: 0 }) },
    { title: "each two years", verdict: "fail", resources: key({ autoRotatePeriod: 63_072_000 }) },
    { title: "period known only later", verdict: "undecided", resources: key({ autoRotatePeriod: UNKNOWN }) },
  ],
});
