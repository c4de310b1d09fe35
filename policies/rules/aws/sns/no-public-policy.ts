import { publicAccessFindings } from "../../../kit/public-access";
import { publicPolicyExamples } from "../../../kit/resource-policy-examples";
import { rule } from "../../../kit/rule";

export const snsNoPublicPolicy = rule({
  id: "aws-sns-no-public-policy",
  title: "No topic's policy lets everyone in",
  severity: "high",
  rationale: "Strangers could read alarms, or publish messages that pipelines take for their own.",
  remediation: "Name principals in the policy, or hold the statement by aws:SourceAccount or aws:PrincipalOrgID.",
  mappings: [
    { framework: "AWS FSBP", control: "SNS.4" },
    { framework: "NIST 800-53r5", control: "AC-3" },
  ],
  checks: {
    "aws:sns/topic:Topic": ({ properties }) => publicAccessFindings(properties.get("policy")),
    "aws:sns/topicPolicy:TopicPolicy": ({ properties }) => publicAccessFindings(properties.get("policy")),
  },
  examples: publicPolicyExamples(
    "sns:Publish",
    (policy) => ({ type: "aws:sns/topic:Topic", name: "alarms", properties: { policy } }),
    { type: "aws:sns/topic:Topic", name: "alarms", properties: {} },
    (policy) => ({ type: "aws:sns/topicPolicy:TopicPolicy", name: "alarms", properties: { arn: "topic", policy } }),
  ),
});
