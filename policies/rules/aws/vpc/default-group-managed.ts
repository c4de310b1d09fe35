import { companionFindings } from "../../../kit/companions";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex } from "../../../kit/stack-index";

const vpcType = "aws:ec2/vpc:Vpc";
const defaultGroupType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const ruleTypes = [
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
] as const;
const isDefault = "is a default group";
const mayBeDefault = "may be the default group of the VPC that it comes from";
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
const ingress = (from: string, securityGroupId: Plain = UNKNOWN): ExampleResource => ({
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  name: "https",
  properties: { securityGroupId, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.20.0.0/16" },
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
    {
      title: "a rule added to it by the VPC's output",
      verdict: "fail",
      resources: [
        { ...vpc, properties: { ...vpc.properties, defaultSecurityGroupId: "sg-1" } },
        closed(),
        ingress("network", "sg-1"),
      ],
    },
    {
      title: "a rule added to a group that comes from the VPC, known only later",
      verdict: "undecided",
      resources: [vpc, closed(), ingress("network")],
    },
    { title: "VPC of the default group known only later", verdict: "undecided", resources: [vpc, closed(UNKNOWN, {})] },
  ],
});

function addedRules(index: StackIndex): StackFinding[] {
  return index.ofType(...ruleTypes).flatMap((resource) => {
    const place = resource.properties.get("securityGroupId");
    const owners = (resource.sources.securityGroupId ?? []).map((urn) => index.find(urn));
    if (owners.some((owner) => owner?.type === defaultGroupType)) return [{ ...fail(place, isDefault), resource }];
    const vpcs = owners.filter((owner) => owner?.type === vpcType || owner?.type === "aws:ec2/defaultVpc:DefaultVpc");
    // A VPC has no other group among its outputs, but what was looked up by its id comes from it as well.
    const groups = vpcs.map((owner) => owner?.properties.entry("defaultSecurityGroupId").text());
    if (vpcs.length === 0 || place.isAbsent) return [];
    if (place.isUnknown || groups.includes(UNKNOWN)) return [{ ...undecided(place, mayBeDefault), resource }];
    return groups.includes(place.text()) ? [{ ...fail(place, isDefault), resource }] : [];
  });
}
