import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const key = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "aws:kms/key:Key", name: "data", properties },
];

export const rotation = rule({
  id: "aws-kms-rotation",
  title: "Symmetric KMS keys rotate their material",
  severity: "medium",
  rationale:
    "Without rotation one leaked or broken key material opens everything that was ever encrypted with the key.",
  remediation: "Set enableKeyRotation to true and, where the default of a year is too long, rotationPeriodInDays.",
  mappings: [
    { framework: "AWS FSBP", control: "KMS.4" },
    { framework: "CIS AWS Foundations 7.0.0", control: "4.6" },
    { framework: "NIST 800-53r5", control: "SC-12" },
  ],
  deviation: "kms-rotation",
  checks: {
    "aws:kms/key:Key": ({ properties }) => {
      const usage = properties.get("keyUsage").text();
      const spec = properties.get("customerMasterKeySpec").text();
      // Only symmetric encryption keys whose material KMS itself made and holds can rotate by themselves.
      const cannotRotate =
        (typeof usage === "string" && usage !== "ENCRYPT_DECRYPT") ||
        (typeof spec === "string" && spec !== "SYMMETRIC_DEFAULT") ||
        !properties.get("customKeyStoreId").isAbsent ||
        !properties.get("xksKeyId").isAbsent;
      if (cannotRotate) return [];
      const enabled = properties.get("enableKeyRotation");
      const isEnabled = enabled.flag();
      if (isEnabled === true) return [];
      if (isEnabled === UNKNOWN || usage === UNKNOWN || spec === UNKNOWN) return [undecided(enabled)];
      return [fail(enabled, enabled.isAbsent ? "is not set" : "is not true")];
    },
  },
  examples: [
    { title: "rotation on", verdict: "pass", resources: key({ enableKeyRotation: true, rotationPeriodInDays: 90 }) },
    {
      title: "signing key, which cannot rotate by itself",
      verdict: "pass",
      resources: key({ keyUsage: "SIGN_VERIFY", customerMasterKeySpec: "ECC_NIST_P256" }),
    },
    { title: "nothing said", verdict: "fail", absent: true, resources: key({}) },
    { title: "rotation off", verdict: "fail", resources: key({ enableKeyRotation: false }) },
    { title: "rotation known only later", verdict: "undecided", resources: key({ enableKeyRotation: UNKNOWN }) },
  ],
});
