import { type CidrBlock, contains, overlaps, parseCidr } from "gabion-knowledge";
import { routeTableType } from "../types/ec2/routing";
import { vpcType } from "../types/ec2/vpc";
import { list, object, text } from "../types/templates";
import type { Inventory } from "../world/out-of-band";
import type { AskedWorld } from "./world";

/** Where a route leads: the id of a gateway, an endpoint or the like, or `local`. */
export interface AskedRoute {
  block: CidrBlock;
  cidr: string;
  target: string;
}

const targets = [
  "gatewayId",
  "natGatewayId",
  "vpcEndpointId",
  "networkInterfaceId",
  "transitGatewayId",
  "vpcPeeringConnectionId",
  "coreNetworkArn",
  "localGatewayId",
  "carrierGatewayId",
];

const defaultTableType = "aws:ec2/defaultRouteTable:DefaultRouteTable";
const tableTypes = [defaultTableType, routeTableType];

/** All IPv4 ranges of a VPC. */
export function rangesOf(world: AskedWorld, vpcId: unknown): CidrBlock[] {
  const more = world
    .all("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation")
    .filter((one) => one.outputs.vpcId === vpcId);
  return [world.find([vpcType], vpcId), ...more].flatMap((one) => parseCidr(text(one?.outputs.cidrBlock) ?? "") ?? []);
}

/** The table that a subnet uses: the one associated with it, else the main one of its VPC. */
export function tableOfSubnet(world: AskedWorld, subnet: Inventory): Inventory | undefined {
  const associated = associations(world).find((one) => one.outputs.subnetId === subnet.id)?.outputs.routeTableId;
  const vpc = world.find([vpcType], subnet.outputs.vpcId);
  return tableOf(world, associated ?? vpc?.outputs.mainRouteTableId);
}

/** The table that a gateway uses for what comes in; undefined when it has none, and everything goes straight to its address. */
export function tableOfGateway(world: AskedWorld, gatewayId: string): Inventory | undefined {
  const found = associations(world).find((one) => one.outputs.gatewayId === gatewayId);
  return found === undefined ? undefined : tableOf(world, found.outputs.routeTableId);
}

const associations = (world: AskedWorld): Inventory[] =>
  world.all("aws:ec2/routeTableAssociation:RouteTableAssociation");

/** What was taken over says more than what it was taken over from. */
const tableOf = (world: AskedWorld, id: unknown): Inventory | undefined =>
  tableTypes.map((type) => world.find([type], id)).find((one) => one !== undefined);

/** The IPv4 routes of a table, with those inside its VPC. */
export function routesOf(world: AskedWorld, table: Inventory): AskedRoute[] {
  const local = rangesOf(world, table.outputs.vpcId).map((block) => ({ block, cidr: "local", target: "local" }));
  const inline = list(table.outputs.routes).map(object);
  const apart = world
    .all("aws:ec2/route:Route")
    .filter((one) => one.outputs.routeTableId === table.id)
    .map((one) => one.outputs);
  return [...local, ...[...inline, ...apart].flatMap((route) => readRoute(world, route))];
}

function readRoute(world: AskedWorld, route: Record<string, unknown>): AskedRoute[] {
  const target = targets.map((name) => text(route[name])).find((one) => one !== undefined) ?? "nothing";
  const listed = text(route.destinationPrefixListId);
  const cidrs =
    listed === undefined ? [text(route.destinationCidrBlock) ?? text(route.cidrBlock)] : entriesOf(world, listed);
  return cidrs.flatMap((cidr) => {
    const block = cidr === undefined ? undefined : parseCidr(cidr);
    return cidr === undefined || block === undefined ? [] : [{ block, cidr, target }];
  });
}

function entriesOf(world: AskedWorld, id: string): string[] {
  const inline = list(world.find(["aws:ec2/managedPrefixList:ManagedPrefixList"], id)?.outputs.entries).map(object);
  const apart = world
    .all("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry")
    .filter((one) => one.outputs.prefixListId === id)
    .map((one) => one.outputs);
  return [...inline, ...apart].flatMap((one) => text(one.cidr) ?? []);
}

/**
 * The route that a packet takes: of those that hold its destination, the one with the longest prefix; the table's own routes win over `local` when they are
 * as long. `undefined`: there is none. `"several"`: parts of the destination take different routes.
 */
export function chosenRoute(routes: AskedRoute[], destination: CidrBlock): AskedRoute | "several" | undefined {
  const inner = routes.filter(({ block }) => !contains(block, destination) && overlaps(block, destination));
  const [best] = routes
    .filter(({ block }) => contains(block, destination))
    .sort(
      (a, b) =>
        b.block.prefixLength - a.block.prefixLength || Number(a.target === "local") - Number(b.target === "local"),
    );
  return inner.some((one) => one.target !== best?.target) ? "several" : best;
}
