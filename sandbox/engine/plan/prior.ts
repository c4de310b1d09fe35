import type { ResourceState } from "../state/types";
import { parseReference } from "../urn";

/** The URNs that a resource needs: those it depends on by itself, and its provider's. */
function neededUrns(resource: ResourceState): Set<string> {
  const urns = new Set(resource.dependencies);
  for (const list of Object.values(resource.propertyDependencies ?? {})) for (const urn of list) urns.add(urn);
  if (resource.deletedWith) urns.add(resource.deletedWith);
  if (resource.provider) urns.add(parseReference(resource.provider).urn);
  return urns;
}

/** What the last run has left, in the order of dependencies. */
export class Prior {
  /** Resources by URN, without those that only wait to be deleted. */
  readonly live = new Map<string, ResourceState>();
  private readonly positions = new Map<ResourceState, number>();
  private readonly byUrn = new Map<string, number[]>();
  private readonly children = new Map<string, number[]>();

  constructor(readonly resources: readonly ResourceState[]) {
    for (const [at, resource] of resources.entries()) {
      this.positions.set(resource, at);
      if (!resource.delete) this.live.set(resource.urn, resource);
      append(this.byUrn, resource.urn, at);
      if (resource.parent) append(this.children, resource.parent, at);
    }
  }

  has(resource: ResourceState): boolean {
    return this.positions.has(resource);
  }

  /** Everything that directly or indirectly needs the resource, in the order of dependencies. Being a child is no need. */
  dependents(root: ResourceState, ignored: ReadonlySet<string>): ResourceState[] {
    const start = this.positions.get(root);
    if (start === undefined) return [];
    const found = new Set([root.urn]);
    return this.resources.slice(start + 1).filter((candidate) => {
      if (ignored.has(candidate.urn) || ![...neededUrns(candidate)].some((urn) => found.has(urn))) return false;
      found.add(candidate.urn);
      return true;
    });
  }

  /** What has to outlive the resource: what it needs, its parent, and the children that a component it needs had by then. */
  dependencies(resource: ResourceState): Set<ResourceState> {
    const end = this.positions.get(resource) ?? 0;
    const found = new Set<ResourceState>();
    const take = (positions: readonly number[] | undefined): void => {
      for (const at of positions ?? []) {
        const candidate = this.resources[at];
        if (at < end && candidate !== undefined) found.add(candidate);
      }
    };
    for (const urn of neededUrns(resource)) {
      take(this.byUrn.get(urn));
      if (this.live.get(urn)?.custom === false) this.takeDescendants(urn, take);
    }
    if (resource.parent) take(this.byUrn.get(resource.parent));
    return found;
  }

  private takeDescendants(urn: string, take: (positions: readonly number[] | undefined) => void): void {
    const positions = this.children.get(urn);
    take(positions);
    for (const at of positions ?? []) {
      const child = this.resources[at];
      if (child !== undefined && !child.custom) this.takeDescendants(child.urn, take);
    }
  }
}

function append(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
