import { type Plain, UNKNOWN } from "../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../kit/rule";

const role = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "vault:pkiSecret/secretBackendRole:SecretBackendRole",
    name: "serving",
    properties: { maxTtl: "72h", ...properties },
  },
];

export const pkiStrongKeys = rule({
  id: "vault-pki-strong-keys",
  title: "Certificates of a PKI engine have keys of today's strength",
  severity: "medium",
  rationale: "RSA keys under 2048 bits and curves under 256 can be computed from the certificate.",
  remediation:
    "Leave keyType and keyBits to Vault, or ask for RSA with at least 2048 bits or a curve with at least 256.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-13" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  checks: {
    "vault:pkiSecret/secretBackendRole:SecretBackendRole": ({ properties }) => {
      const bits = properties.get("keyBits");
      const type = properties.get("keyType").text();
      const count = bits.number();
      if (count === UNKNOWN) return [undecided(bits)];
      // Without a number, or with 0, Vault takes a strong one.
      if (count === undefined || count <= 0 || count >= 2048) return [];
      if (type === UNKNOWN) return [undecided(properties.get("keyType"))];
      return count < (type === "ec" ? 256 : 2048) && type !== "ed25519" ? [fail(bits, "is too few")] : [];
    },
  },
  examples: [
    { title: "RSA with 3072 bits", verdict: "pass", resources: role({ keyType: "rsa", keyBits: 3072 }) },
    { title: "a curve with 256 bits", verdict: "pass", resources: role({ keyType: "ec", keyBits: 256 }) },
    { title: "left to Vault", verdict: "pass", absent: true, resources: role({}) },
    { title: "RSA with 1024 bits", verdict: "fail", resources: role({ keyType: "rsa", keyBits: 1024 }) },
    { title: "a curve with 224 bits", verdict: "fail", resources: role({ keyType: "ec", keyBits: 224 }) },
    { title: "bits known only later", verdict: "undecided", resources: role({ keyBits: UNKNOWN }) },
  ],
});
