import type { WorldData, WorldResource } from "./model";

/** The virtual clock of one run: it begins where the last run ended. */
export class Clock {
  readonly runStart: number;
  private readonly referrers = new Map<string, { urn: string; end: number }[]>();

  constructor(data: WorldData) {
    this.runStart = Math.max(0, data.runStart, ...data.records.map((record) => record.span.end));
  }

  /** Remembers that a resource is gone, for those that it referred to. */
  deleted(resource: WorldResource, urn: string, end: number): void {
    for (const key of resource.refers) {
      const known = this.referrers.get(key) ?? [];
      known.push({ urn, end });
      this.referrers.set(key, known);
    }
  }

  deletedReferrers(key: string): { urn: string; end: number }[] {
    return this.referrers.get(key) ?? [];
  }
}
