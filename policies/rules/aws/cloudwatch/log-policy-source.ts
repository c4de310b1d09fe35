import { type PrincipalMatch, serviceOfPrincipal } from "gabion-knowledge";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { policyAt, statementPath } from "../../../kit/public-access";
import { type ExampleResource, rule } from "../../../kit/rule";
import { isHeldToSource } from "../../../kit/service-sources";
import { allows, every, findingOf, isFor, not } from "../../../kit/statements";

const type = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";
const put = { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" };
const policy = (service: string, more: Readonly<Record<string, Plain>> = {}): ExampleResource[] => [
  {
    type,
    name: "dns",
    properties: {
      policyName: "dns",
      policyDocument: { Statement: [{ ...put, Principal: { Service: service }, ...more }] },
    },
  },
];
const source = (value: Plain, operator = "StringEquals"): Readonly<Record<string, Plain>> => ({
  Condition: { [operator]: { "aws:SourceAccount": value } },
});

export const cloudwatchLogPolicySource = rule({
  id: "aws-cloudwatch-log-policy-source",
  title: "Policies of log groups hold services to the account or the resource that they act for",
  severity: "low",
  rationale:
    "Otherwise somebody in another account can have the same service write into your log group: the confused deputy.",
  remediation:
    "Condition the statement on StringEquals of aws:SourceAccount, or on ArnLike of aws:SourceArn; the services are those in `services`.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "AU-9" },
    { framework: "ISO 27001:2022", control: "A.8.3" },
  ],
  levels: { baseline: "advisory" },
  config: {
    services: {
      type: "array",
      description: "Services that name their source to CloudWatch Logs and so are held, without .amazonaws.com",
      items: { type: "string" },
      // Their own guides ask for the condition; EventBridge and others do not, and a condition would stop them.
      default: ["delivery.logs", "es", "route53"],
    },
  },
  checks: {
    [type]: ({ properties }, { config }) => {
      const place = properties.get("policyDocument");
      if (place.isAbsent) return [];
      const read = policyAt(place);
      if (read.findings !== undefined) return read.findings;
      const isHeld = ({ type: kind, value }: PrincipalMatch) =>
        kind.toLowerCase() === "service" && (config.services as string[]).includes(serviceOfPrincipal(value) ?? "");
      return read.policy.statements.flatMap((statement) =>
        findingOf(
          statementPath(place, statement),
          every(allows(statement), isFor(statement, isHeld), not(isHeldToSource(statement))),
          "lets a service write for any account",
        ),
      );
    },
  },
  examples: [
    {
      title: "held to the account",
      verdict: "pass",
      resources: policy("route53.amazonaws.com", source("111122223333")),
    },
    { title: "EventBridge, which names no source here", verdict: "pass", resources: policy("events.amazonaws.com") },
    {
      title: "no condition",
      verdict: "fail",
      absent: true,
      resources: policy("delivery.logs.amazonaws.com"),
    },
    {
      title: "a condition that any account meets",
      verdict: "fail",
      resources: policy("es.amazonaws.com", source("*", "StringLike")),
    },
    {
      title: "the account known only later",
      verdict: "undecided",
      resources: policy("route53.amazonaws.com", source(UNKNOWN)),
    },
  ],
});
