import type { InstanceTypeFacts } from "../compute/instance-types";
import { type Problem, printable } from "../problem";
import { documented, type Source } from "../source";

/**
 * How many addresses the VPC CNI keeps ready on every node of a cluster. It reads them from its environment, so they cannot differ
 * from pool to pool (aws/containers-roadmap 1834).
 */
export interface WarmTargets {
  /** Whole network interfaces that stand by, `WARM_ENI_TARGET`. The CNI's own default is 1; it does not count with the two below. */
  readonly warmEnis?: number | undefined;
  /** Addresses that stand by beyond those in use, `WARM_IP_TARGET`. */
  readonly warmIps?: number | undefined;
  /** Addresses that a node has from its start, `MINIMUM_IP_TARGET`. */
  readonly minimumIps?: number | undefined;
  /** Whether interfaces get blocks of 16 addresses instead of single ones, `ENABLE_PREFIX_DELEGATION`. */
  readonly prefixDelegation?: boolean | undefined;
}

export const WARM_TARGETS_SOURCE: Source = documented(
  "aws/amazon-vpc-cni-k8s, `docs/eni-and-ip-target.md` and `docs/prefix-and-ip-target.md`",
);

/** Addresses of a subnet that AWS keeps: the first four and the last (VPC User Guide, Subnet sizing). */
const RESERVED_IN_SUBNET = 5;
const PREFIX = 16;

/** Addresses that a subnet of a size can give, for example 251 for a /24. */
export function usableAddresses(prefixLength: number): number {
  return Math.max(0, 2 ** (32 - prefixLength) - RESERVED_IN_SUBNET);
}

/** The environment of the CNI for these targets; empty for none. */
export function cniEnvironment(targets: WarmTargets): Record<string, string> {
  const entries: [string, number | boolean | undefined][] = [
    ["WARM_ENI_TARGET", targets.warmEnis],
    ["WARM_IP_TARGET", targets.warmIps],
    ["MINIMUM_IP_TARGET", targets.minimumIps],
    ["ENABLE_PREFIX_DELEGATION", targets.prefixDelegation],
  ];
  return Object.fromEntries(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])));
}

export function warmTargetProblems(targets: WarmTargets | undefined, path: string): Problem[] {
  if (targets === undefined) return [];
  const problems: Problem[] = [];
  for (const key of ["warmEnis", "warmIps", "minimumIps"] as const) {
    const value = targets[key];
    if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= 250)) continue;
    const remedy = "Give a whole number from 0 to 250";
    problems.push({ path: `${path}.${key}`, found: printable(value), reason: "it is out of range", remedy });
  }
  if (targets.warmEnis !== undefined && (targets.warmIps !== undefined || targets.minimumIps !== undefined)) {
    const reason = "the CNI ignores it where warmIps or minimumIps is set";
    const found = printable(targets.warmEnis);
    problems.push({ path: `${path}.warmEnis`, found, reason, remedy: "Leave out the one or the others" });
  }
  if (targets.warmIps === 0 && (targets.minimumIps ?? 0) === 0) {
    const reason = "every new pod would wait for a call to EC2, and those are throttled";
    const remedy = "Give 1 or more, or a minimumIps that fits the usual number of pods";
    problems.push({ path: `${path}.warmIps`, found: "0", reason, remedy });
  }
  return problems;
}

/**
 * Addresses of its subnet that a node holds when it runs a number of pods that have addresses of their own. `efa-only` interfaces
 * have none, so a node with EFA holds no more than one without; but types with EFA have 50 addresses on an interface, and the CNI
 * without targets keeps two interfaces even for a handful of pods.
 */
export function addressesPerNode(type: InstanceTypeFacts, pods: number, targets: WarmTargets = {}): number {
  // The first address of an interface is the interface's own.
  const slots = Math.max(1, type.addressesPerInterface - 1);
  const interfaces = (wanted: number) => Math.min(type.interfacesPerCard, Math.max(1, Math.ceil(wanted / slots)));
  const byAddress = targets.warmIps !== undefined || targets.minimumIps !== undefined;
  const wanted = Math.max(targets.minimumIps ?? 0, pods + (targets.warmIps ?? 0));
  if (targets.prefixDelegation === true) {
    // One whole prefix stands by where no target says otherwise.
    const prefixes = byAddress ? Math.ceil(wanted / PREFIX) : Math.ceil(pods / PREFIX) + 1;
    const attached = interfaces(prefixes);
    return Math.min(prefixes, attached * slots) * PREFIX + attached;
  }
  if (byAddress) {
    const attached = interfaces(wanted);
    return Math.min(wanted, attached * slots) + attached;
  }
  const attached = Math.min(type.interfacesPerCard, interfaces(pods) + (targets.warmEnis ?? 1));
  return attached * type.addressesPerInterface;
}

export interface AddressBudget {
  readonly type: InstanceTypeFacts;
  /** The most nodes that there can be at once. */
  readonly nodes: number;
  /** Pods with addresses of their own on a node. */
  readonly pods: number;
  readonly targets: WarmTargets | undefined;
  /** Addresses that the pool's subnets can give together. */
  readonly available: number;
  /** Where the number of nodes and the targets are given. */
  readonly path: string;
}

/** That a pool of a size would use up its subnets: nodes then stay without pods' addresses, and other nodes get none. */
export function addressBudgetProblems({ type, nodes, pods, targets, available, path }: AddressBudget): Problem[] {
  const each = addressesPerNode(type, pods, targets);
  if (each * nodes <= available) return [];
  const reason =
    `${nodes} nodes of ${type.name} with ${pods} pods each hold ${each} addresses each, ${each * nodes} together, ` +
    `and the subnets have ${available}`;
  const lean = addressesPerNode(type, pods, { warmIps: 2, minimumIps: pods });
  const remedy =
    lean < each
      ? `Set warm targets of the cluster (minimumIps ${pods} and warmIps 2 need ${lean} a node), take larger subnets, or at most ${Math.floor(available / each)} nodes`
      : `Take larger subnets, or at most ${Math.floor(available / each)} nodes`;
  return [{ path, found: printable(nodes), reason, remedy }];
}
