import { contains, overlaps, parseCidr } from "gabion-knowledge";
import { forcesNew, sources, type Context, type TypeEntry } from "../entry";
import { text } from "../templates";

const vpcType = "aws:ec2/vpc:Vpc";
const subnetType = "aws:ec2/subnet:Subnet";

/** A VPC comes with a security group, a network ACL and a route table of its own; they go with it. */
const vpc: TypeEntry = {
  type: vpcType,
  label: "EC2 VPC",
  api: "EC2",
  operations: { update: "ModifyVpcAttribute" },
  cloudFormation: "AWS::EC2::VPC",
  id: (context) => context.ids.ec2("vpc"),
  arn: "arn:{partition}:ec2:{region}:{account}:vpc/{id}",
  defaults: { enableDnsSupport: true, instanceTenancy: "default" },
  computed: {
    defaultNetworkAclId: (context) => context.ids.ec2("acl"),
    defaultRouteTableId: (context) => context.ids.ec2("rtb"),
    defaultSecurityGroupId: (context) => context.ids.ec2("sg"),
    dhcpOptionsId: (context) => `dopt-0${context.account.padStart(16, "0")}`,
    enableDnsHostnames: () => false,
    enableNetworkAddressUsageMetrics: () => false,
    ipv6AssociationId: () => "",
    ipv6CidrBlock: () => "",
    ipv6CidrBlockNetworkBorderGroup: () => "",
    mainRouteTableId: (context) => context.ids.ec2("rtb"),
    ownerId: "{account}",
  },
  replaces: forcesNew("cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"),
  quotas: [
    {
      limit: 5,
      per: ({ region }) => region,
      refusal: { code: "VpcLimitExceeded", message: "The maximum number of VPCs has been reached." },
    },
  ],
  deletionRefused: { code: "DependencyViolation", message: "The vpc '{id}' has dependencies and cannot be deleted." },
  deletionRetrySeconds: 300,
  seconds: { create: 12, update: 3, delete: 2, source: sources.seen },
  rules(context) {
    const cidr = text(context.inputs.cidrBlock);
    if (cidr === undefined) return;
    const block = parseCidr(cidr);
    if (block === undefined || block.prefixLength < 16 || block.prefixLength > 28) {
      context.refuse({ code: "InvalidVpc.Range", message: `The CIDR '${cidr}' is invalid.` });
    }
  },
  onCreate: (context, made) => ({
    companions: [
      {
        type: "aws:ec2/securityGroup:SecurityGroup",
        id: String(made.outputs.defaultSecurityGroupId),
        outputs: { name: "default", vpcId: made.id, description: "default VPC security group", ownerId: context.account },
      },
      {
        type: "aws:ec2/networkAcl:NetworkAcl",
        id: String(made.outputs.defaultNetworkAclId),
        outputs: { vpcId: made.id, ownerId: context.account },
      },
      {
        type: "aws:ec2/routeTable:RouteTable",
        id: String(made.outputs.defaultRouteTableId),
        outputs: { vpcId: made.id, ownerId: context.account },
      },
    ],
  }),
};

function subnetRules(context: Context): void {
  const cidr = text(context.inputs.cidrBlock);
  const vpcCidr = text(context.target("vpcId")?.outputs.cidrBlock);
  if (cidr === undefined || context.old !== undefined) return;
  const block = parseCidr(cidr);
  const range = vpcCidr === undefined ? undefined : parseCidr(vpcCidr);
  if (block === undefined || block.prefixLength < 16 || block.prefixLength > 28) {
    context.refuse({ code: "InvalidSubnet.Range", message: `The CIDR '${cidr}' is invalid.` });
  }
  if (range !== undefined && !contains(range, block)) {
    context.refuse({ code: "InvalidSubnet.Range", message: `The CIDR '${cidr}' is invalid: it is not within the VPC's ${vpcCidr}.` });
  }
  for (const other of context.world.resources(subnetType, context.region)) {
    const taken = parseCidr(text(other.outputs.cidrBlock) ?? "");
    if (other.outputs.vpcId === context.inputs.vpcId && taken !== undefined && overlaps(taken, block)) {
      context.refuse({
        code: "InvalidSubnet.Conflict",
        message: `The CIDR '${cidr}' conflicts with another subnet (${other.urn ?? other.id}, ${String(other.outputs.cidrBlock)})`,
      });
    }
  }
}

const subnet: TypeEntry = {
  type: subnetType,
  label: "EC2 Subnet",
  api: "EC2",
  operations: { update: "ModifySubnetAttribute" },
  cloudFormation: "AWS::EC2::Subnet",
  id: (context) => context.ids.ec2("subnet"),
  arn: "arn:{partition}:ec2:{region}:{account}:subnet/{id}",
  defaults: {
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
    enableResourceNameDnsARecordOnLaunch: false,
    ipv6Native: false,
    mapPublicIpOnLaunch: false,
  },
  computed: {
    availabilityZone: (context) => `${context.region}a`,
    availabilityZoneId: (context) => zoneId(text(context.inputs.availabilityZone) ?? `${context.region}a`),
    enableLniAtDeviceIndex: () => 0,
    ipv6CidrBlockAssociationId: () => "",
    ownerId: "{account}",
    privateDnsHostnameTypeOnLaunch: () => "ip-name",
  },
  replaces: forcesNew("availabilityZone", "availabilityZoneId", "cidrBlock", "ipv6Native", "outpostArn", "vpcId"),
  references: [
    {
      path: "vpcId",
      to: [vpcType],
      missing: { code: "InvalidVpcID.NotFound", message: "The vpc ID '{value}' does not exist" },
      holds: true,
    },
  ],
  deletionRefused: { code: "DependencyViolation", message: "The subnet '{id}' has dependencies and cannot be deleted." },
  deletionRetrySeconds: 1200,
  seconds: { create: 2, update: 2, delete: 1, source: sources.seen },
  rules: subnetRules,
};

/** The zone id that this account has for a zone name. AWS shuffles them; here the letters are counted. */
export function zoneId(zone: string): string {
  const match = /^([a-z]+)-([a-z]+(?:-[a-z]+)?)-(\d+)([a-z])$/.exec(zone);
  if (match === null) return zone;
  const short: Record<string, string> = { north: "n", south: "s", east: "e", west: "w", central: "c" };
  const [, area = "", direction = "", number = "", letter = "a"] = match;
  const code = direction.replace(/north|south|east|west|central|-/g, (word) => short[word] ?? "");
  return `${area}${code}${number}-az${letter.charCodeAt(0) - 96}`;
}

export const entries: TypeEntry[] = [vpc, subnet];
