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
  /** URN to the positions of what needs it; made when the first asks for dependents. */
  private needing: Map<string, number[]> | undefined;

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
  dependents(root: ResourceState, isIgnored: (urn: string) => boolean): ResourceState[] {
    const start = this.positions.get(root);
    if (start === undefined) return [];
    this.needing ??= this.needingByUrn();
    const found = new Set<number>();
    const left = [start];
    for (let at = left.pop(); at !== undefined; at = left.pop()) {
      for (const candidate of this.needing.get(this.urnAt(at)) ?? []) {
        // Only what comes later can need it; an earlier resource of the same URN is another one.
        if (candidate <= at || found.has(candidate) || isIgnored(this.urnAt(candidate))) continue;
        found.add(candidate);
        left.push(candidate);
      }
    }
    return [...found].sort((one, other) => one - other).map((at) => this.resources[at] as ResourceState);
  }

  private urnAt(at: number): string {
    return (this.resources[at] as ResourceState).urn;
  }

  private needingByUrn(): Map<string, number[]> {
    const needing = new Map<string, number[]>();
    for (const [at, resource] of this.resources.entries()) {
      for (const urn of neededUrns(resource)) append(needing, urn, at);
    }
    return needing;
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
