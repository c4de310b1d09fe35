import { Sealed } from "./seal";
import type { OperationType, PendingOperation, ResourceState } from "./types";

/** A change by numbers: resources of the base are counted from 0 in their order, then those that were added; operations likewise. */
export interface Change<Resource> {
  begin?: [number, OperationType, Resource][];
  end?: number[];
  add?: [number, Resource][];
  keep?: number[];
  remove?: number[];
  update?: [number, Resource][];
}

interface Entry {
  resource: Sealed<ResourceState>;
  /** It has its place among what this run has confirmed. */
  placed: boolean;
  removed: boolean;
}

/** The base of a state and what has happened to it: confirmed resources in their order, then what is left of the base in its own. */
export class Ledger {
  private readonly entries: Entry[];
  private readonly placed: Entry[] = [];
  private readonly operations = new Map<number, { type: OperationType; resource: Sealed<ResourceState> }>();
  private readonly baseCount: number;
  private nextOperation: number;

  constructor(resources: readonly ResourceState[], operations: readonly PendingOperation[]) {
    this.entries = resources.map((resource) => ({
      resource: Sealed.from(resource),
      placed: false,
      removed: false,
    }));
    this.baseCount = resources.length;
    for (const [at, { type, resource }] of operations.entries())
      this.operations.set(at, { type, resource: Sealed.from(resource) });
    this.nextOperation = operations.length;
  }

  nextResourceNumber(): number {
    return this.entries.length;
  }

  nextOperationNumber(): number {
    const number = this.nextOperation;
    this.nextOperation += 1;
    return number;
  }

  /** Throws a plain Error when the change does not fit. */
  apply(change: Change<Sealed<ResourceState>>): void {
    for (const [number, resource] of change.update ?? []) this.entry(number).resource = resource;
    for (const number of change.remove ?? []) this.entry(number).removed = true;
    for (const [number, resource] of change.add ?? []) {
      if (number !== this.entries.length) throw new Error(`resource ${number} is out of turn`);
      const entry = { resource, placed: true, removed: false };
      this.entries.push(entry);
      this.placed.push(entry);
    }
    for (const number of change.keep ?? []) this.place(this.entry(number));
    for (const number of change.end ?? []) {
      if (!this.operations.delete(number)) throw new Error(`operation ${number} never began`);
    }
    for (const [number, type, resource] of change.begin ?? []) this.operations.set(number, { type, resource });
  }

  /** The resources as they stand, in an order in which each comes after what it depends on. */
  resources(): Sealed<ResourceState>[] {
    const left = this.entries.slice(0, this.baseCount).filter((entry) => !entry.placed);
    return [...this.placed, ...left].filter((entry) => !entry.removed).map((entry) => entry.resource);
  }

  pendingOperations(): {
    type: OperationType;
    resource: Sealed<ResourceState>;
  }[] {
    return [...this.operations.values()];
  }

  private place(entry: Entry): void {
    if (entry.placed) return;
    entry.placed = true;
    this.placed.push(entry);
  }

  private entry(number: number): Entry {
    const entry = this.entries[number];
    if (entry === undefined) throw new Error(`there is no resource ${number}`);
    return entry;
  }
}
