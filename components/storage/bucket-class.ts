import { type BucketLifetimes, classLifetimes, defaultRetention } from "gabion-knowledge";

/** What a bucket holds. It decides the bucket's lifecycle, its Object Lock and its encryption. */
export const BucketClass = {
  /** Training data: moved to cheaper storage when nobody reads it, locked for three months. */
  Dataset: "dataset",
  /** Model artifacts: kept as they are, locked for a year. */
  Model: "model",
  /** Feature data: kept as it is, locked for a month. */
  Feature: "feature",
  /** Checkpoints of training: large, moved to cheaper storage soon, and deleted after three months. */
  Checkpoint: "checkpoint",
  /** Logs of services and workloads: locked for a year, deleted after two. */
  Log: "log",
  /** Server access logs of other buckets: deleted after two years. AWS takes no Object Lock and no key of yours there. */
  AccessLog: "access-log",
  /** Intermediate data: deleted after two weeks. */
  Scratch: "scratch",
} as const;
export type BucketClass = (typeof BucketClass)[keyof typeof BucketClass];

/** A rule of a lifecycle as `aws.s3.BucketLifecycleConfiguration` takes it. */
export interface LifecycleRule {
  id: string;
  status: "Enabled";
  filter: { prefix: string };
  abortIncompleteMultipartUpload?: { daysAfterInitiation: number };
  noncurrentVersionExpiration?: { noncurrentDays: number };
  transitions?: { days: number; storageClass: "INTELLIGENT_TIERING" }[];
  expiration?: { days: number } | { expiredObjectDeleteMarker: boolean };
}

/**
 * The lifecycle of a bucket of a class. `keptDays`: for how long overwritten and deleted objects are kept. S3 does not delete what is
 * locked, so that old versions end after their lock.
 */
export function lifecycleRules(
  bucketClass: BucketClass,
  keptDays: number,
  lifetimes: BucketLifetimes = {},
): LifecycleRule[] {
  const { tieringAfterDays, expireAfterDays: usual } = classLifetimes(bucketClass);
  const expireAfterDays = lifetimes.expireAfterDays ?? usual;
  const noncurrentDays = Math.max(keptDays, defaultRetention(bucketClass, lifetimes)?.days ?? 0);
  const rule = (id: string): LifecycleRule => ({ id, status: "Enabled", filter: { prefix: "" } });
  const tiered = tieringAfterDays !== undefined && tieringAfterDays < (expireAfterDays ?? Number.POSITIVE_INFINITY);
  return [
    {
      ...rule("versions-and-uploads"),
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      noncurrentVersionExpiration: { noncurrentDays },
      // What is left of a deleted object once its versions are gone. S3 takes it in no rule that deletes by age.
      expiration: { expiredObjectDeleteMarker: true },
    },
    ...(tiered
      ? [
          {
            ...rule("tiering"),
            transitions: [{ days: tieringAfterDays, storageClass: "INTELLIGENT_TIERING" as const }],
          },
        ]
      : []),
    ...(expireAfterDays === undefined ? [] : [{ ...rule("expiry"), expiration: { days: expireAfterDays } }]),
  ];
}
