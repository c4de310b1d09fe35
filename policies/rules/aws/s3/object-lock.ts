import { argument, bucketAspectParts, bucketExample, settingExample } from "../../../kit/bucket-aspects";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const lockTypes = [
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2",
] as const;

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
  // Scratch data must be deletable, and a lock cannot be taken away again: a program chooses the rule.
  levels: { baseline: "disabled", regulated: "disabled", isolated: "disabled" },
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
