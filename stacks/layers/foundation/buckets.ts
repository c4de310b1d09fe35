import type { Input } from "@pulumi/pulumi";
import { DataBucket } from "gabion";
import { bucketName } from "../../settings/foundation/names";
import type { Keys } from "./keys";
import { deviationFrom, type Ground, scopeOf } from "./shared";

/** The buckets by their names in the settings. Requests to them are logged in the account's bucket for that. */
export function makeBuckets(
  { settings, aws, protection }: Ground,
  keys: Keys,
  accessLogBucket: Input<string>,
): ReadonlyMap<string, DataBucket> {
  const deviation = deviationFrom(settings, "s3-object-lock");
  return new Map(
    settings.buckets.map((bucket) => {
      const name = bucketName(settings, bucket.name);
      const isUnconfirmed = bucket.class === "model" && bucket.confirmedRetentionDays === undefined;
      const args = {
        ...scopeOf(settings),
        bucketClass: bucket.class,
        keyArn: keys.data.keyArn,
        retentionDays: bucket.retentionDays,
        confirmedRetentionDays: bucket.confirmedRetentionDays,
        unconfirmedRetention: isUnconfirmed ? deviation : undefined,
        noncurrentDays: bucket.noncurrentDays,
        expireAfterDays: bucket.expireAfterDays,
        accessLogBucket,
        deletionProtection: protection.of(name),
      };
      return [bucket.name, new DataBucket(name, args, { providers: { aws } })];
    }),
  );
}
