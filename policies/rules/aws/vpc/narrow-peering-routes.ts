import { type Property, UNKNOWN } from "../../../kit/property";
import { prefixLength, routeChecks, routeExample, tableExample } from "../../../kit/routes";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const vpcPeeringConnectionId = "pcx-1";

export const narrowPeeringRoutes = rule({
  id: "aws-vpc-narrow-peering-routes",
  title: "Routes to a peered VPC lead to its blocks, not to more",
  severity: "medium",
  rationale:
    "A wide route sends what was meant for elsewhere into another team's VPC, and opens all of that VPC to whatever breaks in here.",
  remediation:
    "Route to the block of the peer, or better of the subnets that are needed, instead of to a block wider than a VPC can have.",
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "6.6" },
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "ISO 27001:2022", control: "A.8.22" },
  ],
  config: {
    shortestPrefix: {
      type: "integer",
      description: "Shortest prefix of an IPv4 destination; 16 is the widest block of a VPC",
      default: 16,
      minimum: 8,
      maximum: 32,
    },
    shortestIpv6Prefix: {
      type: "integer",
      description: "Shortest prefix of an IPv6 destination; 44 is the widest block of a VPC",
      default: 44,
      minimum: 28,
      maximum: 128,
    },
  },
  checks: routeChecks(({ ipv4, ipv6, peering }, { config }) => {
    if (peering.isAbsent || peering.raw() === "") return [];
    return [...narrow(ipv4, config.shortestPrefix as number), ...narrow(ipv6, config.shortestIpv6Prefix as number)];
  }),
  examples: [
    {
      title: "the peer's block",
      verdict: "pass",
      resources: [routeExample({ destinationCidrBlock: "10.8.0.0/16", vpcPeeringConnectionId: UNKNOWN })],
    },
    {
      title: "everything, but not to a peer",
      verdict: "pass",
      resources: [tableExample([{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }])],
    },
    { title: "a table without routes", verdict: "pass", absent: true, resources: [tableExample()] },
    {
      title: "all private addresses, in a table",
      verdict: "fail",
      resources: [tableExample([{ cidrBlock: "10.0.0.0/8", vpcPeeringConnectionId }])],
    },
    {
      title: "everything to a peer",
      verdict: "fail",
      resources: [routeExample({ destinationIpv6CidrBlock: "::/0", vpcPeeringConnectionId })],
    },
    {
      title: "a whole VPC where the configuration wants subnets",
      verdict: "fail",
      config: { shortestPrefix: 20 },
      resources: [routeExample({ destinationCidrBlock: "10.8.0.0/16", vpcPeeringConnectionId })],
    },
    {
      title: "destination known only later",
      verdict: "undecided",
      resources: [routeExample({ destinationCidrBlock: UNKNOWN, vpcPeeringConnectionId })],
    },
  ],
});

function narrow(block: Property<string>, shortest: number): Finding[] {
  const length = prefixLength(block);
  if (length === UNKNOWN) return [undecided(block)];
  return length !== undefined && length < shortest
    ? [fail(block, `has a prefix of ${length} and must have at least ${shortest}`)]
    : [];
}
