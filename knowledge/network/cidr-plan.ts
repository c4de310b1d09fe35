import { isZone, regionOfZone } from "../aws/partitions";
import { type Problem, printable, refuseProblems } from "../problem";
import { type CidrBlock, cidrBlock, cidrSize, formatCidr, isPrivateBlock, overlaps, parseCidr } from "./cidr";

/** One kind of subnet; every zone gets one of it. */
export interface SubnetTier {
  /** Unique in the plan, for example `workload` or `endpoint`. */
  readonly name: string;
  /** Size of each subnet as a prefix length, 16 to 28. Exactly one of this and `newBits`. */
  readonly prefixLength?: number;
  /** Size of each subnet relative to the VPC: its prefix is longer by that many bits, at least 3. */
  readonly newBits?: number;
}

export interface CidrPlanRequest {
  /** IPv4 block of the VPC, /16 to /25, private. */
  readonly vpcCidr: string;
  /** Two to six zones, by name or by id. The order is part of the plan: append, never insert. */
  readonly zones: readonly string[];
  /** In the order of allocation: append, never insert. */
  readonly tiers: readonly SubnetTier[];
}

export interface PlannedSubnet {
  readonly tier: string;
  readonly zone: string;
  readonly cidr: string;
  /** Addresses that resources can have: all but the five that AWS keeps in every subnet. */
  readonly usableAddresses: number;
}

export interface CidrPlan {
  readonly vpcCidr: string;
  /** By tier, then by zone, in the order of the request. */
  readonly subnets: readonly PlannedSubnet[];
}

export const MIN_ZONES = 2;
export const MAX_ZONES = 6;

// Every zone owns one eighth of the VPC whether it exists or not: that is what keeps subnets in place when a zone is appended.
const zoneSlotBits = 3;
const reservedPerSubnet = 5;
const docker = parseCidr("172.17.0.0/16") as CidrBlock;

/**
 * Lays out the subnets of a VPC. Each zone has its own eighth of the VPC, by its place in the list; in it the tiers follow each
 * other in their order, each at the next boundary of its size. So appending a zone or a tier never moves a subnet.
 * Sizes and reserved addresses: VPC User Guide, "Subnet CIDR blocks" (a VPC and a subnet are /16 to /28; five addresses are kept).
 *
 * @throws KnowledgeError with every problem of the request.
 */
export function planSubnets(request: CidrPlanRequest): CidrPlan {
  refuseProblems("CIDR plan", cidrPlanProblems(request));
  const vpc = parseCidr(request.vpcCidr) as CidrBlock;
  const offsets = tierOffsets(vpc, request.tiers);
  const slot = cidrSize(vpc.prefixLength + zoneSlotBits);
  const subnets = request.tiers.flatMap((tier, tierIndex) => {
    const prefixLength = tierPrefixLength(vpc, tier);
    return request.zones.map((zone, zoneIndex) => ({
      tier: tier.name,
      zone,
      cidr: formatCidr(cidrBlock(vpc.first + zoneIndex * slot + (offsets[tierIndex] as number), prefixLength)),
      usableAddresses: cidrSize(prefixLength) - reservedPerSubnet,
    }));
  });
  return { vpcCidr: formatCidr(vpc), subnets };
}

/** Everything that is wrong with a request, with paths that begin at its own fields. Empty: {@link planSubnets} will not throw. */
export function cidrPlanProblems(request: CidrPlanRequest): Problem[] {
  const problems = [...vpcCidrProblems(request.vpcCidr), ...zoneListProblems(request.zones)];
  const tierProblems = request.tiers.flatMap((tier, index) => tierShapeProblems(tier, index, request.tiers));
  if (request.tiers.length === 0) {
    const reason = "a plan needs a tier";
    problems.push({ path: "tiers", found: "empty", reason, remedy: "Name at least one tier of subnets" });
  }
  problems.push(...tierProblems);
  return problems.length > 0 ? problems : capacityProblems(request);
}

/** What is wrong with the block of a VPC: form, size, range, and the range that Docker and some AWS services use inside. */
export function vpcCidrProblems(vpcCidr: unknown, path = "vpcCidr"): Problem[] {
  const found = printable(vpcCidr);
  const block = typeof vpcCidr === "string" ? parseCidr(vpcCidr) : undefined;
  if (block === undefined) {
    return [
      { path, found, reason: "not an IPv4 block", remedy: 'Give an address and a length, for example "10.20.0.0/16"' },
    ];
  }
  const problems: Problem[] = [];
  const add = (reason: string, remedy: string) => problems.push({ path, found, reason, remedy });
  if (formatCidr(block) !== vpcCidr) {
    add("the address is not the first one of its block", `Write "${formatCidr(block)}"`);
  }
  if (block.prefixLength < 16 || block.prefixLength > 28 - zoneSlotBits) {
    add(
      "AWS takes /16 to /28, and the plan divides a VPC in eight",
      "Take a length from /16 to /25; /16 leaves room to grow",
    );
  }
  if (!isPrivateBlock(block)) {
    const remedy = "Take a block of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10";
    add("the block is not in a private range", remedy);
  }
  if (overlaps(block, docker)) {
    add("172.17.0.0/16 is used inside nodes by container runtimes and by some AWS services", "Take another block");
  }
  return problems;
}

/** What is wrong with a list of zones: number, form, repetition, zones of several Regions. */
export function zoneListProblems(zones: readonly string[], path = "zones"): Problem[] {
  const problems: Problem[] = [];
  if (zones.length < MIN_ZONES || zones.length > MAX_ZONES) {
    const reason = `a network spans ${MIN_ZONES} to ${MAX_ZONES} zones`;
    problems.push({ path, found: `a list of ${zones.length}`, reason, remedy: "Three is the usual number" });
  }
  const regions = new Set(zones.map(regionOfZone).filter((region) => region !== undefined));
  if (regions.size > 1) {
    const reason = `the zones are of several Regions (${[...regions].join(", ")})`;
    problems.push({ path, found: printable(zones), reason, remedy: "A VPC lives in one Region: name zones of one" });
  }
  zones.forEach((zone, index) => {
    const at = { path: `${path}[${index}]`, found: printable(zone) };
    if (!isZone(zone)) {
      problems.push({
        ...at,
        reason: "not an Availability Zone",
        remedy: 'Give a name ("eu-central-1a") or an id ("euc1-az1")',
      });
    }
    if (zones.indexOf(zone) !== index) {
      problems.push({ ...at, reason: "the zone is named twice", remedy: "Name each zone once" });
    }
  });
  return problems;
}

function tierShapeProblems(tier: SubnetTier, index: number, tiers: readonly SubnetTier[]): Problem[] {
  const problems: Problem[] = [];
  const add = (field: string, value: unknown, reason: string, remedy: string) =>
    problems.push({ path: `tiers[${index}].${field}`, found: printable(value), reason, remedy });
  if (!/^[a-z][a-z0-9-]*$/.test(tier.name)) {
    add("name", tier.name, "not a tier name", "Use lower-case letters, digits and hyphens, a letter first");
  }
  if (tiers.findIndex((other) => other.name === tier.name) !== index) {
    add("name", tier.name, "the tier is named twice", "Give each tier its own name");
  }
  if ((tier.prefixLength === undefined) === (tier.newBits === undefined)) {
    add(
      "prefixLength",
      tier.prefixLength,
      "exactly one of prefixLength and newBits gives the size",
      "Give one of them",
    );
  }
  if (tier.prefixLength !== undefined && !isWholeBetween(tier.prefixLength, 16, 28)) {
    add("prefixLength", tier.prefixLength, "AWS takes subnets of /16 to /28", "Give a whole number from 16 to 28");
  }
  if (tier.newBits !== undefined && !isWholeBetween(tier.newBits, zoneSlotBits, 12)) {
    add("newBits", tier.newBits, `a zone has an eighth of the VPC`, `Give a whole number from ${zoneSlotBits} to 12`);
  }
  return problems;
}

function capacityProblems(request: CidrPlanRequest): Problem[] {
  const vpc = parseCidr(request.vpcCidr) as CidrBlock;
  const slotPrefix = vpc.prefixLength + zoneSlotBits;
  const slot = cidrSize(slotPrefix);
  const problems: Problem[] = [];
  request.tiers.forEach((tier, index) => {
    const prefixLength = tierPrefixLength(vpc, tier);
    const at = { path: `tiers[${index}]`, found: `"${tier.name}" with /${prefixLength} subnets` };
    if (prefixLength > 28) {
      const reason = `AWS takes no subnet smaller than /28, and newBits ${tier.newBits} of a /${vpc.prefixLength} is smaller`;
      problems.push({ ...at, reason, remedy: "Enlarge the VPC or take fewer new bits" });
    } else if (prefixLength < slotPrefix) {
      const reason = `each zone has a /${slotPrefix} of this VPC`;
      problems.push({ ...at, reason, remedy: `Enlarge the VPC or take /${slotPrefix} to /28` });
    }
  });
  if (problems.length > 0) return problems;
  const offsets = tierOffsets(vpc, request.tiers);
  const misfit = request.tiers.findIndex(
    (tier, index) => (offsets[index] as number) + cidrSize(tierPrefixLength(vpc, tier)) > slot,
  );
  if (misfit >= 0) {
    const tier = request.tiers[misfit] as SubnetTier;
    const reason = `the tiers before it leave no room in the /${slotPrefix} (${slot} addresses) that each zone has`;
    const remedy = "Enlarge the VPC, take smaller subnets, or add a further block to the VPC and plan it on its own";
    problems.push({
      path: `tiers[${misfit}]`,
      found: `"${tier.name}" with /${tierPrefixLength(vpc, tier)} subnets`,
      reason,
      remedy,
    });
  }
  return problems;
}

function tierOffsets(vpc: CidrBlock, tiers: readonly SubnetTier[]): number[] {
  let next = 0;
  return tiers.map((tier) => {
    const size = cidrSize(tierPrefixLength(vpc, tier));
    const offset = Math.ceil(next / size) * size;
    next = offset + size;
    return offset;
  });
}

function tierPrefixLength(vpc: CidrBlock, tier: SubnetTier): number {
  return tier.prefixLength ?? vpc.prefixLength + (tier.newBits as number);
}

function isWholeBetween(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}
