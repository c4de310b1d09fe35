import type { WorldResource } from "./model";

/** What the account is asked most often, kept up to date with every change: resources by type, and what names or holds them. */
export class ResourceIndex {
  private readonly types = new Map<string, Map<string, WorldResource>>();
  private readonly naming = new Map<string, Map<string, WorldResource>>();
  private readonly holding = new Map<string, Map<string, WorldResource>>();

  constructor(resources: Iterable<WorldResource>) {
    for (const resource of resources) this.replace(undefined, resource);
  }

  replace(before: WorldResource | undefined, after: WorldResource | undefined): void {
    if (before !== undefined) {
      this.types.get(before.type)?.delete(before.key);
      for (const key of before.refers) this.naming.get(key)?.delete(before.key);
      for (const key of before.holds) this.holding.get(key)?.delete(before.key);
    }
    if (after === undefined) return;
    put(this.types, after.type, after);
    for (const key of after.refers) put(this.naming, key, after);
    for (const key of after.holds) put(this.holding, key, after);
  }

  ofType(type: string): WorldResource[] {
    return [...(this.types.get(type)?.values() ?? [])];
  }

  referrers(key: string): WorldResource[] {
    return [...(this.naming.get(key)?.values() ?? [])];
  }

  holders(key: string): WorldResource[] {
    return [...(this.holding.get(key)?.values() ?? [])];
  }
}

function put(index: Map<string, Map<string, WorldResource>>, name: string, resource: WorldResource): void {
  const known = index.get(name);
  if (known === undefined) index.set(name, new Map([[resource.key, resource]]));
  else known.set(resource.key, resource);
}
