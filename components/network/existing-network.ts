import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { type CidrBlock, contains, overlaps, type Problem, parseCidr, printable, regionOfZone } from "gabion-knowledge";
import { refuseArguments } from "../arguments/input-error";
import { type ExistingNetwork, NetworkEgress, type PrivateNetworkArgs } from "./network-args";
import type { NetworkParts } from "./network-parts";

/** What is read of an adopted VPC. */
export interface ReadNetwork {
  readonly vpc: {
    readonly cidrBlock: string;
    readonly enableDnsSupport: boolean;
    readonly enableDnsHostnames: boolean;
  };
  readonly vpcId: string;
  /** Rules of the default security group, both ways. */
  readonly defaultGroupRules: number;
  readonly subnets: readonly ReadSubnet[];
  readonly routeTables: readonly ReadRouteTable[];
}

export interface ReadSubnet {
  readonly path: string;
  /** By name or by id, as the network names its zones. */
  readonly zone: string;
  readonly id: string;
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly availabilityZone: string;
  readonly availabilityZoneId: string;
  readonly mapPublicIpOnLaunch: boolean;
}

export interface ReadRouteTable {
  readonly path: string;
  readonly vpcId: string;
  readonly routes: readonly {
    readonly cidrBlock?: string;
    readonly gatewayId?: string;
    readonly natGatewayId?: string;
  }[];
}

type IdList = Exclude<keyof ExistingNetwork, "vpcId">;
const SUBNETS = ["workloadSubnetIds", "endpointSubnetIds", "controlPlaneSubnetIds", "podSubnetIds"] as const;

/**
 * Adopts a VPC. Its parts are read as resources of their own, by the ids that were given and not by a search, so that a preview asks for
 * nothing that could turn out otherwise next time. What follows from the VPC waits for the check.
 */
export function adoptNetwork(
  name: string,
  args: PrivateNetworkArgs & { existing: ExistingNetwork },
  parent: pulumi.Resource,
): NetworkParts {
  const { existing } = args;
  const checked = readNetwork(name, args, parent).apply((read) => {
    refuseArguments("PrivateNetwork", name, adoptionProblems(read, args));
    return read.vpcId;
  });
  const ids = (field: IdList) =>
    pulumi.all([checked, pulumi.all(existing[field] ?? [])]).apply(([, list]) => list as string[]);
  return {
    vpcId: checked,
    cidr: checked.apply(() => args.cidr),
    workload: ids("workloadSubnetIds"),
    endpoint: ids("endpointSubnetIds"),
    controlPlane: ids("controlPlaneSubnetIds"),
    pod: ids("podSubnetIds"),
    inspection: pulumi.output([]),
    routeTables: ids("routeTableIds"),
    publicRouteTables: pulumi.output([]),
  };
}

function readNetwork(
  name: string,
  { existing, zones }: PrivateNetworkArgs & { existing: ExistingNetwork },
  parent: pulumi.Resource,
): pulumi.Output<ReadNetwork> {
  const vpc = ec2.Vpc.get(name, existing.vpcId, {}, { parent });
  const group = ec2.SecurityGroup.get(`${name}-default`, vpc.defaultSecurityGroupId, {}, { parent });
  const subnets = SUBNETS.flatMap((field) =>
    (existing[field] ?? []).map((id, index) => {
      const zone = zones[index] as string;
      const subnet = ec2.Subnet.get(`${name}-${field.replace("SubnetIds", "")}-${zone}`, id, {}, { parent });
      const { vpcId, cidrBlock, availabilityZone, availabilityZoneId, mapPublicIpOnLaunch } = subnet;
      const path = `existing.${field}[${index}]`;
      const read = { vpcId, availabilityZone, availabilityZoneId, mapPublicIpOnLaunch, id: subnet.id };
      return pulumi.output({ path, zone, ...read, cidrBlock: cidrBlock.apply((block) => block ?? "") });
    }),
  );
  const routeTables = existing.routeTableIds.map((id, index) => {
    const table = ec2.RouteTable.get(`${name}-${zones[index]}`, id, {}, { parent });
    return pulumi.output({ path: `existing.routeTableIds[${index}]`, vpcId: table.vpcId, routes: table.routes });
  });
  const { cidrBlock, enableDnsHostnames } = vpc;
  return pulumi.output({
    vpcId: vpc.id,
    vpc: { cidrBlock, enableDnsHostnames, enableDnsSupport: vpc.enableDnsSupport.apply((on) => on === true) },
    defaultGroupRules: pulumi.all([group.ingress, group.egress]).apply(([into, out]) => into.length + out.length),
    subnets: pulumi.all(subnets),
    routeTables: pulumi.all(routeTables),
  }) as pulumi.Output<ReadNetwork>;
}

/** What keeps a VPC from being one that `PrivateNetwork` would have made. */
export function adoptionProblems(read: ReadNetwork, args: Pick<PrivateNetworkArgs, "cidr" | "egress">): Problem[] {
  const problems: Problem[] = [];
  const add = (path: string, found: unknown, reason: string, remedy: string) =>
    problems.push({ path, found: printable(found), reason, remedy });
  if (read.vpc.cidrBlock !== args.cidr) {
    add("cidr", args.cidr, `the VPC's own block is ${read.vpc.cidrBlock}`, "Give that one");
  }
  if (!read.vpc.enableDnsSupport || !read.vpc.enableDnsHostnames) {
    const reason = "endpoints have private names only where the VPC has DNS support and DNS host names";
    add("existing.vpcId", read.vpcId, reason, "Switch both on");
  }
  if (read.defaultGroupRules > 0) {
    const reason = "its default security group lets traffic through";
    add("existing.vpcId", read.vpcId, reason, "Take all rules out of the group");
  }
  problems.push(...read.subnets.flatMap((subnet, index) => subnetProblems(subnet, index, read, args)));
  problems.push(...read.routeTables.flatMap((table) => routeProblems(table, read, args)));
  return problems;
}

function subnetProblems(
  subnet: ReadSubnet,
  index: number,
  read: ReadNetwork,
  { cidr }: Pick<PrivateNetworkArgs, "cidr">,
): Problem[] {
  const problems: Problem[] = [];
  const add = (reason: string, remedy: string) =>
    problems.push({ path: subnet.path, found: printable(subnet.id), reason, remedy });
  if (subnet.vpcId !== read.vpcId) add(`it is in ${subnet.vpcId}`, "Name a subnet of the VPC");
  const zone = regionOfZone(subnet.zone) === undefined ? subnet.availabilityZoneId : subnet.availabilityZone;
  if (zone !== subnet.zone) add(`it is in ${zone}, and its place is ${subnet.zone}'s`, "Follow the order of zones");
  if (subnet.mapPublicIpOnLaunch) add("it gives public addresses to what starts in it", "Switch that off");
  const block = parseCidr(subnet.cidrBlock);
  if (block === undefined) return problems;
  if (!subnet.path.startsWith("existing.podSubnetIds") && !contains(parseCidr(cidr) as CidrBlock, block)) {
    add(`its block ${subnet.cidrBlock} is outside of ${cidr}, which rules are made for`, "Name a subnet of that block");
  }
  const shared = read.subnets.slice(0, index).find(({ cidrBlock }) => overlaps(parseCidr(cidrBlock) ?? block, block));
  if (shared !== undefined) add(`it is ${shared.path} as well`, "Keep the tiers apart");
  return problems;
}

function routeProblems(
  table: ReadRouteTable,
  read: ReadNetwork,
  { egress }: Pick<PrivateNetworkArgs, "egress">,
): Problem[] {
  const problems: Problem[] = [];
  const add = (found: string, reason: string, remedy: string) =>
    problems.push({ path: table.path, found, reason, remedy });
  if (table.vpcId !== read.vpcId) add(printable(table.vpcId), "it is another VPC's", "Name a table of the VPC");
  for (const { cidrBlock = "", gatewayId = "", natGatewayId = "" } of table.routes) {
    const target = gatewayId.startsWith("igw-") || gatewayId.startsWith("eigw-") ? gatewayId : natGatewayId;
    const found = `a route to ${cidrBlock || "a prefix list"}`;
    if (target !== "") {
      add(`${found} by ${target}`, "nothing inspects what takes it", "Route through a firewall, or take the route out");
    } else if (cidrBlock === "0.0.0.0/0" && egress !== NetworkEgress.Inspected) {
      add(found, 'it leads out of the network, whose egress is "none"', 'Take it out, or set egress to "inspected"');
    }
  }
  return problems;
}
