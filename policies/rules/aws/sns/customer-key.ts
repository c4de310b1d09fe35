import { customerKeyParts } from "../../../kit/customer-key";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:sns/topic:Topic";
const topic = (properties: ExampleResource["properties"]): ExampleResource => ({ type, name: "alarms", properties });

export const snsCustomerKey = rule({
  id: "aws-sns-customer-key",
  title: "Topics encrypt their messages with a customer key",
  severity: "medium",
  rationale: "Without a key messages rest in the clear; with AWS's key no key policy decides who may read them.",
  remediation: "Set kmsMasterKeyId to a KMS key of yours whose policy admits the services that publish.",
  mappings: [
    { framework: "AWS FSBP", control: "SNS.1" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
  ],
  levels: { baseline: "advisory" },
  ...customerKeyParts({
    type,
    property: "kmsMasterKeyId",
    absent: "is not set, so messages are not encrypted at rest",
  }),
  examples: [
    { title: "a key of yours", verdict: "pass", resources: [topic({ kmsMasterKeyId: "alias/alarms" })] },
    {
      title: "a key made in the same program",
      verdict: "pass",
      resources: [
        { type: "aws:kms/key:Key", name: "alarms-key", properties: {} },
        { ...topic({ kmsMasterKeyId: UNKNOWN }), dependencies: { kmsMasterKeyId: ["alarms-key"] } },
      ],
    },
    { title: "no key", verdict: "fail", absent: true, resources: [topic({ displayName: "alarms" })] },
    { title: "AWS's own key", verdict: "fail", resources: [topic({ kmsMasterKeyId: "alias/aws/sns" })] },
    { title: "key known only later", verdict: "undecided", resources: [topic({ kmsMasterKeyId: UNKNOWN })] },
  ],
});
