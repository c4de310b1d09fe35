import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { type PlannedSubnet, PRIVATE_TIERS, planNetwork, regionOfZone } from "gabion-knowledge";
import { privateAclRules } from "./acl-rules";
import { NetworkEgress, type PrivateNetworkArgs } from "./network-args";

type Ids = pulumi.Output<string[]>;

/** A VPC with its parts, made or adopted. Lists are in the order of the zones; a tier that is not there has an empty one. */
export interface NetworkParts {
  readonly vpcId: pulumi.Output<string>;
  readonly cidr: pulumi.Output<string>;
  readonly workload: Ids;
  readonly endpoint: Ids;
  readonly controlPlane: Ids;
  readonly pod: Ids;
  readonly inspection: Ids;
  readonly routeTables: Ids;
  readonly publicRouteTables: Ids;
}

/** Makes the VPC: subnets of every tier in each zone, one private route table a zone, closed defaults, and the gateways of its egress. */
export function makeNetwork(name: string, args: PrivateNetworkArgs, parent: pulumi.Resource): NetworkParts {
  const inspected = args.egress === NetworkEgress.Inspected;
  const vpc = new ec2.Vpc(
    name,
    {
      cidrBlock: args.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: name },
      ...(args.ipamPoolId === undefined ? {} : { ipv4IpamPoolId: args.ipamPoolId }),
    },
    { parent },
  );
  closeDefaults(name, vpc, parent);
  const tables = new Map(args.zones.map((zone) => [zone, routeTable(`${name}-${zone}`, vpc, parent)]));
  const podBlock = makePodBlock(name, args, vpc, parent);
  const plan = planNetwork({
    cidr: args.cidr,
    zones: args.zones,
    egress: args.egress ?? NetworkEgress.None,
    ...(args.podCidr === undefined ? {} : { podCidr: args.podCidr }),
  });
  const subnets = plan.map((planned) => ({
    planned,
    subnet: makeSubnet(name, planned, vpc, planned.tier === "pod" ? podBlock : [], parent),
  }));
  for (const { planned, subnet } of subnets.filter(({ planned: { tier } }) => PRIVATE_TIERS.includes(tier))) {
    associate(`${name}-${planned.tier}-${planned.zone}`, subnet, tables.get(planned.zone), parent);
  }
  const find = (tier: string, zone: string) =>
    subnets.find(({ planned }) => planned.tier === tier && planned.zone === zone)?.subnet as ec2.Subnet;
  const publicTables = inspected ? makeGateways(name, args, vpc, find, parent) : [];
  const blocks = args.podCidr === undefined ? [args.cidr] : [args.cidr, args.podCidr];
  new ec2.NetworkAcl(
    name,
    {
      vpcId: vpc.id,
      subnetIds: subnets.map(({ subnet }) => subnet.id),
      ...privateAclRules(blocks, inspected),
      tags: { Name: name },
    },
    { parent },
  );

  const idsOf = (tier: string) =>
    pulumi.all(subnets.filter(({ planned }) => planned.tier === tier).map(({ subnet }) => subnet.id));
  return {
    vpcId: vpc.id,
    cidr: vpc.cidrBlock,
    workload: idsOf("workload"),
    endpoint: idsOf("endpoint"),
    controlPlane: idsOf("control-plane"),
    pod: idsOf("pod"),
    inspection: idsOf("inspection"),
    routeTables: pulumi.all([...tables.values()].map((table) => table.id)),
    publicRouteTables: pulumi.all(publicTables.map((table) => table.id)),
  };
}

/** What lands in the default group or ACL by mistake reaches nothing. */
function closeDefaults(name: string, vpc: ec2.Vpc, parent: pulumi.Resource): void {
  const tags = { Name: `${name}-default-closed` };
  new ec2.DefaultSecurityGroup(`${name}-default`, { vpcId: vpc.id, ingress: [], egress: [], tags }, { parent });
  new ec2.DefaultNetworkAcl(
    `${name}-default`,
    { defaultNetworkAclId: vpc.defaultNetworkAclId, ingress: [], egress: [], tags },
    // AWS moves subnets to the default ACL while their own one is replaced; that is no change of ours.
    { parent, ignoreChanges: ["subnetIds"] },
  );
}

function routeTable(childName: string, vpc: ec2.Vpc, parent: pulumi.Resource): ec2.RouteTable {
  return new ec2.RouteTable(childName, { vpcId: vpc.id, tags: { Name: childName } }, { parent });
}

function associate(
  childName: string,
  subnet: ec2.Subnet,
  table: ec2.RouteTable | undefined,
  parent: pulumi.Resource,
): void {
  if (table === undefined) return;
  new ec2.RouteTableAssociation(childName, { subnetId: subnet.id, routeTableId: table.id }, { parent });
}

/** The second block of the VPC, which its subnets come after. */
function makePodBlock(
  name: string,
  { podCidr }: PrivateNetworkArgs,
  vpc: ec2.Vpc,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  if (podCidr === undefined) return [];
  return [new ec2.VpcIpv4CidrBlockAssociation(`${name}-pod`, { vpcId: vpc.id, cidrBlock: podCidr }, { parent })];
}

/** By these tags the load balancer controller finds subnets of internal load balancers, and the VPC CNI those of pods. */
const tierTags: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  workload: { "kubernetes.io/role/internal-elb": "1" },
  pod: { "kubernetes.io/role/cni": "1" },
};

function makeSubnet(
  name: string,
  { tier, zone, cidr }: PlannedSubnet,
  vpc: ec2.Vpc,
  dependsOn: pulumi.Resource[],
  parent: pulumi.Resource,
): ec2.Subnet {
  const childName = `${name}-${tier}-${zone}`;
  return new ec2.Subnet(
    childName,
    {
      vpcId: vpc.id,
      cidrBlock: cidr,
      ...(regionOfZone(zone) === undefined ? { availabilityZoneId: zone } : { availabilityZone: zone }),
      mapPublicIpOnLaunch: false,
      tags: { Name: childName, ...tierTags[tier] },
    },
    { parent, dependsOn },
  );
}

/**
 * An internet gateway, and in each zone a NAT gateway with its address, and the tables of the firewall's and the NAT's subnets. They route
 * out and nothing leads to them: the way from workloads in, and the answers' way back, are the firewall's to make.
 */
function makeGateways(
  name: string,
  args: PrivateNetworkArgs,
  vpc: ec2.Vpc,
  find: (tier: string, zone: string) => ec2.Subnet,
  parent: pulumi.Resource,
): ec2.RouteTable[] {
  const internet = new ec2.InternetGateway(name, { vpcId: vpc.id, tags: { Name: name } }, { parent });
  return args.zones.map((zone) => {
    const outside = find("public", zone);
    const childName = `${name}-nat-${zone}`;
    const tags = { Name: childName };
    const address = new ec2.Eip(childName, { domain: "vpc", tags }, { parent, dependsOn: [internet] });
    const nat = new ec2.NatGateway(
      childName,
      { allocationId: address.allocationId, subnetId: outside.id, tags },
      { parent, dependsOn: [internet] },
    );
    const publicTable = routeTable(`${name}-public-${zone}`, vpc, parent);
    const inspectionTable = routeTable(`${name}-inspection-${zone}`, vpc, parent);
    associate(`${name}-public-${zone}`, outside, publicTable, parent);
    associate(`${name}-inspection-${zone}`, find("inspection", zone), inspectionTable, parent);
    defaultRoute(`${name}-public-${zone}`, publicTable, { gatewayId: internet.id }, parent);
    defaultRoute(`${name}-inspection-${zone}`, inspectionTable, { natGatewayId: nat.id }, parent);
    if (args.blockPublicAccessExclusion === true) {
      new ec2.VpcBlockPublicAccessExclusion(
        childName,
        { subnetId: outside.id, internetGatewayExclusionMode: "allow-egress", tags },
        { parent },
      );
    }
    return publicTable;
  });
}

function defaultRoute(
  childName: string,
  table: ec2.RouteTable,
  target: Pick<ec2.RouteArgs, "gatewayId" | "natGatewayId">,
  parent: pulumi.Resource,
): void {
  new ec2.Route(childName, { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...target }, { parent });
}
