import { customerKeyParts } from "../../../kit/customer-key";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:ebs/volume:Volume";
const volume = (properties: Record<string, Plain>, from?: string): ExampleResource => ({
  type,
  name: "scratch",
  properties: { availabilityZone: "eu-central-1a", size: 100, encrypted: true, ...properties },
  ...(from === undefined ? {} : { dependencies: { kmsKeyId: [from] } }),
});
const key: ExampleResource = { type: "aws:kms/key:Key", name: "volumes", properties: {} };

export const volumeCustomerKey = rule({
  id: "aws-ebs-customer-key",
  title: "Volumes are encrypted with a key of the customer",
  severity: "medium",
  rationale:
    "The account's default key is shared by all that runs there, and its policy cannot keep a volume from any of its users.",
  remediation: "Set kmsKeyId to the ARN of a key of yours.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-07" },
  ],
  levels: { baseline: "disabled" },
  ...customerKeyParts({
    type,
    property: "kmsKeyId",
    absent: "is not set, so the key is the account's default, which other workloads share",
  }),
  examples: [
    {
      title: "a key by its ARN",
      verdict: "pass",
      resources: [volume({ kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1" })],
    },
    { title: "a key of the same program", verdict: "pass", resources: [key, volume({ kmsKeyId: UNKNOWN }, "volumes")] },
    { title: "no key", verdict: "fail", absent: true, resources: [volume({})] },
    { title: "the key of AWS", verdict: "fail", resources: [volume({ kmsKeyId: "alias/aws/ebs" })] },
    { title: "known only later, from elsewhere", verdict: "undecided", resources: [volume({ kmsKeyId: UNKNOWN })] },
  ],
});
