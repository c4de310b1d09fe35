import { customerKeyParts } from "../../../kit/customer-key";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:sqs/queue:Queue";
const queue = (properties: ExampleResource["properties"]): ExampleResource => ({ type, name: "jobs", properties });

export const sqsCustomerKey = rule({
  id: "aws-sqs-customer-key",
  title: "Queues encrypt their messages with a customer key",
  severity: "low",
  rationale:
    "With a key of the service whoever may receive may read; a key of yours is a second door with its own trail.",
  remediation: "Set kmsMasterKeyId to a KMS key of yours whose policy admits the services that send.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
  ],
  levels: { baseline: "disabled" },
  ...customerKeyParts({ type, property: "kmsMasterKeyId", absent: "is not set, so the key is the service's own" }),
  examples: [
    { title: "a key of yours", verdict: "pass", resources: [queue({ kmsMasterKeyId: "alias/jobs" })] },
    { title: "no key", verdict: "fail", absent: true, resources: [queue({ sqsManagedSseEnabled: true })] },
    { title: "AWS's own key", verdict: "fail", resources: [queue({ kmsMasterKeyId: "alias/aws/sqs" })] },
    { title: "key known only later", verdict: "undecided", resources: [queue({ kmsMasterKeyId: UNKNOWN })] },
  ],
});
