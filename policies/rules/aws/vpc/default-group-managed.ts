import { companionFindings } from "../../../kit/companions";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, type StackFinding } from "../../../kit/rule";
import type { StackIndex } from "../../../kit/stack-index";

const vpcType = "aws:ec2/vpc:Vpc";
const defaultGroupType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const ruleTypes = [
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
] as const;
const vpc: ExampleResource = { type: vpcType, name: "network", properties: { cidrBlock: "10.20.0.0/16" } };
const closed = (
  vpcId: Plain = UNKNOWN,
  dependencies: Record<string, string[]> = { vpcId: ["network"] },
): ExampleResource => ({
  type: defaultGroupType,
  name: "closed",
  properties: { vpcId, ingress: [], egress: [] },
  dependencies,
});
const ingress = (from: string): ExampleResource => ({
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  name: "https",
  properties: { securityGroupId: UNKNOWN, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.20.0.0/16" },
  dependencies: { securityGroupId: [from] },
});
const group: ExampleResource = {
  type: "aws:ec2/securityGroup:SecurityGroup",
  name: "nodes",
  properties: { vpcId: "vpc-1" },
};

export const defaultGroupManaged = rule({
  id: "aws-vpc-default-group-managed",
  title: "The default security group of every VPC is taken over, and no rule is added to it from elsewhere",
  severity: "medium",
  rationale:
    "AWS makes the group with rules that let its members reach each other and everything outside; left alone, it stays that way.",
  remediation:
    "Add a DefaultSecurityGroup for the Vpc without ingress and egress, and give rules to groups of your own.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.2" },
    { framework: "CIS AWS Foundations 7.0.0", control: "6.5" },
    { framework: "NIST 800-53r5", control: "SC-7(5)" },
  ],
  levels: { baseline: "advisory" },
  checks: {},
  observes: [vpcType, defaultGroupType, ...ruleTypes],
  stack: (index) => [
    ...index.ofType(vpcType).flatMap((owner) =>
      companionFindings(index, owner, {
        types: [defaultGroupType],
        property: "vpcId",
        identifiers: ["id"],
        missing: "the VPC has no DefaultSecurityGroup, so its default group keeps the rules that AWS gives it",
      }),
    ),
    ...addedRules(index),
  ],
  examples: [
    { title: "taken over and closed", verdict: "pass", resources: [vpc, closed(), group, ingress("nodes")] },
    { title: "left as AWS makes it", verdict: "fail", absent: true, resources: [vpc] },
    { title: "a rule added to it by its own resource", verdict: "fail", resources: [vpc, closed(), ingress("closed")] },
    { title: "a rule added by the VPC's output", verdict: "fail", resources: [vpc, closed(), ingress("network")] },
    { title: "VPC of the default group known only later", verdict: "undecided", resources: [vpc, closed(UNKNOWN, {})] },
  ],
});

/** A VPC has no other group among its outputs, so what comes from one is its default group. */
const givers: ReadonlySet<string | undefined> = new Set([vpcType, defaultGroupType, "aws:ec2/defaultVpc:DefaultVpc"]);

function addedRules(index: StackIndex): StackFinding[] {
  return index.ofType(...ruleTypes).flatMap((resource) => {
    const sources = resource.sources.securityGroupId ?? [];
    return sources.some((urn) => givers.has(index.find(urn)?.type))
      ? [{ ...fail("securityGroupId", "is a default group"), resource }]
      : [];
  });
}
