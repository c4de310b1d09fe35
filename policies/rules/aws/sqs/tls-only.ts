import { companionFindings } from "../../../kit/companions";
import { UNKNOWN } from "../../../kit/property";
import { tlsExamples } from "../../../kit/resource-policy-examples";
import { rule } from "../../../kit/rule";
import { requireTlsFor } from "../../../kit/tls-policy";

const queueType = "aws:sqs/queue:Queue";
const policyType = "aws:sqs/queuePolicy:QueuePolicy";
const action = "sqs:SendMessage";

export const sqsTlsOnly = rule({
  id: "aws-sqs-tls-only",
  title: "Queues refuse messages that come without TLS",
  severity: "medium",
  rationale: "SQS answers plain HTTP too; a message sent so can be read and changed on its way.",
  remediation: `Add a Deny of ${action} for everyone with Bool aws:SecureTransport "false" to the queue's policy.`,
  mappings: [{ framework: "NIST 800-53r5", control: "SC-8" }],
  levels: { baseline: "advisory" },
  checks: {
    [queueType]: ({ properties }) => {
      const policy = properties.get("policy");
      return policy.isAbsent ? [] : requireTlsFor(policy, action);
    },
    [policyType]: ({ properties }) => requireTlsFor(properties.get("policy"), action),
  },
  stack: (index) =>
    index
      .ofType(queueType)
      .filter((queue) => queue.inputs?.get("policy").isAbsent !== false)
      .flatMap((queue) =>
        companionFindings(index, queue, {
          types: [policyType],
          property: "queueUrl",
          identifiers: ["url", "id"],
          missing: "the queue has no policy that could refuse what comes without TLS",
        }),
      ),
  examples: tlsExamples(
    action,
    (policy) => ({ type: queueType, name: "jobs", properties: { policy } }),
    { type: queueType, name: "jobs", properties: {} },
    (policy) => ({
      type: policyType,
      name: "jobs",
      properties: { queueUrl: UNKNOWN, policy },
      dependencies: { queueUrl: ["jobs"] },
    }),
  ),
});
