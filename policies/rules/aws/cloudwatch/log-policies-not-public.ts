import { type Plain, UNKNOWN } from "../../../kit/property";
import { publicAccessFindings } from "../../../kit/public-access";
import { type ExampleResource, rule } from "../../../kit/rule";

const resourceType = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";
const destinationType = "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy";
const put = { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" };
const policy = (...Statement: Plain[]): ExampleResource[] => [
  { type: resourceType, name: "dns", properties: { policyName: "dns", policyDocument: { Statement } } },
];
const destination = (Principal: Plain): ExampleResource[] => [
  {
    type: destinationType,
    name: "central",
    properties: {
      destinationName: "central",
      accessPolicy: JSON.stringify({
        Statement: { Effect: "Allow", Action: "logs:PutSubscriptionFilter", Resource: "*", Principal },
      }),
    },
  },
];

export const cloudwatchLogPoliciesNotPublic = rule({
  id: "aws-cloudwatch-log-policies-not-public",
  title: "No policy of log groups or of destinations of logs lets everyone in",
  severity: "high",
  rationale:
    "Strangers who may write logs forge or flood the evidence, and those who may read them learn people, prompts and paths.",
  remediation:
    "Name services, accounts or roles in Principal, or hold the statement by aws:PrincipalOrgID or aws:SourceAccount.",
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "2.21" },
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "AU-9" },
    { framework: "ISO 27001:2022", control: "A.8.3" },
  ],
  checks: {
    [resourceType]: ({ properties }) => publicAccessFindings(properties.get("policyDocument")),
    [destinationType]: ({ properties }) => publicAccessFindings(properties.get("accessPolicy")),
  },
  examples: [
    {
      title: "a service",
      verdict: "pass",
      resources: policy({ ...put, Principal: { Service: "route53.amazonaws.com" } }),
    },
    { title: "an account", verdict: "pass", resources: destination({ AWS: "111122223333" }) },
    {
      title: "everyone of the organisation",
      verdict: "pass",
      resources: policy({
        ...put,
        Principal: "*",
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } },
      }),
    },
    {
      title: "everyone, without a condition",
      verdict: "fail",
      absent: true,
      resources: policy({ ...put, Principal: { AWS: "*" } }),
    },
    { title: "everyone, into a destination", verdict: "fail", resources: destination("*") },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [{ type: resourceType, name: "dns", properties: { policyDocument: UNKNOWN } }],
    },
  ],
});
