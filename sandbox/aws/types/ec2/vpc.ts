import { contains, overlaps, parseCidr } from "gabion-knowledge";
import type { WorldResource } from "../../world/model";
import { type Context, sources, type TypeEntry } from "../entry";
import { known, lasts, likely, needs, text } from "../kit";
import { allocatedCidr, checkAllocation, fromPool, lingeringAllocation } from "./ipam";

export const vpcType = "aws:ec2/vpc:Vpc";
export const subnetType = "aws:ec2/subnet:Subnet";

/** A VPC as the target of `vpcId`; everything inside keeps it from being deleted. */
export const inVpc = needs(
  "vpcId",
  vpcType,
  { code: "InvalidVpcID.NotFound", message: "The vpc ID '{value}' does not exist" },
  { holds: true },
);

/** A VPC comes with a security group, a network ACL and a route table of its own; they go with it. */
const vpc: TypeEntry = {
  type: vpcType,
  label: "EC2 VPC",
  api: "EC2",
  operations: { update: "ModifyVpcAttribute" },
  provider: "aws_vpc",
  cloudFormation: "AWS::EC2::VPC",
  id: (context) => context.ids.ec2("vpc"),
  arn: "arn:{partition}:ec2:{region}:{account}:vpc/{id}",
  computed: {
    cidrBlock: allocatedCidr,
    defaultNetworkAclId: (context) => context.ids.ec2("acl"),
    defaultRouteTableId: (context) => context.ids.ec2("rtb"),
    defaultSecurityGroupId: (context) => context.ids.ec2("sg"),
    dhcpOptionsId: (context) => `dopt-0${context.account.padStart(16, "0")}`,
    mainRouteTableId: (context) => context.ids.ec2("rtb"),
    ownerId: "{account}",
  },
  references: [fromPool],
  quotas: [
    {
      limit: 5,
      per: ({ region }) => region,
      refusal: { code: "VpcLimitExceeded", message: "The maximum number of VPCs has been reached." },
    },
  ],
  deletionRefused: { code: "DependencyViolation", message: "The vpc '{id}' has dependencies and cannot be deleted." },
  deletionRetrySeconds: 300,
  replaces: [
    { property: "cidrBlock", source: sources.code, sure: "certain" },
    {
      property: "instanceTenancy",
      source: sources.code,
      sure: "certain",
      when: (before, after) => before !== "dedicated" || after !== "default",
    },
  ],
  seconds: lasts(12, 3, 2),
  facts: [
    known("five VPCs a Region, /16 to /28", sources.quotas),
    known("comes with a group, a list and a table of its own, which go with it", sources.guide),
    known("the provider tries to delete a VPC for five minutes", sources.code),
    likely("a pool gives the first free range; IPAM notices within 15 minutes that a VPC is gone", sources.guide),
  ],
  rules(context) {
    checkAllocation(context);
    const cidr = text(context.inputs.cidrBlock);
    if (cidr === undefined) return;
    const block = parseCidr(cidr);
    if (block === undefined || block.prefixLength < 16 || block.prefixLength > 28) {
      context.refuse({ code: "InvalidVpc.Range", message: `The CIDR '${cidr}' is invalid.` });
    }
  },
  onDelete: (context, resource) => ({ remains: lingeringAllocation(context, resource) }),
  onCreate: (context, made) => ({
    companions: [
      {
        type: "aws:ec2/securityGroup:SecurityGroup",
        id: String(made.outputs.defaultSecurityGroupId),
        outputs: {
          name: "default",
          vpcId: made.id,
          description: "default VPC security group",
          ownerId: context.account,
        },
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

function subnetRules(context: Context): undefined {
  const cidr = text(context.inputs.cidrBlock);
  if (cidr === undefined || context.old !== undefined) return;
  const block = parseCidr(cidr);
  if (block === undefined || block.prefixLength < 16 || block.prefixLength > 28) {
    return context.refuse({ code: "InvalidSubnet.Range", message: `The CIDR '${cidr}' is invalid.` });
  }
  const ranges = rangesOf(context, String(context.inputs.vpcId));
  if (ranges.length > 0 && !ranges.some((range) => contains(range.block, block))) {
    const known = ranges.map((range) => range.cidr).join(", ");
    context.refuse({
      code: "InvalidSubnet.Range",
      message: `The CIDR '${cidr}' is invalid: it is not within the VPC's ${known}.`,
    });
  }
  const zone = text(context.inputs.availabilityZone);
  if (zone !== undefined && !zone.startsWith(context.region)) {
    context.refuse({
      code: "InvalidParameterValue",
      message: `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${context.region}a, ${context.region}b, ${context.region}c.`,
    });
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

/** All ranges of a VPC: its own and those that were associated with it. */
function rangesOf(context: Context, vpcId: string) {
  const own = context.world.find([vpcType], vpcId, ["id"], context.region);
  const more = context.world
    .resources("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", context.region)
    .filter((one) => one.outputs.vpcId === vpcId);
  return [own, ...more].flatMap((one) => {
    const cidr = text(one?.outputs.cidrBlock);
    const block = cidr === undefined ? undefined : parseCidr(cidr);
    return cidr === undefined || block === undefined ? [] : [{ cidr, block }];
  });
}

const subnet: TypeEntry = {
  type: subnetType,
  label: "EC2 Subnet",
  api: "EC2",
  operations: { update: "ModifySubnetAttribute" },
  provider: "aws_subnet",
  cloudFormation: "AWS::EC2::Subnet",
  id: (context) => context.ids.ec2("subnet"),
  arn: "arn:{partition}:ec2:{region}:{account}:subnet/{id}",
  computed: {
    availabilityZone: (context) => `${context.region}a`,
    availabilityZoneId: (context) => zoneId(text(context.inputs.availabilityZone) ?? `${context.region}a`),
    ownerId: "{account}",
    privateDnsHostnameTypeOnLaunch: () => "ip-name",
  },
  references: [inVpc],
  quotas: [
    {
      limit: 200,
      per: ({ inputs }) => String(inputs.vpcId),
      refusal: { code: "SubnetLimitExceeded", message: "The maximum number of subnets has been reached." },
    },
  ],
  deletionRefused: {
    code: "DependencyViolation",
    message: "The subnet '{id}' has dependencies and cannot be deleted.",
  },
  deletionRetrySeconds: 1200,
  seconds: lasts(2, 2, 1),
  facts: [
    known("/16 to /28, within the VPC's ranges, no overlap, 200 a VPC", sources.api),
    known("the provider tries to delete a subnet for 20 minutes", sources.code),
  ],
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

const cidrAssociation: TypeEntry = {
  type: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
  label: "EC2 VPC IPv4 CIDR Block Association",
  api: "EC2",
  operations: { create: "AssociateVpcCidrBlock", delete: "DisassociateVpcCidrBlock" },
  provider: "aws_vpc_ipv4_cidr_block_association",
  cloudFormation: "AWS::EC2::VPCCidrBlock",
  id: (context) => context.ids.ec2("vpc-cidr-assoc"),
  computed: { cidrBlock: allocatedCidr },
  references: [inVpc, fromPool],
  quotas: [
    {
      limit: 4,
      per: ({ inputs }) => String(inputs.vpcId),
      refusal: {
        code: "CidrLimitExceeded",
        message: "This network '{value}' has met its maximum number of allowed CIDRs: 5",
      },
    },
  ],
  seconds: lasts(12, 0, 12),
  facts: [
    known("five ranges a VPC; they overlap none of its own, and are left with the subnets in them", sources.quotas),
  ],
  rules: associationRules,
  deletable: emptyRange,
  onDelete: (context, resource) => ({ remains: lingeringAllocation(context, resource) }),
};

function associationRules(context: Context): undefined {
  checkAllocation(context);
  const cidr = text(context.inputs.cidrBlock);
  const block = cidr === undefined ? undefined : parseCidr(cidr);
  if (cidr === undefined || context.old !== undefined) return;
  if (block === undefined || block.prefixLength < 16 || block.prefixLength > 28) {
    return context.refuse({ code: "InvalidVpc.Range", message: `The CIDR '${cidr}' is invalid.` });
  }
  const other = rangesOf(context, String(context.inputs.vpcId)).find((one) => overlaps(one.block, block));
  if (other !== undefined) {
    context.refuse({
      code: "InvalidVpc.Conflict",
      message: `The CIDR '${cidr}' conflicts with ${other.cidr} of the VPC`,
    });
  }
}

/** A range leaves its VPC only when no subnet lies in it. */
function emptyRange(context: Context, resource: WorldResource): void {
  const range = parseCidr(text(resource.outputs.cidrBlock) ?? "");
  const inside = context.world.resources(subnetType, context.region).find((one) => {
    const block = parseCidr(text(one.outputs.cidrBlock) ?? "");
    return (
      one.outputs.vpcId === resource.outputs.vpcId &&
      range !== undefined &&
      block !== undefined &&
      contains(range, block)
    );
  });
  if (inside !== undefined) {
    context.refuse({
      code: "InvalidCidrBlock.InUse",
      message: `The vpc CIDR block with association ID ${resource.id} may not be disassociated. It contains subnets (${inside.urn ?? inside.id})`,
    });
  }
}

const dhcpOptions: TypeEntry = {
  type: "aws:ec2/vpcDhcpOptions:VpcDhcpOptions",
  label: "EC2 DHCP Options",
  api: "EC2",
  operations: { update: "CreateTags" },
  provider: "aws_vpc_dhcp_options",
  cloudFormation: "AWS::EC2::DHCPOptions",
  id: (context) => context.ids.ec2("dopt"),
  arn: "arn:{partition}:ec2:{region}:{account}:dhcp-options/{id}",
  computed: { ownerId: "{account}" },
  deletionRefused: {
    code: "DependencyViolation",
    message: "The dhcpOptions '{id}' has dependencies and cannot be deleted.",
  },
  seconds: lasts(1, 1, 1),
};

const dhcpOptionsAssociation: TypeEntry = {
  type: "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation",
  label: "EC2 DHCP Options Association",
  api: "EC2",
  operations: { create: "AssociateDhcpOptions", delete: "AssociateDhcpOptions" },
  provider: "aws_vpc_dhcp_options_association",
  cloudFormation: "AWS::EC2::VPCDHCPOptionsAssociation",
  id: "{dhcpOptionsId}-{vpcId}",
  computed: {},
  references: [
    inVpc,
    needs(
      "dhcpOptionsId",
      dhcpOptions.type,
      { code: "InvalidDhcpOptionID.NotFound", message: "The dhcpOptions ID '{value}' does not exist" },
      { holds: true },
    ),
  ],
  seconds: lasts(1, 1, 1),
  facts: [known("VPC and options must exist", sources.api)],
};

export const entries: TypeEntry[] = [vpc, subnet, cidrAssociation, dhcpOptions, dhcpOptionsAssociation];
