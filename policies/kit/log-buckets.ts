import { argument, bucketTypes } from "./bucket-aspects";
import { policyAt } from "./public-access";
import type { StackIndex, StackResource } from "./stack-index";

export const loggingTypes = ["aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketLoggingV2:BucketLoggingV2"] as const;
const policyType = "aws:s3/bucketPolicy:BucketPolicy";

/** What {@link receivesAccessLogs} looks at. */
export const logTargetTypes = [...bucketTypes, ...loggingTypes, policyType] as const;

/**
 * Whether S3 delivers access logs into a bucket: another one of the program names it as the target, or its policy lets S3's log delivery write.
 * S3 delivers to no bucket with a KMS key or a default retention, and the log of a log has no end (User Guide, Enabling server access logging).
 */
export function receivesAccessLogs(bucket: StackResource, index: StackIndex): boolean {
  const logs = index.linksTo(bucket, loggingTypes, "targetBucket", ["bucket", "id"]);
  if (logs.some(({ certainty, resource }) => certainty === "sure" && !isOwn(resource, bucket))) return true;
  return index
    .linksTo(bucket, [policyType], "bucket", ["bucket", "id"])
    .some(({ certainty, resource }) => certainty === "sure" && letsLogDeliveryWrite(resource));
}

/** A bucket that logs into itself is one of data, too. */
function isOwn(logging: StackResource, bucket: StackResource): boolean {
  return (logging.sources.bucket ?? []).includes(bucket.urn);
}

function letsLogDeliveryWrite({ properties }: StackResource): boolean {
  const read = policyAt(argument(properties, "policy"));
  return (
    read.policy?.statements.some(
      ({ effect, principals }) =>
        effect === "Allow" &&
        principals.some(({ type, value }) => type === "Service" && value === "logging.s3.amazonaws.com"),
    ) === true
  );
}
