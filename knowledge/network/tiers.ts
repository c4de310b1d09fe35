import type { Problem } from "../problem";
import { type CidrPlanRequest, cidrPlanProblems, type SubnetTier } from "./cidr-plan";

/**
 * The tiers of a private network, in the order of allocation. Of the eighth of the VPC that a zone has, nodes and pods get half,
 * interface endpoints a quarter, and the network interfaces of the EKS control plane an eighth; the last eighth is kept for a tier
 * that may be appended. EKS asks for 16 addresses in each control plane subnet (EKS User Guide, "Subnet requirements").
 */
export const NETWORK_TIERS: readonly SubnetTier[] = [
  { name: "workload", newBits: 4 },
  { name: "endpoint", newBits: 5 },
  { name: "control-plane", newBits: 6 },
];

/** The smallest VPC that {@link NETWORK_TIERS} fit in, as the length of its prefix. */
export const LONGEST_NETWORK_PREFIX = 22;

/** What is wrong with the block and the zones of a private network, with the paths `cidr` and `zones`. */
export function privateNetworkProblems(cidr: string, zones: readonly string[]): Problem[] {
  const request: CidrPlanRequest = { vpcCidr: cidr, zones, tiers: NETWORK_TIERS };
  const problems = cidrPlanProblems(request).map((problem) =>
    problem.path.startsWith("zones")
      ? problem
      : { ...problem, path: "cidr", found: problem.path.startsWith("tiers") ? `"${cidr}"` : problem.found },
  );
  if (!problems.some(({ path, found }) => path === "cidr" && found === `"${cidr}"`)) return problems;
  const small = Number(cidr.split("/")[1]) > LONGEST_NETWORK_PREFIX;
  return small ? [...problems.filter(({ path }) => path !== "cidr"), tooSmall(cidr)] : problems;
}

function tooSmall(cidr: string): Problem {
  return {
    path: "cidr",
    found: `"${cidr}"`,
    reason: "its subnets would be smaller than the /28 that AWS takes",
    remedy: `Take a private IPv4 block of /16 to /${LONGEST_NETWORK_PREFIX}`,
  };
}
