import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, type ResourceView, rule, undecided } from "../../../kit/rule";
import { groupExample, ruleExample, trafficChecks } from "../../../kit/traffic";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const checks = trafficChecks(({ description }) => described(description));
const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/8" };
const inline = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] };
const description = "HTTPS from nodes to endpoints";

export const describedRules = rule({
  id: "aws-vpc-described-rules",
  title: "Security groups and their rules say what they are for",
  severity: "low",
  rationale:
    "A rule that nobody can explain is a rule that nobody dares to remove, and so openings outlive what they were made for.",
  remediation:
    "Set description on the SecurityGroup and on each of its rules; AWS does not let a group's be changed without replacing it.",
  mappings: [{ framework: "NIST 800-53r5", control: "SC-7(4)" }],
  levels: { baseline: "advisory", regulated: "advisory" },
  checks: {
    ...checks,
    [groupType]: (resource: ResourceView<typeof groupType>, context) => [
      ...described(resource.properties.get("description")),
      ...checks[groupType](resource, context),
    ],
  },
  examples: [
    {
      title: "group and rule",
      verdict: "pass",
      resources: [groupExample({ description, ingress: [{ ...inline, description }] })],
    },
    {
      title: "stand-alone rules",
      verdict: "pass",
      resources: [ruleExample("ingress", { ...https, description }), ruleExample("egress", { ...https, description })],
    },
    { title: "a rule without one", verdict: "fail", absent: true, resources: [ruleExample("egress", https)] },
    {
      title: "a rule inside a group without one",
      verdict: "fail",
      resources: [groupExample({ description, egress: [inline] })],
    },
    {
      title: "the text that is there when nobody gave one",
      verdict: "fail",
      resources: [groupExample({ description: "Managed by Pulumi" })],
    },
    {
      title: "description known only later",
      verdict: "undecided",
      resources: [
        ruleExample("legacy", { type: "ingress", protocol: "-1", fromPort: 0, toPort: 0, description: UNKNOWN }),
      ],
    },
  ],
});

function described(description: Property<unknown>): Finding[] {
  const text = description.text();
  if (text === UNKNOWN) return [undecided(description)];
  if (text === undefined || text.trim() === "") return [fail(description, "is not set")];
  return text === "Managed by Pulumi" ? [fail(description, "is the text that says nothing")] : [];
}
