import { type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const type = "aws:sqs/queue:Queue";
const queue = (properties: ExampleResource["properties"]): ExampleResource => ({ type, name: "jobs", properties });

export const sqsEncryption = rule({
  id: "aws-sqs-encryption",
  title: "No queue switches the encryption of its messages off",
  severity: "medium",
  rationale: "Messages that rest in the clear can be read by whoever gets hold of the service's storage.",
  remediation: "Set kmsMasterKeyId, or leave sqsManagedSseEnabled at true, which is what AWS does by itself.",
  mappings: [
    { framework: "AWS FSBP", control: "SQS.1" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
  ],
  checks: {
    [type]: ({ properties }) => findings(properties.get("sqsManagedSseEnabled"), properties.get("kmsMasterKeyId")),
  },
  remedies: { [type]: () => ({ sqsManagedSseEnabled: true }) },
  examples: [
    { title: "SQS's own key", verdict: "pass", resources: [queue({ sqsManagedSseEnabled: true })] },
    { title: "a key of yours", verdict: "pass", resources: [queue({ kmsMasterKeyId: "alias/jobs" })] },
    {
      title: "nothing said: SQS encrypts with its own key",
      verdict: "pass",
      absent: true,
      resources: [queue({ name: "jobs" })],
    },
    { title: "switched off", verdict: "fail", resources: [queue({ sqsManagedSseEnabled: false })] },
    { title: "known only later", verdict: "undecided", resources: [queue({ sqsManagedSseEnabled: UNKNOWN })] },
  ],
});

function findings(own: Property<unknown>, key: Property<unknown>): Finding[] {
  const enabled = own.flag();
  if (enabled === true || enabled === undefined || key.text() !== undefined) return [];
  return [enabled === UNKNOWN ? undecided(own) : fail(own, "is false, and there is no kmsMasterKeyId")];
}
