import { publicAccessFindings } from "../../../kit/public-access";
import { publicPolicyExamples } from "../../../kit/resource-policy-examples";
import { rule } from "../../../kit/rule";

export const sqsNoPublicPolicy = rule({
  id: "aws-sqs-no-public-policy",
  title: "No queue's policy lets everyone in",
  severity: "high",
  rationale: "Strangers could take jobs away, or send ones that pipelines take for their own.",
  remediation: "Name principals in the policy, or hold the statement by aws:SourceAccount or aws:PrincipalOrgID.",
  mappings: [{ framework: "NIST 800-53r5", control: "AC-3" }],
  checks: {
    "aws:sqs/queue:Queue": ({ properties }) => publicAccessFindings(properties.get("policy")),
    "aws:sqs/queuePolicy:QueuePolicy": ({ properties }) => publicAccessFindings(properties.get("policy")),
  },
  examples: publicPolicyExamples(
    "sqs:SendMessage",
    (policy) => ({ type: "aws:sqs/queue:Queue", name: "jobs", properties: { policy } }),
    { type: "aws:sqs/queue:Queue", name: "jobs", properties: {} },
    (policy) => ({ type: "aws:sqs/queuePolicy:QueuePolicy", name: "jobs", properties: { queueUrl: "queue", policy } }),
  ),
});
