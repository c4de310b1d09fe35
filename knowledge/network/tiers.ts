import { type Problem, printable } from "../problem";
import { type CidrBlock, contains, overlaps, parseCidr } from "./cidr";
import { type CidrPlanRequest, cidrPlanProblems, type PlannedSubnet, planSubnets, type SubnetTier } from "./cidr-plan";

/**
 * The tiers of a private network, in the order of allocation. Of the eighth of the VPC that a zone has, nodes and pods get half,
 * interface endpoints a quarter, and the network interfaces of the EKS control plane an eighth; the last eighth is kept for tiers
 * that may be appended. EKS asks for 16 addresses in each control plane subnet (EKS User Guide, "Subnet requirements").
 */
export const NETWORK_TIERS: readonly SubnetTier[] = [
  { name: "workload", newBits: 4 },
  { name: "endpoint", newBits: 5 },
  { name: "control-plane", newBits: 6 },
];

/**
 * What inspected egress appends: the firewall's endpoints and the NAT gateways, each in the smallest subnet that AWS has. A firewall
 * endpoint takes one address and wants its subnet for itself (Network Firewall Developer Guide, "VPC and subnets").
 */
export const EGRESS_TIERS: readonly SubnetTier[] = [
  { name: "inspection", prefixLength: 28 },
  { name: "public", prefixLength: 28 },
];

/** The tiers whose traffic may leave through the firewall of their zone. */
export const PRIVATE_TIERS: readonly string[] = [...NETWORK_TIERS.map(({ name }) => name), "pod"];

/** Every zone gets an eighth of the pods' block. */
const POD_TIER: SubnetTier = { name: "pod", newBits: 3 };

/** The range that a block of pods alone lies in: shared address space (RFC 6598), which VPCs take beside any private range. */
export const POD_RANGE = "100.64.0.0/10";

/** The smallest VPC that {@link NETWORK_TIERS} fit in, as the length of its prefix. */
export const LONGEST_NETWORK_PREFIX = 22;

/** The smallest VPC that {@link EGRESS_TIERS} fit in as well. */
export const LONGEST_INSPECTED_PREFIX = 21;

/** How workloads of a network reach the internet: not at all, or through a firewall that knows the names they may reach. */
export type NetworkEgressMode = "none" | "inspected";

export interface NetworkPlanRequest {
  /** IPv4 block of the VPC. */
  readonly cidr: string;
  readonly zones: readonly string[];
  readonly egress: NetworkEgressMode;
  /** A second block of the VPC for pods alone, inside {@link POD_RANGE}. */
  readonly podCidr?: string;
}

/**
 * All subnets of a network, by tier, then by zone. Nothing moves when a zone is appended, when egress becomes inspected, or when pods get a
 * block of their own.
 *
 * @throws KnowledgeError with everything that is wrong with the request.
 */
export function planNetwork({ cidr, zones, egress, podCidr }: NetworkPlanRequest): readonly PlannedSubnet[] {
  const { subnets } = planSubnets({ vpcCidr: cidr, zones, tiers: tiersOf(egress) });
  if (podCidr === undefined) return subnets;
  return [...subnets, ...planSubnets({ vpcCidr: podCidr, zones, tiers: [POD_TIER] }).subnets];
}

/** Blocks of a zone that leave through its firewall and that answers must come back to through the same one. */
export function privateBlocks(plan: readonly PlannedSubnet[], zone: string): string[] {
  return plan.filter((subnet) => subnet.zone === zone && PRIVATE_TIERS.includes(subnet.tier)).map(({ cidr }) => cidr);
}

/** What is wrong with the blocks and the zones of a private network, with the paths `cidr`, `zones` and `podCidr`. */
export function privateNetworkProblems(
  cidr: string,
  zones: readonly string[],
  { egress = "none", podCidr }: Partial<Pick<NetworkPlanRequest, "egress" | "podCidr">> = {},
): Problem[] {
  const problems = vpcProblems(cidr, zones, egress);
  return podCidr === undefined ? problems : [...problems, ...podCidrProblems(podCidr, cidr, zones)];
}

function tiersOf(egress: NetworkEgressMode): readonly SubnetTier[] {
  return egress === "inspected" ? [...NETWORK_TIERS, ...EGRESS_TIERS] : NETWORK_TIERS;
}

function vpcProblems(cidr: string, zones: readonly string[], egress: NetworkEgressMode): Problem[] {
  const request: CidrPlanRequest = { vpcCidr: cidr, zones, tiers: tiersOf(egress) };
  const problems = cidrPlanProblems(request).map((problem) =>
    problem.path.startsWith("zones")
      ? problem
      : { ...problem, path: "cidr", found: problem.path.startsWith("tiers") ? `"${cidr}"` : problem.found },
  );
  if (!problems.some(({ path, found }) => path === "cidr" && found === `"${cidr}"`)) return problems;
  const small = Number(cidr.split("/")[1]) > longestPrefix(egress);
  return small ? [...problems.filter(({ path }) => path !== "cidr"), tooSmall(cidr, egress)] : problems;
}

function longestPrefix(egress: NetworkEgressMode): number {
  return egress === "inspected" ? LONGEST_INSPECTED_PREFIX : LONGEST_NETWORK_PREFIX;
}

function tooSmall(cidr: string, egress: NetworkEgressMode): Problem {
  const withFirewall = egress === "inspected" ? ", those of firewall and NAT included" : "";
  return {
    path: "cidr",
    found: `"${cidr}"`,
    reason: `its subnets would be smaller than the /28 that AWS takes${withFirewall}`,
    remedy: `Take a private IPv4 block of /16 to /${longestPrefix(egress)}`,
  };
}

function podCidrProblems(podCidr: string, cidr: string, zones: readonly string[]): Problem[] {
  const path = "podCidr";
  const found = printable(podCidr);
  const problems = cidrPlanProblems({ vpcCidr: podCidr, zones, tiers: [POD_TIER] })
    .filter((problem) => !problem.path.startsWith("zones"))
    .map((problem) => ({ ...problem, path }));
  if (problems.length > 0) return problems;
  const block = parseCidr(podCidr) as CidrBlock;
  const vpc = parseCidr(cidr);
  if (!contains(parseCidr(POD_RANGE) as CidrBlock, block)) {
    const reason = `pods alone get a block of ${POD_RANGE}, which every VPC takes as a second one`;
    problems.push({ path, found, reason, remedy: 'Take one of it, for example "100.64.0.0/16"' });
  }
  if (vpc !== undefined && overlaps(vpc, block)) {
    problems.push({ path, found, reason: `it overlaps the VPC's own ${cidr}`, remedy: "Take another block" });
  }
  return problems;
}
