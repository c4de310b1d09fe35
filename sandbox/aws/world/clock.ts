import type { WorldData, WorldResource } from "./model";

/** The virtual clock of one run: it begins where the last run ended. */
export class Clock {
  readonly runStart: number;
  private readonly referrers = new Map<string, { urn: string; end: number }[]>();

  constructor(private readonly data: WorldData) {
    this.runStart = this.now();
  }

  /** The end of everything that was done so far. */
  now(): number {
    return this.data.records.reduce((end, record) => Math.max(end, record.span.end), this.data.runStart);
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
