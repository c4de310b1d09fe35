import { lifetimeProblems } from "gabion-knowledge";
import { type CheckContext, reportRepeated } from "../check";
import { holdsAt } from "../controls/order";
import type { FoundationSettings } from "../foundation";

/** What of a bucket is held against each other. */
const FIELDS = ["retentionDays", "confirmedRetentionDays", "expireAfterDays"];

type Context = CheckContext<FoundationSettings>;

/** What single fields of buckets cannot say: names that are there twice, and lifetimes that do not fit the class or each other. */
export function checkBuckets(context: Context): void {
  const buckets = context.settings.buckets ?? [];
  const names = buckets.map((bucket) => bucket?.name);
  reportRepeated(context, names, (index) => ["buckets", index, "name"], "bucket");
  buckets.forEach((bucket, index) => {
    const path = ["buckets", index];
    if (bucket?.class === undefined || FIELDS.some((field) => !context.isSound(...path, field))) return;
    const problems = lifetimeProblems(bucket.class, bucket);
    for (const { path: field, reason, remedy } of problems) context.report([...path, field], { reason, remedy });
    if (bucket.class === "model" && bucket.confirmedRetentionDays === undefined && asksForConfirmation(context)) {
      context.loosens("s3-object-lock", [...path, "confirmedRetentionDays"]);
    }
  });
}

function asksForConfirmation({ settings: { assurance } }: Context): boolean {
  return assurance !== undefined && holdsAt({ from: "regulated" }, assurance);
}
