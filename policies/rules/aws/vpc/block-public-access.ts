import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const optionsType = "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions";
const exclusionType = "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion";
const options = (internetGatewayBlockMode: Plain): ExampleResource => ({
  type: optionsType,
  name: "block",
  properties: { internetGatewayBlockMode },
});
const exclusion = (
  internetGatewayExclusionMode: Plain,
  place: Record<string, Plain> = { subnetId: "subnet-1" },
): ExampleResource => ({
  type: exclusionType,
  name: "nat",
  properties: { internetGatewayExclusionMode, ...place },
});

export const blockPublicAccess = rule({
  id: "aws-vpc-block-public-access",
  title: "Public access of VPCs is blocked, and what is excluded are single subnets, outbound",
  severity: "medium",
  rationale:
    "The block holds whatever routes and groups are made later; an exclusion of a whole VPC, or inbound, takes it away again.",
  remediation:
    'Set internetGatewayBlockMode to "block-bidirectional" or "block-ingress", and exclude subnets by subnetId with "allow-egress".',
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "ISO 27001:2022", control: "A.8.22" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [optionsType]: ({ properties }) =>
      oneOf(properties.get("internetGatewayBlockMode"), ["block-bidirectional", "block-ingress"], "blocks nothing"),
    [exclusionType]: ({ properties }) => {
      const vpc = properties.get("vpcId");
      const whole =
        vpc.isAbsent || vpc.raw() === ""
          ? []
          : [
              vpc.isUnknown && !properties.get("subnetId").isAbsent
                ? undecided(vpc)
                : fail(vpc, "excludes a whole VPC"),
            ];
      const mode = properties.get("internetGatewayExclusionMode");
      return [...oneOf(mode, ["allow-egress"], "lets the internet in"), ...whole];
    },
  },
  examples: [
    { title: "blocked both ways", verdict: "pass", resources: [options("block-bidirectional")] },
    { title: "a subnet of NAT gateways, outbound", verdict: "pass", resources: [exclusion("allow-egress")] },
    {
      title: "no mode",
      verdict: "fail",
      absent: true,
      resources: [{ type: optionsType, name: "block", properties: {} }],
    },
    { title: "switched off", verdict: "fail", resources: [options("off")] },
    { title: "both ways", verdict: "fail", resources: [exclusion("allow-bidirectional")] },
    { title: "a whole VPC", verdict: "fail", resources: [exclusion("allow-egress", { vpcId: UNKNOWN })] },
    { title: "mode known only later", verdict: "undecided", resources: [exclusion(UNKNOWN)] },
  ],
});

function oneOf(mode: Property<string>, allowed: readonly string[], otherwise: string): Finding[] {
  const text = mode.text();
  if (text === UNKNOWN) return [undecided(mode)];
  return text !== undefined && allowed.includes(text) ? [] : [fail(mode, mode.isAbsent ? "is not set" : otherwise)];
}
