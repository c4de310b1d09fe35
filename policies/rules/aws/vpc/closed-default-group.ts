import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const group = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    name: "default",
    properties: { vpcId: "vpc-1", ...properties },
  },
];

export const closedDefaultGroup = rule({
  id: "aws-vpc-closed-default-group",
  title: "The default security group of a VPC lets nothing in or out",
  severity: "high",
  rationale:
    "Whatever is started without naming a group lands in the default one, and would reach everything else that did.",
  remediation: "Give the DefaultSecurityGroup of the VPC neither ingress nor egress.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.2" },
    { framework: "CIS AWS Foundations 7.0.0", control: "6.5" },
    { framework: "NIST 800-53r5", control: "SC-7(5)" },
  ],
  checks: {
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ({ properties }) =>
      [properties.get("ingress"), properties.get("egress")].flatMap((list) => {
        const { items, complete } = list.items();
        if (!complete) return [undecided(list)];
        return items.length === 0 ? [] : [fail(list, "holds rules")];
      }),
  },
  examples: [
    { title: "closed", verdict: "pass", resources: group({ ingress: [], egress: [] }) },
    {
      title: "nothing is given, which takes all rules away",
      verdict: "pass",
      absent: true,
      resources: group({}),
    },
    {
      title: "open to itself",
      verdict: "fail",
      resources: group({ ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }] }),
    },
    { title: "egress known only later", verdict: "undecided", resources: group({ egress: UNKNOWN }) },
  ],
});
