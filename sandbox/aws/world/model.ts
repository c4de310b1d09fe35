/** A property map as the provider protocol carries it, secrets taken off. */
export type Properties = Record<string, unknown>;

/** Where a resource was on the virtual clock, in seconds since the account was first used. */
export interface Span {
  start: number;
  end: number;
}

/** One resource of the simulated account. */
export interface WorldResource {
  /** `<type>|<region>|<id>`: unique in the account. */
  key: string;
  type: string;
  id: string;
  region: string;
  arn?: string;
  /** Absent for what AWS made on its own (a VPC's default security group) or what was made outside of Pulumi. */
  urn?: string;
  /** The resource that AWS made this one with; it is deleted with it. */
  owner?: string;
  inputs: Properties;
  outputs: Properties;
  /** Keys of the resources that it names. */
  refers: string[];
  /** Those of `refers` that cannot be deleted while this one exists. */
  holds: string[];
  created: Span;
  /** The mark of the creation that made it, where its engine gave one: the same creation again makes no second resource. */
  creation?: string;
  /** It was made and did not become ready. */
  unready?: boolean;
  /** Last change. */
  updated?: Span;
}

/** What stays of a resource after its deletion: a network interface that still holds its subnet, a name that is still taken. */
export interface Remains {
  kind: "network-interface" | "name" | "key" | "allocation";
  /** Shown to a person: what it is and where it came from. */
  what: string;
  /** What it stands in the way of: keys of resources, or for a name `<type>|<region>|<name>`. */
  holds: string[];
  /** Virtual time at which it is gone; absent: it stays until someone removes it. */
  until?: number;
}

/** One finished operation, for the report of the virtual clock. */
export interface OperationRecord {
  operation: "create" | "update" | "delete";
  type: string;
  urn: string;
  key: string;
  span: Span;
  /** URNs whose end this one had to wait for: the resources it names (creation, update) or that named it (deletion). */
  after: string[];
  /** What the time was spent on besides the operation itself: retries, faults, waiting for what lingers. */
  waits: { seconds: number; reason: string }[];
}

/** A change of the account; what the journal holds. Several that belong together are one entry. */
export type Change =
  | { do: "put"; resource: WorldResource }
  | { do: "drop"; key: string }
  | { do: "leave"; remains: Remains }
  | { do: "release"; what: string }
  | { do: "sweep"; now: number }
  | { do: "count"; name: string; value: number }
  | { do: "begin"; at: number }
  | { do: "record"; record: OperationRecord };

/** Everything a world file holds. */
export interface WorldData {
  format: 1;
  accountId: string;
  /** From which identifiers are derived. */
  seed: string;
  /** Counts compactions: a journal belongs to the snapshot of its generation and to no other. */
  generation: number;
  resources: Record<string, WorldResource>;
  remains: Remains[];
  counters: Record<string, number>;
  /** Operations since the last run began. */
  records: OperationRecord[];
  /** Virtual seconds at which the last run began. */
  runStart: number;
}

/** Applies a change in place. Pure in effect: the same data and changes give the same result. */
export function applyChange(data: WorldData, change: Change): void {
  switch (change.do) {
    case "put":
      data.resources[change.resource.key] = change.resource;
      return;
    case "drop":
      delete data.resources[change.key];
      return;
    case "leave":
      data.remains.push(change.remains);
      return;
    case "release":
      data.remains = data.remains.filter((remains) => remains.what !== change.what);
      return;
    case "sweep":
      data.remains = data.remains.filter((remains) => remains.until === undefined || remains.until > change.now);
      return;
    case "count":
      data.counters[change.name] = change.value;
      return;
    case "begin":
      data.runStart = change.at;
      data.records = [];
      return;
    case "record":
      data.records.push(change.record);
      return;
  }
}
