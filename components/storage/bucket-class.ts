/** What a bucket holds. It decides the bucket's lifecycle. */
export const BucketClass = {
  /** Training data: moved to cheaper storage when nobody reads it. */
  Dataset: "dataset",
  /** Model artifacts: kept as they are. */
  Model: "model",
  /** Feature data: kept as it is. */
  Feature: "feature",
  /** Checkpoints of training: large, and moved to cheaper storage soon. */
  Checkpoint: "checkpoint",
  /** Intermediate data: deleted after two weeks. */
  Scratch: "scratch",
} as const;
export type BucketClass = (typeof BucketClass)[keyof typeof BucketClass];

export interface ClassLifecycle {
  /** After how many days objects move to S3 Intelligent-Tiering, which costs nothing to read from. */
  readonly tieringAfterDays?: number;
  /** After how many days objects are deleted. */
  readonly expireAfterDays?: number;
}

const lifecycles: Readonly<Record<BucketClass, ClassLifecycle>> = {
  dataset: { tieringAfterDays: 30 },
  model: {},
  feature: {},
  checkpoint: { tieringAfterDays: 7 },
  scratch: { expireAfterDays: 14 },
};

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

/** The lifecycle of a bucket of a class. `noncurrentDays`: for how long overwritten and deleted objects are kept. */
export function lifecycleRules(bucketClass: BucketClass, noncurrentDays: number): LifecycleRule[] {
  const { tieringAfterDays, expireAfterDays } = lifecycles[bucketClass];
  const rule = (id: string): LifecycleRule => ({ id, status: "Enabled", filter: { prefix: "" } });
  return [
    {
      ...rule("versions-and-uploads"),
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      noncurrentVersionExpiration: { noncurrentDays },
      // What is left of a deleted object once its versions are gone. S3 takes it in no rule that deletes by age.
      expiration: { expiredObjectDeleteMarker: true },
    },
    ...(tieringAfterDays === undefined
      ? []
      : [
          {
            ...rule("tiering"),
            transitions: [{ days: tieringAfterDays, storageClass: "INTELLIGENT_TIERING" as const }],
          },
        ]),
    ...(expireAfterDays === undefined ? [] : [{ ...rule("expiry"), expiration: { days: expireAfterDays } }]),
  ];
}
