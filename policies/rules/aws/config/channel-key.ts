import { customerKeyParts } from "../../../kit/customer-key";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:cfg/deliveryChannel:DeliveryChannel";
const channel = (properties: ExampleResource["properties"] = {}): ExampleResource => ({
  type,
  name: "config",
  properties: { s3BucketName: "history", ...properties },
});
const key = { type: "aws:kms/key:Key", name: "history", properties: {} };

export const configChannelKey = rule({
  id: "aws-config-channel-key",
  title: "AWS Config delivers its history under a customer key",
  severity: "low",
  rationale:
    "The history is a map of the account with all that was ever open in it; a key of yours says who may read it.",
  remediation: "Set s3KmsKeyArn to a key of yours whose policy lets the recorder's role encrypt.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "AU-9" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  levels: { baseline: "advisory" },
  ...customerKeyParts({ type, property: "s3KmsKeyArn", absent: "is not set, so the history has the bucket's own key" }),
  examples: [
    {
      title: "a key of the stack",
      verdict: "pass",
      resources: [key, { ...channel({ s3KmsKeyArn: UNKNOWN }), dependencies: { s3KmsKeyArn: ["history"] } }],
    },
    { title: "no key", verdict: "fail", absent: true, resources: [channel()] },
    {
      title: "a key that AWS manages",
      verdict: "fail",
      resources: [channel({ s3KmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:alias/aws/s3" })],
    },
    { title: "a key known only later", verdict: "undecided", resources: [channel({ s3KmsKeyArn: UNKNOWN })] },
  ],
});
