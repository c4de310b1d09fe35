import { customerKeyParts } from "../../../kit/customer-key";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:guardduty/publishingDestination:PublishingDestination";
const destination = (properties: ExampleResource["properties"]): ExampleResource => ({
  type,
  name: "findings",
  properties: { detectorId: "1", destinationArn: "arn:aws:s3:::findings", ...properties },
});
const key = { type: "aws:kms/key:Key", name: "audit", properties: {} };

export const guarddutyExportKey = rule({
  id: "aws-guardduty-export-key",
  title: "Findings of GuardDuty are exported under a customer key",
  severity: "medium",
  rationale:
    "Findings tell an intruder what has been noticed and where the gaps are; a key of yours says who may read them.",
  remediation: "Set kmsKeyArn to a key of yours whose policy lets guardduty.amazonaws.com encrypt.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AU-9" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  ...customerKeyParts({
    type,
    property: "kmsKeyArn",
    absent: "is not set, and GuardDuty exports nothing without a key",
  }),
  examples: [
    {
      title: "a key of the stack",
      verdict: "pass",
      resources: [key, { ...destination({ kmsKeyArn: UNKNOWN }), dependencies: { kmsKeyArn: ["audit"] } }],
    },
    { title: "no key", verdict: "fail", absent: true, resources: [destination({})] },
    {
      title: "a key that AWS manages",
      verdict: "fail",
      resources: [destination({ kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:alias/aws/s3" })],
    },
    { title: "a key known only later", verdict: "undecided", resources: [destination({ kmsKeyArn: UNKNOWN })] },
  ],
});
