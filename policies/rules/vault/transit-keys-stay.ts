import { type Plain, UNKNOWN } from "../../kit/property";
import { type ExampleResource, rule } from "../../kit/rule";
import { transitKeyFindings } from "../../kit/vault/engines";

const key = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "vault:transit/secretBackendKey:SecretBackendKey", name: "weights", properties },
];

export const transitKeysStay = rule({
  id: "vault-transit-keys-stay",
  title: "Transit keys cannot be exported, backed up in plain text or deleted",
  severity: "high",
  rationale:
    "A key that can be exported once is out of every control; one that can be deleted takes all its data along.",
  remediation: "Leave exportable, allowPlaintextBackup and deletionAllowed out; the first two cannot be taken back.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  checks: { "vault:transit/secretBackendKey:SecretBackendKey": ({ properties }) => transitKeyFindings(properties) },
  remedies: {
    "vault:transit/secretBackendKey:SecretBackendKey": () => ({
      exportable: false,
      allowPlaintextBackup: false,
      deletionAllowed: false,
    }),
  },
  examples: [
    { title: "all three off", verdict: "pass", resources: key({ exportable: false, deletionAllowed: false }) },
    { title: "off by default", verdict: "pass", absent: true, resources: key({ name: "weights" }) },
    { title: "exportable", verdict: "fail", resources: key({ exportable: true }) },
    { title: "plain backup", verdict: "fail", resources: key({ allowPlaintextBackup: true }) },
    { title: "deletion allowed", verdict: "fail", resources: key({ deletionAllowed: true }) },
    { title: "known only later", verdict: "undecided", resources: key({ exportable: UNKNOWN }) },
  ],
});
