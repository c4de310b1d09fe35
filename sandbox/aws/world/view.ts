import type { WorldView } from "../types/entry";
import type { Remains, WorldResource } from "./model";
import type { WorldStore } from "./store";

/** The account as rules see it. */
export class StoreView implements WorldView {
  private readonly asked = new Set<string>();

  /** @param assumed ARNs of principals that are taken to exist. */
  constructor(
    private readonly store: WorldStore,
    private readonly assumed: ReadonlySet<string> = new Set(),
  ) {}

  /** What was taken to exist, as far as something asked for it. */
  get assumptions(): string[] {
    return [...this.asked].sort();
  }

  assumes(arn: string): boolean {
    if (!this.assumed.has(arn)) return false;
    this.asked.add(arn);
    return true;
  }

  resources(type: string, region?: string): WorldResource[] {
    const all = this.store.index.ofType(type);
    return region === undefined ? all : all.filter((resource) => resource.region === region);
  }

  find(types: string[], value: string, by: string[], region?: string): WorldResource | undefined {
    for (const type of types) {
      if (by.includes("id")) {
        const direct = this.byKey(`${type}|${region ?? ""}|${value}`) ?? this.byKey(`${type}|global|${value}`);
        if (direct !== undefined) return direct;
      }
      for (const resource of this.store.index.ofType(type)) {
        if (region !== undefined && resource.region !== region && resource.region !== "global") continue;
        if (by.some((output) => (output === "id" ? resource.id : resource.outputs[output]) === value)) return resource;
      }
    }
    return undefined;
  }

  byKey(key: string): WorldResource | undefined {
    return this.store.data.resources[key];
  }

  referrers(key: string): WorldResource[] {
    return this.store.index.referrers(key);
  }

  holders(key: string): WorldResource[] {
    return this.store.index.holders(key);
  }

  remains(kind: Remains["kind"]): Remains[] {
    return this.store.data.remains.filter((remains) => remains.kind === kind);
  }
}
