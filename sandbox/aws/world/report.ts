import type { Account } from "./account";
import { dateAt } from "./context";
import type { OperationRecord } from "./model";

export interface PathStep {
  operation: OperationRecord["operation"];
  urn: string;
  /** Virtual seconds of the operation, waits included. */
  seconds: number;
  waits: OperationRecord["waits"];
}

/** What is in an account besides what stacks know of. */
export interface Leftover {
  account: string;
  /** In words: what it is and where it came from. */
  what: string;
  /** ISO date on the virtual clock at which it goes by itself; absent: it stays. */
  until?: string;
}

/** Virtual seconds from the begin of the run to the end of its last operation; 0 when there was none. */
export function simulatedSeconds(account: Account): number {
  const records = account.records();
  if (records.length === 0) return 0;
  const start = Math.min(...records.map((record) => record.span.start));
  return Math.max(...records.map((record) => record.span.end)) - start;
}

/**
 * The chain of operations that the last one had to wait for, first one first. Each operation waits for the resources that its inputs name; what a program
 * orders by `dependsOn` alone is not known to a provider and is not in it.
 */
export function criticalPath(account: Account): PathStep[] {
  const records = account.records();
  const path: PathStep[] = [];
  let current = latest(records);
  while (current !== undefined) {
    const { operation, urn, span, waits, after } = current;
    path.unshift({ operation, urn, seconds: span.end - span.start, waits });
    const start = span.start;
    current = latest(records.filter((record) => after.includes(record.urn) && record.span.end <= start));
  }
  return path;
}

function latest(records: OperationRecord[]): OperationRecord | undefined {
  return records.reduce<OperationRecord | undefined>(
    (last, record) => (last === undefined || record.span.end > last.span.end ? record : last),
    undefined,
  );
}

/** What no stack will remove: what services made by themselves and keep, and what deleted resources left behind. */
export function leftovers(account: Account): Leftover[] {
  const made = account
    .all()
    .filter((resource) => resource.urn === undefined && resource.owner === undefined)
    .map((resource) => ({ account: account.id, what: `${resource.type} ${resource.id}, made outside of any stack` }));
  const now = account.clock.now();
  const left = account
    .remains()
    .filter((one) => (one.until ?? Number.POSITIVE_INFINITY) > now)
    .map(({ what, until }) => ({
      account: account.id,
      what,
      ...(until === undefined ? {} : { until: dateAt(until) }),
    }));
  return [...made, ...left];
}
