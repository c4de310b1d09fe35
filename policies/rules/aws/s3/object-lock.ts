import { argument, bucketAspectParts, bucketExample, settingExample } from "../../../kit/bucket-aspects";
import { logTargetTypes, receivesAccessLogs } from "../../../kit/log-buckets";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";

const lockTypes = [
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2",
] as const;
const channelType = "aws:cfg/deliveryChannel:DeliveryChannel";

/** What Gabion's buckets of data that is to end are tagged with. */
const passingClasses = ["checkpoint", "scratch"];

export const bucketObjectLock = rule({
  id: "aws-s3-object-lock",
  title: "Every bucket keeps its objects from being deleted by Object Lock",
  severity: "medium",
  rationale: "Without a lock whoever may delete can take data and backups away for good, or demand money for them.",
  remediation:
    "Set objectLockEnabled true on the bucket, and a BucketObjectLockConfiguration with a default retention.",
  mappings: [
    { framework: "AWS FSBP", control: "S3.15" },
    { framework: "NIST 800-53r5", control: "SI-7" },
  ],
  // A lock cannot be taken away again, and data that is to end is better without one.
  levels: { baseline: "disabled", regulated: "advisory", isolated: "advisory" },
  observes: [...logTargetTypes, channelType],
  ...bucketAspectParts({
    inline: "objectLockEnabled",
    split: lockTypes,
    missing: "nothing locks the bucket's objects",
    judgeInline: (enabled) => {
      const value = enabled.flag();
      if (value === UNKNOWN) return [undecided(enabled)];
      return value === true ? [] : [fail(enabled, "is not true")];
    },
    judgeSplit: enabledFindings,
    exempt: takesNoLock,
  }),
  examples: [
    { title: "locked from its start", verdict: "pass", resources: [bucketExample({ objectLockEnabled: true })] },
    {
      title: "by its own resource",
      verdict: "pass",
      resources: [
        bucketExample(),
        settingExample(lockTypes[0], { rule: { defaultRetention: { mode: "GOVERNANCE", days: 30 } } }),
      ],
    },
    {
      title: "S3 delivers access logs to no bucket with a lock",
      verdict: "pass",
      resources: [
        { ...bucketExample(), name: "logs", properties: { bucket: "logs" } },
        bucketExample({ objectLockEnabled: true }),
        settingExample("aws:s3/bucketLogging:BucketLogging", { targetBucket: "logs", targetPrefix: "s3/" }),
      ],
    },
    {
      title: "nor does AWS Config deliver its history",
      verdict: "pass",
      resources: [bucketExample(), { type: channelType, name: "history", properties: { s3BucketName: "models" } }],
    },
    {
      title: "scratch data is to end",
      verdict: "pass",
      resources: [bucketExample({ tags: { "gabion:bucket-class": "scratch" } })],
    },
    { title: "no lock", verdict: "fail", absent: true, resources: [bucketExample()] },
    { title: "switched off", verdict: "fail", resources: [bucketExample({ objectLockEnabled: false })] },
    { title: "known only later", verdict: "undecided", resources: [bucketExample({ objectLockEnabled: UNKNOWN })] },
  ],
});

/** S3 takes no other word than "Enabled", which is also what is meant where nothing is said. */
function enabledFindings(properties: Property<unknown>): Finding[] {
  const enabled = argument(properties, "objectLockEnabled");
  const value = enabled.text();
  if (value === UNKNOWN) return [undecided(enabled)];
  return value === undefined || value === "Enabled" ? [] : [fail(enabled, 'is not "Enabled"')];
}

/** Config delivers to no bucket with a default retention (Developer Guide, Managing the delivery channel). */
function takesNoLock(bucket: StackResource, index: StackIndex): boolean {
  const channels = index.linksTo(bucket, [channelType], "s3BucketName", ["bucket", "id"]);
  if (channels.some(({ certainty }) => certainty === "sure") || receivesAccessLogs(bucket, index)) return true;
  const inputs: Property<unknown> = bucket.inputs ?? bucket.properties;
  const bucketClass = argument(argument(inputs, "tags"), "gabion:bucket-class").text();
  return typeof bucketClass === "string" && passingClasses.includes(bucketClass);
}
