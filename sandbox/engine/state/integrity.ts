import { createUrn, isProviderType, parseReference, parseUrn, referenceTo, rootStackType } from "../urn";
import type { ResourceState } from "./types";

export interface IntegrityProblem {
  path: string;
  problem: string;
}

/**
 * What Pulumi demands of the list of resources: every resource comes after its provider, parent and dependencies, and at most one of those with a URN
 * is not waiting to be deleted. Source: Pulumi's `Snapshot.VerifyIntegrity`.
 */
export function integrityProblems(resources: readonly ResourceState[]): IntegrityProblem[] {
  const problems: IntegrityProblem[] = [];
  const all = new Set(resources.map(({ urn }) => urn));
  const seen = new Set<string>();
  const live = new Set<string>();
  const providers = new Set<string>();
  for (const [at, resource] of resources.entries()) {
    const path = `resources[${at}]`;
    const { urn } = resource;
    for (const { field, target } of referencesOf(resource)) {
      if (seen.has(target)) continue;
      const problem = all.has(target) ? "comes after it in the list" : "is not in the state";
      problems.push({
        path: `${path}.${field}`,
        problem: `${target} ${problem} (of ${urn})`,
      });
    }
    const { provider } = resource;
    if (provider !== undefined && provider !== "" && !providers.has(provider) && !resource.pendingReplacement) {
      problems.push({
        path: `${path}.provider`,
        problem: `${provider} is not a provider earlier in the list (of ${urn})`,
      });
    }
    if (!resource.custom && resource.id !== undefined && resource.id !== "") {
      problems.push({
        path: `${path}.id`,
        problem: `a component has no id (${urn})`,
      });
    }
    if (isProviderType(resource.type)) providers.add(referenceTo(urn, resource.id ?? ""));
    if (!resource.delete && live.has(urn))
      problems.push({
        path: `${path}.urn`,
        problem: `${urn} is in the state twice`,
      });
    if (!resource.delete) live.add(urn);
    seen.add(urn);
  }
  return problems;
}

function referencesOf(resource: ResourceState): { field: string; target: string }[] {
  const found: { field: string; target: string }[] = [];
  const add = (field: string, target: string | undefined): void => {
    if (target !== undefined && target !== "") found.push({ field, target });
  };
  add("parent", resource.parent);
  for (const [at, urn] of (resource.dependencies ?? []).entries()) add(`dependencies[${at}]`, urn);
  for (const [key, urns] of Object.entries(resource.propertyDependencies ?? {})) {
    for (const urn of urns) add(`propertyDependencies.${key}`, urn);
  }
  add("deletedWith", resource.deletedWith);
  return found;
}

/**
 * The list without aliases: whatever still refers to a resource by a name it no longer has refers to its new one, and children of a renamed or moved
 * parent are renamed with it. Resources that need no change are passed on as they are. Source: Pulumi's `NormalizeURNReferences`.
 */
export function withoutAliases(resources: readonly ResourceState[]): ResourceState[] {
  const renamed = new Map<string, string>();
  for (const resource of resources) {
    for (const alias of resource.aliases ?? []) if (alias !== resource.urn) renamed.set(alias, resource.urn);
    const parent = resource.parent === undefined ? undefined : renamed.get(resource.parent);
    if (parent === undefined || parseUrn(parent).qualifiedType === rootStackType) continue;
    const { stack, project, type, name } = parseUrn(resource.urn);
    const urn = createUrn(stack, project, parent, type, name);
    if (urn !== resource.urn) renamed.set(resource.urn, urn);
  }
  const current = (urn: string): string => renamed.get(urn) ?? urn;
  return resources.map((resource) => {
    const affected =
      (resource.aliases?.length ?? 0) > 0 ||
      renamed.has(resource.urn) ||
      referencesOf(resource).some(({ target }) => renamed.has(target)) ||
      (resource.viewOf !== undefined && renamed.has(resource.viewOf)) ||
      (resource.provider !== undefined &&
        resource.provider !== "" &&
        renamed.has(parseReference(resource.provider).urn));
    return affected ? renamedResource(resource, current) : resource;
  });
}

function renamedResource(resource: ResourceState, current: (urn: string) => string): ResourceState {
  const { aliases: _aliases, ...kept } = resource;
  const result: ResourceState = { ...kept, urn: current(resource.urn) };
  for (const field of ["parent", "deletedWith", "viewOf"] as const) {
    const urn = resource[field];
    if (urn !== undefined) result[field] = current(urn);
  }
  if (resource.provider !== undefined && resource.provider !== "") {
    const { urn, id } = parseReference(resource.provider);
    result.provider = referenceTo(current(urn), id);
  }
  if (resource.dependencies !== undefined) result.dependencies = resource.dependencies.map(current);
  if (resource.propertyDependencies !== undefined) {
    result.propertyDependencies = Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([key, urns]) => [key, urns.map(current)]),
    );
  }
  return result;
}
