import type { Provider } from "@pulumi/aws/provider";
import { BucketClass, DataBucket } from "gabion";
import type { AccountSettings } from "../../settings";
import type { Protection } from "../protection";

/**
 * The bucket in which S3 logs requests to the account's other buckets in the Region. It belongs to the account, so that the logs of an
 * environment outlive it.
 *
 * At assurance `baseline` the logs go with the bucket when the stack is destroyed; above, it is protected.
 */
export function makeAccessLogs(
  settings: AccountSettings,
  protection: Protection,
  { provider }: { readonly provider: Provider },
): DataBucket {
  const { region, accountId, assurance, accessLogs } = settings;
  const args = {
    region,
    accountId,
    bucketClass: BucketClass.AccessLog,
    bucketName: `gabion-access-logs-${accountId}-${region}`,
    expireAfterDays: accessLogs.retentionDays,
    // A log is written once: an old version of one is what somebody has overwritten or deleted.
    noncurrentDays: accessLogs.retentionDays,
    deletionProtection: protection.of("access-logs"),
    forceDestroy: assurance === "baseline",
  };
  return new DataBucket("access-logs", args, { providers: { aws: provider } });
}
