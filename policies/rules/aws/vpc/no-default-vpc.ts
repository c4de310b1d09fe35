import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const placed = [groupType, "aws:ec2/subnet:Subnet", "aws:ec2/vpcEndpoint:VpcEndpoint"] as const;
const defaultVpc: ExampleResource = { type: "aws:ec2/defaultVpc:DefaultVpc", name: "default", properties: {} };
const defaultSubnet: ExampleResource = {
  type: "aws:ec2/defaultSubnet:DefaultSubnet",
  name: "default",
  properties: { availabilityZone: "eu-central-1a", mapPublicIpOnLaunch: false },
};
const group = (vpcId?: Plain, dependencies: Record<string, string[]> = {}): ExampleResource => ({
  type: groupType,
  name: "nodes",
  properties: { description: "Nodes", ...(vpcId === undefined ? {} : { vpcId }) },
  dependencies,
});
const instance: ExampleResource = {
  type: "aws:ec2/instance:Instance",
  name: "tool",
  properties: { ami: "ami-1", instanceType: "m7i.large", subnetId: UNKNOWN },
  dependencies: { subnetId: ["default"] },
};

export const noDefaultVpc = rule({
  id: "aws-vpc-no-default-vpc",
  title: "Nothing is placed in the default VPC",
  severity: "medium",
  rationale:
    "All subnets of the default VPC are public, and everyone's experiments share it: nothing there is closed by design.",
  remediation:
    "Make a Vpc and name it in vpcId and its subnets in subnetId; a DefaultVpc may be adopted to close it, with nothing in it.",
  mappings: [{ framework: "NIST 800-53r5", control: "SC-7" }],
  levels: { baseline: "advisory" },
  checks: {
    [groupType]: ({ properties }) => {
      const vpc = properties.get("vpcId");
      return vpc.isAbsent || vpc.raw() === "" ? [fail(vpc, "is not set, so the group is made in the default VPC")] : [];
    },
  },
  observes: ["aws:ec2/instance:Instance", ...placed],
  stack: (index) => [
    ...index
      .ofType("aws:ec2/defaultVpc:DefaultVpc")
      .flatMap((vpc) => findings(index.linksTo(vpc, placed, "vpcId", ["id"]), "vpcId")),
    ...inDefaultSubnets(index),
  ],
  examples: [
    { title: "a VPC of one's own", verdict: "pass", resources: [group("vpc-1")] },
    { title: "a default VPC that is adopted and left empty", verdict: "pass", resources: [defaultVpc, group("vpc-1")] },
    { title: "a group that names no VPC", verdict: "fail", absent: true, resources: [group()] },
    {
      title: "a group in the default VPC",
      verdict: "fail",
      resources: [defaultVpc, group(UNKNOWN, { vpcId: ["default"] })],
    },
    { title: "an instance in a default subnet", verdict: "fail", resources: [defaultSubnet, instance] },
    {
      title: "VPC known only later, beside an adopted default one",
      verdict: "undecided",
      resources: [defaultVpc, group(UNKNOWN)],
    },
  ],
});

function inDefaultSubnets(index: StackIndex): StackFinding[] {
  return index
    .ofType("aws:ec2/defaultSubnet:DefaultSubnet")
    .flatMap((subnet: StackResource) =>
      findings(index.linksTo(subnet, ["aws:ec2/instance:Instance"], "subnetId", ["id"]), "subnetId"),
    );
}

function findings(
  links: readonly { resource: StackResource; certainty: "sure" | "maybe" }[],
  property: string,
): StackFinding[] {
  return links.map(({ resource, certainty }) => ({
    ...(certainty === "sure"
      ? fail(property, "leads to the default VPC")
      : undecided(property, "may lead to the default VPC; it is known only after deployment")),
    resource,
  }));
}
