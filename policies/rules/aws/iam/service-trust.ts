import { type PrincipalMatch, SERVICES_NAMING_THEIR_SOURCE, serviceOfPrincipal } from "gabion-knowledge";
import { trustExample } from "../../../kit/iam-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { isHeldToSource } from "../../../kit/service-sources";
import { allows, every, findingOf, isFor, not } from "../../../kit/statements";
import { trustCheck } from "../../../kit/trust";

const service = (name: string, more: Record<string, Plain> = {}) =>
  trustExample({ Effect: "Allow", Principal: { Service: name }, Action: "sts:AssumeRole", ...more });
const account = { StringEquals: { "aws:SourceAccount": "111122223333" } };

export const serviceTrust = rule({
  id: "aws-iam-service-trust",
  title: "Roles for services that name whom they act for are held to an account or a resource",
  severity: "medium",
  rationale:
    "Without it somebody in another account who learns the role's ARN can have the service use it for them: the confused deputy.",
  remediation:
    "Condition the trust on StringEquals of aws:SourceAccount, or on ArnLike of aws:SourceArn; the services are those in `services`.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "ISO 27001:2022", control: "A.8.3" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-05" },
  ],
  levels: { baseline: "advisory" },
  config: {
    services: {
      type: "array",
      description: "Services whose roles are held, without .amazonaws.com",
      items: { type: "string" },
      default: SERVICES_NAMING_THEIR_SOURCE.map(({ principal }) => principal),
    },
  },
  checks: {
    "aws:iam/role:Role": trustCheck((statement, where, { services }) => {
      const isHeld = ({ type, value }: PrincipalMatch) =>
        type.toLowerCase() === "service" && (services as string[]).includes(serviceOfPrincipal(value) ?? "");
      const violated = every(allows(statement), isFor(statement, isHeld), not(isHeldToSource(statement)));
      return findingOf(where, violated, "lets a service take the role for any account");
    }),
  },
  examples: [
    {
      title: "held to the account",
      verdict: "pass",
      resources: service("states.amazonaws.com", { Condition: account }),
    },
    {
      title: "held to resources of the account",
      verdict: "pass",
      resources: service("scheduler.amazonaws.com", {
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:scheduler:*:111122223333:schedule/default/*" } },
      }),
    },
    { title: "EC2, which names no source", verdict: "pass", resources: service("ec2.amazonaws.com") },
    {
      title: "no condition",
      verdict: "fail",
      absent: true,
      resources: service("states.amazonaws.com"),
    },
    {
      title: "a service by its name in a Region",
      verdict: "fail",
      resources: service("logs.eu-central-1.amazonaws.com"),
    },
    {
      title: "resources of any account",
      verdict: "fail",
      resources: service("states.amazonaws.com", {
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:states:*:*:stateMachine:*" } },
      }),
    },
    {
      title: "a condition that holds also when the service names nobody",
      verdict: "fail",
      resources: service("states.amazonaws.com", {
        Condition: { StringEqualsIfExists: { "aws:SourceAccount": "111122223333" } },
      }),
    },
    {
      title: "the account known only later",
      verdict: "undecided",
      resources: service("states.amazonaws.com", { Condition: { StringEquals: { "aws:SourceAccount": UNKNOWN } } }),
    },
  ],
});
