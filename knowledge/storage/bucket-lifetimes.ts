import { type Problem, printable } from "../problem";

/** For how long the objects of a bucket live, by what it holds. */
export interface ClassLifetimes {
  /** After how many days objects move to S3 Intelligent-Tiering, which costs nothing to read from. */
  readonly tieringAfterDays?: number;
  /** After how many days objects are deleted. Absent: they are kept, and no argument changes that. */
  readonly expireAfterDays?: number;
  /** For how many days Object Lock holds each version. Absent: the class has no lock. */
  readonly retentionDays?: number;
}

/**
 * Buckets of access logs have no lock: S3 delivers to none with a default retention (User Guide, Enabling server access logging).
 * Checkpoints and scratch data are to end, and what is locked does not.
 */
const CLASS_LIFETIMES = {
  dataset: { tieringAfterDays: 30, retentionDays: 90 },
  model: { retentionDays: 365 },
  feature: { retentionDays: 30 },
  checkpoint: { tieringAfterDays: 7, expireAfterDays: 90 },
  log: { tieringAfterDays: 30, expireAfterDays: 731, retentionDays: 365 },
  "access-log": { expireAfterDays: 731 },
  scratch: { expireAfterDays: 14 },
} satisfies Record<string, ClassLifetimes>;

export type DataClass = keyof typeof CLASS_LIFETIMES;

/** What a class gives where a bucket says nothing. */
export function classLifetimes(dataClass: DataClass): ClassLifetimes {
  return CLASS_LIFETIMES[dataClass];
}

/** What a bucket says of its own. */
export interface BucketLifetimes {
  /** For how many days Object Lock holds each version. */
  readonly retentionDays?: number | undefined;
  /** The same once more, when nobody at all is to be able to delete for so long. */
  readonly confirmedRetentionDays?: number | undefined;
  /** After how many days objects are deleted. */
  readonly expireAfterDays?: number | undefined;
}

/** The retention that new objects get, as S3 takes it. */
export interface DefaultRetention {
  mode: "COMPLIANCE" | "GOVERNANCE";
  days: number;
}

/**
 * The default retention of a bucket; undefined for classes that have no lock. In mode GOVERNANCE a role with
 * `s3:BypassGovernanceRetention` can still delete. In mode COMPLIANCE nobody can, the account's root included, nor shorten it (S3 User Guide,
 * Retention modes): so it takes a confirmation.
 */
export function defaultRetention(dataClass: DataClass, own: BucketLifetimes): DefaultRetention | undefined {
  const usual = classLifetimes(dataClass).retentionDays;
  if (usual === undefined) return undefined;
  const mode = own.confirmedRetentionDays === undefined ? "GOVERNANCE" : "COMPLIANCE";
  return { mode, days: own.retentionDays ?? usual };
}

/** What of a bucket's lifetimes its class does not take, or does not fit together. Ranges are for the caller to check. */
export function lifetimeProblems(dataClass: DataClass, own: BucketLifetimes): Problem[] {
  return [...lockProblems(dataClass, own), ...expiryProblems(dataClass, own)];
}

function lockProblems(dataClass: DataClass, own: BucketLifetimes): Problem[] {
  const retention = defaultRetention(dataClass, own);
  if (retention === undefined) {
    const reason = `buckets of class ${dataClass} have no Object Lock`;
    return (["retentionDays", "confirmedRetentionDays"] as const).flatMap((path) => refused(path, own[path], reason));
  }
  const { days } = retention;
  const confirmed = own.confirmedRetentionDays;
  if (confirmed === undefined || confirmed === days) return [];
  const reason = `it confirms another retention than the bucket's, which is ${days} days`;
  const remedy = `Give ${days}, if nobody is to be able to delete an object for so long, or leave it out`;
  return [{ path: "confirmedRetentionDays", found: printable(confirmed), reason, remedy }];
}

function expiryProblems(dataClass: DataClass, own: BucketLifetimes): Problem[] {
  const usual = classLifetimes(dataClass).expireAfterDays;
  const given = own.expireAfterDays;
  if (usual === undefined)
    return refused("expireAfterDays", given, `objects of a bucket of class ${dataClass} are kept`);
  const locked = defaultRetention(dataClass, own)?.days ?? 0;
  if ((given ?? usual) > locked) return [];
  const reason = `objects are locked for ${locked} days`;
  const remedy = `Give more than ${locked}, or a shorter retention`;
  return [{ path: "expireAfterDays", found: printable(given ?? usual), reason, remedy }];
}

function refused(path: string, value: number | undefined, reason: string): Problem[] {
  if (value === undefined) return [];
  return [{ path, found: printable(value), reason, remedy: "Leave it out, or take another class" }];
}
