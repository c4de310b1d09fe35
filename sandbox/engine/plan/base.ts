import type { Recorder } from "../execute/recorder";
import type { RefreshStep } from "../execute/refresh";
import type { ResourceState } from "../state/types";
import { sameProperties, sameSet } from "../values/compare";

/**
 * Takes over what a refresh has found: the resources change in place, those that are gone are taken out, and nobody refers to them any more. All of it is one
 * change of the state. Returns the resources that are left, in order.
 */
export function takeOverRefresh(
  resources: readonly ResourceState[],
  steps: ReadonlyMap<ResourceState, RefreshStep>,
  recorder: Recorder,
): ResourceState[] {
  const left: ResourceState[] = [];
  const there = new Set<string>();
  const parents = new Map<string, string | undefined>();
  for (const resource of resources) {
    const step = steps.get(resource);
    const found = step === undefined ? resource : step.refreshed();
    if (found === undefined) {
      recorder.removed(resource);
      // Its children go to its own parent.
      parents.set(resource.urn, resource.parent);
      continue;
    }
    const repaired = withoutDangling(found, there);
    while (repaired.parent !== undefined && !there.has(repaired.parent)) {
      const parent = parents.get(repaired.parent);
      if (parent === undefined) delete repaired.parent;
      else repaired.parent = parent;
    }
    if (differs(resource, repaired)) {
      for (const key of Object.keys(resource)) delete (resource as unknown as Record<string, unknown>)[key];
      Object.assign(resource, repaired);
      recorder.updated(resource);
    }
    left.push(resource);
    there.add(resource.urn);
  }
  return left;
}

function withoutDangling(state: ResourceState, there: ReadonlySet<string>): ResourceState {
  const result = { ...state };
  if (result.dependencies !== undefined) result.dependencies = result.dependencies.filter((urn) => there.has(urn));
  if (result.propertyDependencies !== undefined) {
    const left = Object.entries(result.propertyDependencies)
      .map(([key, urns]) => [key, urns.filter((urn) => there.has(urn))] as const)
      .filter(([, urns]) => urns.length > 0);
    if (left.length === 0) delete result.propertyDependencies;
    else result.propertyDependencies = Object.fromEntries(left);
  }
  if (result.deletedWith !== undefined && !there.has(result.deletedWith)) delete result.deletedWith;
  return result;
}

const differs = (before: ResourceState, now: ResourceState): boolean =>
  before.id !== now.id ||
  before.parent !== now.parent ||
  before.deletedWith !== now.deletedWith ||
  before.modified !== now.modified ||
  before.refreshBeforeUpdate !== now.refreshBeforeUpdate ||
  !sameProperties(before.inputs, now.inputs) ||
  !sameProperties(before.outputs, now.outputs) ||
  !sameSet(before.dependencies, now.dependencies) ||
  !sameSet(before.initErrors, now.initErrors) ||
  !sameProperties(before.propertyDependencies, now.propertyDependencies);
