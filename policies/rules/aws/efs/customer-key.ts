import { customerKeyParts } from "../../../kit/customer-key";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:efs/fileSystem:FileSystem";
const files = exampleOf(type, "home");

export const efsCustomerKey = rule({
  id: "aws-efs-customer-key",
  title: "File systems of EFS are encrypted with a customer key",
  severity: "medium",
  rationale: "AWS's key has no policy of yours: it cannot be closed when data has to be out of reach at once.",
  remediation: "Set kmsKeyId to the ARN of a KMS key of yours.",
  mappings: [
    { framework: "AWS FSBP", control: "EFS.1" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
  ],
  levels: { baseline: "advisory" },
  ...customerKeyParts({ type, property: "kmsKeyId", absent: "is not set, so the key is the one that AWS manages" }),
  examples: [
    {
      title: "a key of yours",
      verdict: "pass",
      resources: files({ encrypted: true, kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1" }),
    },
    {
      title: "a key that is made in the same program",
      verdict: "pass",
      resources: [
        { type: "aws:kms/key:Key", name: "files", properties: {} },
        {
          type,
          name: "home",
          properties: { encrypted: true, kmsKeyId: UNKNOWN },
          dependencies: { kmsKeyId: ["files"] },
        },
      ],
    },
    { title: "no key", verdict: "fail", absent: true, resources: files({ encrypted: true }) },
    {
      title: "AWS's own key",
      verdict: "fail",
      resources: files({ kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:alias/aws/elasticfilesystem" }),
    },
    { title: "key known only later", verdict: "undecided", resources: files({ encrypted: true, kmsKeyId: UNKNOWN }) },
  ],
});
