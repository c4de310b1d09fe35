import type { InstanceTypeFacts } from "../compute/instance-types";
import { type Problem, printable } from "../problem";
import { documented, type Source } from "../source";

/**
 * Capacity Blocks in managed node groups. EKS scales such a group to 0 forty minutes before the block ends, by a scheduled action of
 * its Auto Scaling group named "Amazon EKS Node Group Capacity Scaledown Before Reservation End"; EC2 ends what is left ten minutes
 * later. That action is not to be edited or deleted. Before the block starts nothing can be launched, and EKS does not check that
 * what was launched joined the cluster.
 */
export const CAPACITY_BLOCK_SOURCE: Source = documented(
  "EKS User Guide, `capacity-blocks-mng.adoc`",
  "type and reservation in the launch template, one subnet in the zone of the block, desired size 0 for upgrades",
);

export const CAPACITY_RESERVATION_SOURCE: Source = documented(
  "EC2 API reference, `CapacityReservationSpecification`",
  "an instance that targets a reservation starts in it or not at all",
);

/** Reserved capacity that nodes are launched into. At most one of the three; each may be known only later. */
export interface ReservedCapacity {
  readonly capacityBlockId?: unknown;
  readonly capacityReservationId?: unknown;
  readonly capacityReservationGroupArn?: unknown;
}

const KINDS = ["capacityBlockId", "capacityReservationId", "capacityReservationGroupArn"] as const;

export interface ReservedPool {
  readonly type: InstanceTypeFacts | undefined;
  readonly minSize: number;
  readonly desiredSize: number | undefined;
  /** How many subnets the pool has; undefined when that is known only later. */
  readonly subnets: number | undefined;
}

/** Why a pool cannot run in the reserved capacity that it names; empty when it can, or names none. */
export function reservedCapacityProblems(capacity: ReservedCapacity, pool: ReservedPool): Problem[] {
  const given = KINDS.filter((kind) => capacity[kind] !== undefined);
  const [kind, ...more] = given;
  if (kind === undefined) return [];
  const problems: Problem[] = more.map((other) => ({
    path: other,
    found: printable(capacity[other]),
    reason: `an instance is launched into one reservation, and ${kind} names another`,
    remedy: "Name one of them, and make a pool for each",
  }));
  problems.push(...formProblems(kind, capacity[kind]));
  if (kind !== "capacityReservationGroupArn" && pool.subnets !== undefined && pool.subnets !== 1) {
    const reason = "a reservation is in one zone, and nodes in another would never start";
    const remedy = "Give the one subnet in the zone of the reservation";
    problems.push({ path: "subnetIds", found: `a list of ${pool.subnets}`, reason, remedy });
  }
  return kind === "capacityBlockId" ? [...problems, ...blockProblems(pool)] : problems;
}

function formProblems(kind: (typeof KINDS)[number], value: unknown): Problem[] {
  if (typeof value !== "string") return [];
  const isGroup = kind === "capacityReservationGroupArn";
  const form = isGroup ? /^arn:[a-z-]+:resource-groups:[a-z0-9-]+:\d{12}:group\/.+$/ : /^cr-[0-9a-f]{8,17}$/;
  if (form.test(value)) return [];
  const what = isGroup ? "the ARN of a resource group" : "the id of a capacity reservation";
  const remedy = isGroup
    ? 'Give "arn:aws:resource-groups:…:group/…"'
    : 'Give it as EC2 does, "cr-" and hexadecimal digits';
  return [{ path: kind, found: printable(value), reason: `it is not ${what}`, remedy }];
}

function blockProblems({ type, minSize, desiredSize }: ReservedPool): Problem[] {
  const problems: Problem[] = [];
  if (type !== undefined && !type.capacityBlock) {
    const reason = `there are no Capacity Blocks of ${type.name}`;
    const remedy = "Reserve on-demand capacity instead, or take a type of the families p4, p5, p6 or trn that has them";
    problems.push({ path: "capacityBlockId", found: printable(type.name), reason, remedy });
  }
  for (const [path, value] of [
    ["minSize", minSize],
    ["desiredSize", desiredSize],
  ] as const) {
    if (value === undefined || value === 0) continue;
    const reason =
      "before the block starts and after it ended no node can be launched, and EKS itself scales the pool to 0";
    const remedy = "Write 0, and scale the pool up when the block starts, by the cluster's autoscaler or by hand";
    problems.push({ path, found: printable(value), reason, remedy });
  }
  return problems;
}
