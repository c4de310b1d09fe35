import { type Property, type Reading, UNKNOWN } from "../property";
import type { StackIndex, StackResource } from "../stack-index";
import type { TemplatedArgs } from "../types/kubernetes-workloads";
import { type PodView, podsOf } from "./pod";
import { metadataOf } from "./tiers";

/** Workloads that answer requests, which rules about availability are for. */
export const SERVING_TYPES = ["kubernetes:apps/v1:Deployment", "kubernetes:apps/v1:StatefulSet"] as const;

export interface ServingWorkload {
  readonly resource: StackResource;
  readonly pod: PodView;
  readonly spec: Property<NonNullable<TemplatedArgs["spec"]>>;
}

export function servingWorkloads(index: StackIndex): readonly ServingWorkload[] {
  return podsOf(index).flatMap(({ resource, pod }) => {
    if (!(SERVING_TYPES as readonly string[]).includes(resource.type)) return [];
    const args = (resource.inputs ?? resource.properties) as unknown as Property<TemplatedArgs>;
    return [{ resource, pod, spec: args.get("spec") as ServingWorkload["spec"] }];
  });
}

/** How many pods a workload has; one where it does not say. */
export function replicasOf({ spec }: ServingWorkload): number | typeof UNKNOWN {
  return spec.get("replicas").number() ?? 1;
}

/** Whether two objects of one stack are in the same namespace. */
export function inSameNamespace(one: StackResource, other: StackResource): Reading<boolean> {
  const [a, b] = [one, other].map((resource) => metadataOf(resource).get("namespace").text());
  return a === UNKNOWN || b === UNKNOWN ? UNKNOWN : a === b;
}
