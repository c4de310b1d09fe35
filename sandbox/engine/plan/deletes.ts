import type { Step } from "../execute/step";
import type { ResourceState } from "../state/types";
import { hooksOf } from "./goal";
import type { Prior } from "./prior";

/**
 * Deletes resources, each as soon as everything that needs it is gone. What something still needs, because its deletion failed, is left alone. False when not all
 * were deleted.
 */
export async function deleteInOrder(
  steps: readonly Step[],
  prior: Prior,
  execute: (steps: Step[]) => Promise<boolean>,
): Promise<boolean> {
  const byState = new Map<ResourceState, Step>();
  for (const step of steps) if (step.old !== undefined) byState.set(step.old, step);
  const needing = new Map<ResourceState, Promise<boolean>[]>();
  const all: Promise<boolean>[] = [];
  // Whatever needs a resource comes after it in the list.
  for (const resource of [...prior.resources].reverse()) {
    const step = byState.get(resource);
    if (step === undefined) continue;
    const done = deleteAfter(needing.get(resource) ?? [], () => execute([step]));
    all.push(done);
    for (const dependency of prior.dependencies(resource)) {
      if (!byState.has(dependency)) continue;
      const list = needing.get(dependency);
      if (list === undefined) needing.set(dependency, [done]);
      else list.push(done);
    }
  }
  return (await Promise.all(all)).every(Boolean);
}

/** The resources whose deletion somebody wants to be told of, with the names of the hooks. */
export const deletionHooks = (resources: readonly ResourceState[]): { urn: string; names: string[] }[] =>
  resources
    .map((state) => ({ urn: state.urn, names: [...hooksOf(state, "BeforeDelete"), ...hooksOf(state, "AfterDelete")] }))
    .filter(({ names }) => names.length > 0);

async function deleteAfter(others: readonly Promise<boolean>[], remove: () => Promise<boolean>): Promise<boolean> {
  return (await Promise.all(others)).every(Boolean) && (await remove());
}
