import { argument, bucketAspectParts, bucketExample, settingExample } from "../../../kit/bucket-aspects";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const lifecycleTypes = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
] as const;

export const bucketLifecycle = rule({
  id: "aws-s3-lifecycle",
  title: "Every bucket has a lifecycle that is in force",
  severity: "low",
  rationale: "Without a lifecycle old versions and forgotten data stay for ever, to be paid for and to be stolen.",
  remediation: 'Add a BucketLifecycleConfiguration for the bucket with at least one rule of status "Enabled".',
  mappings: [
    { framework: "AWS FSBP", control: "S3.10" },
    { framework: "AWS FSBP", control: "S3.13" },
    { framework: "NIST 800-53r5", control: "SI-12" },
  ],
  levels: { baseline: "advisory" },
  ...bucketAspectParts({
    inline: "lifecycleRules",
    split: lifecycleTypes,
    missing: "the bucket has no lifecycle: neither its own arguments nor another resource give one",
    judgeInline: (rules) => oneInForce(rules, (item) => argument(item, "enabled").flag()),
    judgeSplit: (properties) =>
      oneInForce(argument(properties, "rules"), (item) => {
        const status = argument(item, "status").text();
        return status === UNKNOWN ? UNKNOWN : status === "Enabled";
      }),
  }),
  examples: [
    {
      title: "its own resource",
      verdict: "pass",
      resources: [bucketExample(), split([{ id: "a", status: "Enabled" }])],
    },
    {
      title: "inside the bucket's own arguments",
      verdict: "pass",
      resources: [bucketExample({ lifecycleRules: [{ enabled: true, expiration: { days: 30 } }] })],
    },
    { title: "none", verdict: "fail", absent: true, resources: [bucketExample()] },
    {
      title: "all rules switched off",
      verdict: "fail",
      resources: [bucketExample(), split([{ id: "a", status: "Disabled" }])],
    },
    {
      title: "status known only later",
      verdict: "undecided",
      resources: [bucketExample(), split([{ id: "a", status: UNKNOWN }])],
    },
  ],
});

function oneInForce(rules: Property<unknown>, enabled: (item: Property<unknown>) => unknown): Finding[] {
  const { items, complete } = rules.items();
  const states = items.map(enabled);
  if (states.includes(true)) return [];
  return [!complete || states.includes(UNKNOWN) ? undecided(rules) : fail(rules, "has no rule that is in force")];
}

function split(rules: Plain[]) {
  return settingExample(lifecycleTypes[0], { rules });
}
