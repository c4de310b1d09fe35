import { DataBucket } from "gabion";
import { bucketName } from "../../settings/foundation/names";
import type { Keys } from "./keys";
import { type Ground, scopeOf } from "./shared";

/** The buckets by their names in the settings. */
export function makeBuckets({ settings, aws, protection }: Ground, keys: Keys): ReadonlyMap<string, DataBucket> {
  return new Map(
    settings.buckets.map((bucket) => {
      const name = bucketName(settings, bucket.name);
      const args = {
        ...scopeOf(settings),
        bucketClass: bucket.class,
        keyArn: keys.data.keyArn,
        noncurrentDays: bucket.noncurrentDays,
        deletionProtection: protection.of(name),
      };
      return [bucket.name, new DataBucket(name, args, { providers: { aws } })];
    }),
  );
}
