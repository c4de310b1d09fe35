import { addressBudgetProblems, findInstanceType, planNetwork, usableAddresses } from "gabion-knowledge";
import type { CheckContext } from "../check";
import type { FoundationSettings } from "../foundation";
import type { Partly } from "../parse";
import type { PathSegment } from "../problem";

/** Pods with addresses of their own that a node is expected to run: what components take where they are told nothing. */
const EXPECTED_PODS = 20;

/** How many addresses nodes and pods of a pool have to share, in one zone or in all, those of pods' own subnets too. */
export function addressesIn({ network }: Pick<FoundationSettings, "network">, zone: string | undefined): number {
  const { cidr, zones, podCidr } = network;
  const request = { cidr, zones, egress: network.egress === undefined ? "none" : "inspected" } as const;
  return planNetwork(podCidr === undefined ? request : { ...request, podCidr })
    .filter((subnet) => subnet.tier === "pod" || subnet.tier === "workload")
    .filter((subnet) => zone === undefined || subnet.zone === zone)
    .reduce((sum, subnet) => sum + usableAddresses(Number(subnet.cidr.split("/")[1])), 0);
}

interface Pool {
  readonly instanceType?: string | undefined;
  readonly instanceTypes?: readonly (string | undefined)[] | undefined;
  readonly zone?: string | undefined;
  readonly maxSize?: number | undefined;
}

/** Pools that would use up the addresses of their subnets. Each is held against all of them, as nobody knows what runs together. */
export function checkAddresses(context: CheckContext<FoundationSettings>): void {
  const { settings } = context;
  if (settings.network === undefined || !context.isSound("network") || !context.isSound("cluster")) return;
  for (const kind of ["nodePools", "gpuPools", "attestedPools"] as const) {
    (settings[kind] ?? []).forEach((pool: Partly<Pool> | undefined, index) => {
      if (pool === undefined || !context.isSound(kind, index)) return;
      checkPool(context, pool, [kind, index, "maxSize"]);
    });
  }
}

function checkPool(context: CheckContext<FoundationSettings>, pool: Partly<Pool>, path: PathSegment[]): void {
  const { maxSize, zone, instanceType, instanceTypes } = pool;
  if (maxSize === undefined) return;
  const available = addressesIn(context.settings as FoundationSettings, zone);
  const targets = context.settings.cluster?.warmTargets;
  const budget = { nodes: maxSize, pods: EXPECTED_PODS, targets, available, path: "maxSize" };
  const names = instanceType === undefined ? (instanceTypes ?? []) : [instanceType];
  const types = names.flatMap((name) => (name === undefined ? [] : (findInstanceType(name) ?? [])));
  const [problem] = types.flatMap((type) => addressBudgetProblems({ ...budget, type }));
  if (problem !== undefined) context.report(path, { reason: problem.reason, remedy: problem.remedy });
}
