import { type CidrBlock, contains, parseCidr } from "gabion-knowledge";
import { endpointType } from "../types/ec2/routing";
import { subnetType } from "../types/ec2/vpc";
import { list, text } from "../types/templates";
import type { Inventory } from "../world/out-of-band";
import { publicAccess } from "./public-access";
import { type AskedRoute, chosenRoute, rangesOf, routesOf, tableOfGateway, tableOfSubnet } from "./route-table";
import type { AskedWorld } from "./world";

const gatewayType = "aws:ec2/internetGateway:InternetGateway";
const natType = "aws:ec2/natGateway:NatGateway";

export type HopKind = "firewall" | "nat" | "internet-gateway" | "other";

/** What a packet passes on its way. */
export interface Hop {
  kind: HopKind;
  id: string;
  /** Where it stands; absent for gateways of the VPC. */
  subnetId?: string;
}

/**
 * Where a packet comes to. `inside`: an address of the VPC; `internet`; `elsewhere`: a gateway behind which this account knows nothing; `nowhere`: no
 * route, or one to what does not exist; `blocked`: VPC Block Public Access keeps it; `loop`; `depends`: parts of the destination take different ways.
 */
export type Arrival = "inside" | "internet" | "elsewhere" | "nowhere" | "blocked" | "loop" | "depends";

export interface Walk {
  hops: Hop[];
  arrival: Arrival;
  /** For a person: the routes that were taken, or why there is none. */
  because: string[];
}

/** IPv4 alone. Throws `RangeError` for a destination that is no IPv4 range or address, and for a subnet that does not exist. */
export function walkOut(world: AskedWorld, subnetId: string, destination: string): Walk {
  const subnet = world.get([subnetType], subnetId);
  const walk: Walk = { hops: [], arrival: "nowhere", because: [] };
  follow(world, subnet, blockOf(destination), walk);
  return walk;
}

/** The way of the answer: from the destination to the subnet, through what translated its address on the way out. */
export function walkBack(world: AskedWorld, subnetId: string, destination: string): Walk {
  const subnet = world.get([subnetType], subnetId);
  const out = walkOut(world, subnetId, destination);
  const walk: Walk = { hops: [], arrival: "nowhere", because: [] };
  const home = parseCidr(text(subnet.outputs.cidrBlock) ?? "");
  if (home === undefined) return walk;
  if (out.arrival === "inside") {
    const other = subnetAt(world, subnet.outputs.vpcId, blockOf(destination));
    if (other !== undefined) follow(world, other, home, walk);
    else walk.because.push(`no subnet holds ${destination}`);
    return walk;
  }
  const gateway = out.hops.find((hop) => hop.kind === "internet-gateway");
  if (out.arrival !== "internet" || gateway === undefined) {
    walk.because.push("nothing answers, as nothing arrives");
    return walk;
  }
  walk.hops.push(gateway);
  comeIn(
    world,
    gateway,
    subnet,
    home,
    out.hops.find((hop) => hop.kind === "nat"),
    walk,
  );
  return walk;
}

/** Through the gateway to whoever has the public address, and from there to the subnet. */
function comeIn(
  world: AskedWorld,
  gateway: Hop,
  subnet: Inventory,
  home: CidrBlock,
  nat: Hop | undefined,
  walk: Walk,
): void {
  const first = nat === undefined ? subnet : world.find([subnetType], nat.subnetId);
  const block = parseCidr(text(first?.outputs.cidrBlock) ?? "");
  if (first === undefined || block === undefined) return;
  const table = tableOfGateway(world, gateway.id);
  if (table === undefined) walk.arrival = "inside";
  else take(world, chosenRoute(routesOf(world, table), block), block, `table ${table.id} of ${gateway.id}`, walk);
  if (nat === undefined || walk.arrival !== "inside") return;
  walk.hops.push(nat);
  walk.arrival = "nowhere";
  follow(world, first, home, walk);
}

/**
 * Whether each stateful device sees both directions: the firewalls of the way back are those of the way out, in the other order. Network Firewall drops
 * what it sees half of.
 */
export function isSymmetric(out: Walk, back: Walk): boolean {
  const firewalls = (walk: Walk) => walk.hops.filter((hop) => hop.kind === "firewall").map((hop) => hop.id);
  return firewalls(out).join() === firewalls(back).reverse().join();
}

function blockOf(destination: string): CidrBlock {
  const block = parseCidr(destination.includes("/") ? destination : `${destination}/32`);
  if (block === undefined) throw new RangeError(`${destination} is no IPv4 address or range`);
  return block;
}

/** One step: the table of the subnet chooses, and the walk goes on from what it chose. */
function follow(world: AskedWorld, subnet: Inventory, destination: CidrBlock, walk: Walk): void {
  const table = tableOfSubnet(world, subnet);
  if (table === undefined) {
    walk.because.push(`${subnet.id} has no route table`);
    return;
  }
  const routes = routesOf(world, table);
  take(world, chosenRoute(routes, destination), destination, `table ${table.id} of ${subnet.id}`, walk);
}

function take(
  world: AskedWorld,
  route: AskedRoute | "several" | undefined,
  destination: CidrBlock,
  where: string,
  walk: Walk,
): void {
  if (route === undefined || route === "several") {
    walk.arrival = route === undefined ? "nowhere" : "depends";
    walk.because.push(`${where}: ${route === undefined ? "no route" : "several routes for parts of the destination"}`);
    return;
  }
  walk.because.push(`${where}: ${route.cidr} to ${route.target}`);
  if (route.target === "local") {
    walk.arrival = "inside";
    return;
  }
  const hop = hopOf(world, route.target);
  if (hop === undefined) {
    walk.arrival = "nowhere";
    walk.because.push(`${route.target} does not exist`);
    return;
  }
  if (walk.hops.some((one) => one.id === hop.id)) {
    walk.arrival = "loop";
    return;
  }
  walk.hops.push(hop);
  pass(world, hop, destination, walk);
}

function pass(world: AskedWorld, hop: Hop, destination: CidrBlock, walk: Walk): void {
  const subnet = world.find([subnetType], hop.subnetId);
  if (subnet !== undefined) follow(world, subnet, destination, walk);
  else if (hop.kind !== "internet-gateway") walk.arrival = "elsewhere";
  else leave(world, hop, walk);
}

function leave(world: AskedWorld, gateway: Hop, walk: Walk): void {
  const vpcId = text(world.get([gatewayType], gateway.id).outputs.vpcId);
  const nat = walk.hops.find((hop) => hop.kind === "nat");
  const kept = vpcId === undefined ? `${gateway.id} is attached to no VPC` : publicAccess(world, vpcId, nat?.subnetId);
  walk.arrival = kept === undefined ? "internet" : "blocked";
  if (kept !== undefined) walk.because.push(kept);
}

function hopOf(world: AskedWorld, target: string): Hop | undefined {
  if (/^(tgw|pcx|eni|lgw|cagw|vgw)-|^arn:/.test(target)) return { kind: "other", id: target };
  const found = world.find([natType, gatewayType, endpointType], target);
  if (found === undefined) return undefined;
  if (found.type === gatewayType) return { kind: "internet-gateway", id: target };
  if (found.type === natType) return { kind: "nat", id: target, subnetId: String(found.outputs.subnetId) };
  const [subnetId] = list(found.outputs.subnetIds);
  return subnetId === undefined
    ? { kind: "other", id: target }
    : { kind: "firewall", id: target, subnetId: subnetId as string };
}

/** The subnet of a VPC that holds a range. */
function subnetAt(world: AskedWorld, vpcId: unknown, block: CidrBlock): Inventory | undefined {
  if (!rangesOf(world, vpcId).some((range) => contains(range, block))) return undefined;
  return world.all(subnetType).find((one) => {
    const own = parseCidr(text(one.outputs.cidrBlock) ?? "");
    return one.outputs.vpcId === vpcId && own !== undefined && contains(own, block);
  });
}
