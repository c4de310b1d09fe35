import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const ciphertext = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "aws:kms/ciphertext:Ciphertext", name: "token", properties: { keyId: "1", ...properties } },
];

export const noMaterialInState = rule({
  id: "aws-kms-no-material-in-state",
  title: "No key material, and nothing that is to be encrypted, goes through the state",
  severity: "high",
  rationale:
    "The state keeps what it was given; whoever reads it has the secret without the key that was to protect it.",
  remediation:
    "Use plaintextWo, which is not kept; import key material, and passwords of key stores, outside the program.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
    { framework: "AWS AI Security Framework", control: "AISF-DATA-05" },
  ],
  checks: {
    "aws:kms/ciphertext:Ciphertext": ({ properties }) => refuseGiven(properties.get("plaintext")),
    "aws:kms/customKeyStore:CustomKeyStore": ({ properties }) => [
      ...refuseGiven(properties.get("keyStorePassword")),
      ...refuseGiven(properties.get("xksProxyAuthenticationCredential").get("rawSecretAccessKey")),
    ],
    "aws:kms/externalKey:ExternalKey": ({ properties }) => refuseGiven(properties.get("keyMaterialBase64")),
    "aws:kms/replicaExternalKey:ReplicaExternalKey": ({ properties }) =>
      refuseGiven(properties.get("keyMaterialBase64")),
  },
  examples: [
    {
      title: "a text that is not kept",
      verdict: "pass",
      resources: ciphertext({ plaintextWo: "x", plaintextWoVersion: "1" }),
    },
    {
      title: "a key whose material is imported elsewhere",
      verdict: "pass",
      absent: true,
      resources: [{ type: "aws:kms/externalKey:ExternalKey", name: "own", properties: { description: "own" } }],
    },
    { title: "a text that is kept", verdict: "fail", resources: ciphertext({ plaintext: "x" }) },
    {
      title: "key material",
      verdict: "fail",
      resources: [{ type: "aws:kms/externalKey:ExternalKey", name: "own", properties: { keyMaterialBase64: "eA==" } }],
    },
    {
      title: "key material of a copy",
      verdict: "fail",
      resources: [
        {
          type: "aws:kms/replicaExternalKey:ReplicaExternalKey",
          name: "copy",
          properties: { keyMaterialBase64: "eA==" },
        },
      ],
    },
    {
      title: "credentials of a key store",
      verdict: "fail",
      resources: [
        {
          type: "aws:kms/customKeyStore:CustomKeyStore",
          name: "hsm",
          properties: { keyStorePassword: "x", customKeyStoreName: "hsm" },
        },
      ],
    },
    { title: "known only later", verdict: "undecided", resources: ciphertext({ plaintext: UNKNOWN }) },
  ],
});

function refuseGiven(property: Property<unknown>): Finding[] {
  if (property.isUnknown) return [undecided(property)];
  return property.isAbsent || property.raw() === "" ? [] : [fail(property, "is kept in the state")];
}
