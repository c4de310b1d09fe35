import { customerKeyParts } from "../../../kit/customer-key";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { trailExample, trailType } from "../../../kit/trails";

const key = { type: "aws:kms/key:Key", name: "audit", properties: {} };

export const trailCustomerKey = rule({
  id: "aws-cloudtrail-customer-key",
  title: "Trails encrypt their log files with a customer key",
  severity: "medium",
  rationale:
    "With S3's own key whoever may read the bucket reads who did what in the account; a key of yours is a second lock.",
  remediation: "Set kmsKeyId to the ARN of a key of yours whose policy lets cloudtrail.amazonaws.com encrypt.",
  mappings: [
    { framework: "AWS FSBP", control: "CloudTrail.2" },
    { framework: "CIS AWS Foundations 7.0.0", control: "4.5" },
    { framework: "NIST 800-53r5", control: "AU-9" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  ...customerKeyParts({
    type: trailType,
    property: "kmsKeyId",
    absent: "is not set, so the log files have the key of S3",
  }),
  examples: [
    {
      title: "a key of the stack",
      verdict: "pass",
      resources: [key, { ...trailExample({ kmsKeyId: UNKNOWN }), dependencies: { kmsKeyId: ["audit"] } }],
    },
    {
      title: "a key by its ARN",
      verdict: "pass",
      resources: [trailExample({ kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1" })],
    },
    { title: "no key", verdict: "fail", absent: true, resources: [trailExample()] },
    { title: "a key that AWS manages", verdict: "fail", resources: [trailExample({ kmsKeyId: "alias/aws/s3" })] },
    { title: "a key known only later", verdict: "undecided", resources: [trailExample({ kmsKeyId: UNKNOWN })] },
  ],
});
