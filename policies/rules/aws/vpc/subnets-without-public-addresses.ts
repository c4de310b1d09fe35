import { requireFalse } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const subnetType = "aws:ec2/subnet:Subnet";
const defaultType = "aws:ec2/defaultSubnet:DefaultSubnet";
const otherwise = "gives public addresses to what starts in the subnet";
const subnet = (more: Record<string, Plain> = {}): ExampleResource => ({
  type: subnetType,
  name: "workload",
  properties: { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24", ...more },
});
const defaultSubnet = (more: Record<string, Plain> = {}): ExampleResource => ({
  type: defaultType,
  name: "default",
  properties: { availabilityZone: "eu-central-1a", ...more },
});
const remedy = () => ({ mapPublicIpOnLaunch: false });

export const subnetsWithoutPublicAddresses = rule({
  id: "aws-vpc-subnets-without-public-addresses",
  title: "No subnet gives out public IPv4 addresses by itself",
  severity: "medium",
  rationale:
    "Where a subnet hands out public addresses, every machine that is started in it without a thought stands in the internet.",
  remediation:
    "Leave mapPublicIpOnLaunch out of a Subnet or set it to false; in a DefaultSubnet it must be false, because there it is true otherwise.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.15" },
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "ISO 27001:2022", control: "A.8.22" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [subnetType]: ({ properties }) => requireFalse(properties.get("mapPublicIpOnLaunch"), otherwise),
    [defaultType]: ({ properties }) =>
      requireFalse(
        properties.get("mapPublicIpOnLaunch"),
        otherwise,
        "is not set, and a default subnet then gives out public addresses",
      ),
  },
  remedies: { [subnetType]: remedy, [defaultType]: remedy },
  examples: [
    { title: "a subnet that says nothing", verdict: "pass", resources: [subnet()] },
    {
      title: "a default subnet that is told not to",
      verdict: "pass",
      resources: [defaultSubnet({ mapPublicIpOnLaunch: false })],
    },
    { title: "a default subnet that says nothing", verdict: "fail", absent: true, resources: [defaultSubnet()] },
    { title: "public addresses", verdict: "fail", resources: [subnet({ mapPublicIpOnLaunch: true })] },
    { title: "known only later", verdict: "undecided", resources: [subnet({ mapPublicIpOnLaunch: UNKNOWN })] },
  ],
});
