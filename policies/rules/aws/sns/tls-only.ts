import { companionFindings } from "../../../kit/companions";
import { UNKNOWN } from "../../../kit/property";
import { tlsExamples } from "../../../kit/resource-policy-examples";
import { rule } from "../../../kit/rule";
import { requireTlsFor } from "../../../kit/tls-policy";

const topicType = "aws:sns/topic:Topic";
const policyType = "aws:sns/topicPolicy:TopicPolicy";
const action = "sns:Publish";

export const snsTlsOnly = rule({
  id: "aws-sns-tls-only",
  title: "Topics refuse messages that come without TLS",
  severity: "medium",
  rationale: "SNS answers plain HTTP too; a message sent so can be read and changed on its way.",
  remediation: `Add a Deny of ${action} for everyone with Bool aws:SecureTransport "false" to the topic's policy.`,
  mappings: [{ framework: "NIST 800-53r5", control: "SC-8" }],
  levels: { baseline: "advisory" },
  checks: {
    [topicType]: ({ properties }) => {
      const policy = properties.get("policy");
      return policy.isAbsent ? [] : requireTlsFor(policy, action);
    },
    [policyType]: ({ properties }) => requireTlsFor(properties.get("policy"), action),
  },
  stack: (index) =>
    index
      .ofType(topicType)
      .filter((topic) => topic.inputs?.get("policy").isAbsent !== false)
      .flatMap((topic) =>
        companionFindings(index, topic, {
          types: [policyType],
          property: "arn",
          identifiers: ["arn", "id"],
          missing: "the topic has no policy that could refuse what comes without TLS",
        }),
      ),
  examples: tlsExamples(
    action,
    (policy) => ({ type: topicType, name: "alarms", properties: { policy } }),
    { type: topicType, name: "alarms", properties: {} },
    (policy) => ({
      type: policyType,
      name: "alarms",
      properties: { arn: UNKNOWN, policy },
      dependencies: { arn: ["alarms"] },
    }),
  ),
});
