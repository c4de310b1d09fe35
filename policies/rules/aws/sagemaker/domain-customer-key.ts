import { customerKeyParts } from "../../../kit/customer-key";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { domain, domainType } from "../../../kit/sagemaker-examples";

export const domainCustomerKey = rule({
  id: "aws-sagemaker-domain-customer-key",
  title: "Homes and volumes of Studio are encrypted with a customer key",
  severity: "medium",
  rationale:
    "All users' work lies there for years; the key cannot be changed afterwards, and AWS's has no policy of yours.",
  remediation: "Set kmsKeyId to a KMS key of yours when the domain is made.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-05" },
  ],
  levels: { baseline: "advisory" },
  ...customerKeyParts({
    type: domainType,
    property: "kmsKeyId",
    absent: "is not set, so the key is the one that AWS manages",
  }),
  examples: [
    {
      title: "a key of yours",
      verdict: "pass",
      resources: domain({ kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1" }),
    },
    {
      title: "a key that is made in the same program",
      verdict: "pass",
      resources: [
        { type: "aws:kms/key:Key", name: "studio", properties: {} },
        {
          type: domainType,
          name: "research",
          properties: { kmsKeyId: UNKNOWN },
          dependencies: { kmsKeyId: ["studio"] },
        },
      ],
    },
    { title: "no key", verdict: "fail", absent: true, resources: domain({ authMode: "SSO" }) },
    { title: "AWS's own key", verdict: "fail", resources: domain({ kmsKeyId: "alias/aws/elasticfilesystem" }) },
    { title: "key known only later", verdict: "undecided", resources: domain({ kmsKeyId: UNKNOWN }) },
  ],
});
