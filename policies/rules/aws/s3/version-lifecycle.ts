import { argument, bucketAspectParts, bucketExample, settingExample } from "../../../kit/bucket-aspects";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { every, some, type Ternary } from "../../../kit/statements";

const lifecycleTypes = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
] as const;
const versions = { noncurrentVersionExpiration: { noncurrentDays: 90 } };
const uploads = { abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } };
const split = (more: Record<string, Plain>) =>
  settingExample(lifecycleTypes[0], { rules: [{ id: "clean", status: "Enabled", filter: {}, ...more }] });

export const bucketVersionLifecycle = rule({
  id: "aws-s3-version-lifecycle",
  title: "Lifecycles end old versions and uploads that were never finished",
  severity: "low",
  rationale:
    "Overwritten objects and parts of broken uploads are seen in no listing, cost money, and can still be read.",
  remediation:
    "Give the bucket's lifecycle enabled rules with noncurrentVersionExpiration and abortIncompleteMultipartUpload.",
  mappings: [
    { framework: "AWS FSBP", control: "S3.10" },
    { framework: "NIST 800-53r5", control: "SI-12" },
  ],
  levels: { baseline: "advisory" },
  ...bucketAspectParts({
    inline: "lifecycleRules",
    split: lifecycleTypes,
    judgeInline: (rules) =>
      cleaningFindings(rules, {
        enabled: (item) => ternary(argument(item, "enabled").flag()),
        ends: (item) => isPositive(argument(argument(item, "noncurrentVersionExpiration"), "days")),
        aborts: (item) => isPositive(argument(item, "abortIncompleteMultipartUploadDays")),
      }),
    judgeSplit: (properties) =>
      cleaningFindings(argument(properties, "rules"), {
        enabled: (item) => {
          const status = argument(item, "status").text();
          return status === UNKNOWN ? "unknown" : status === "Enabled";
        },
        ends: (item) => isPositive(argument(argument(item, "noncurrentVersionExpiration"), "noncurrentDays")),
        aborts: (item) => isPositive(argument(argument(item, "abortIncompleteMultipartUpload"), "daysAfterInitiation")),
      }),
  }),
  examples: [
    { title: "both", verdict: "pass", resources: [split({ ...versions, ...uploads })] },
    {
      title: "both, in the bucket's own arguments",
      verdict: "pass",
      resources: [
        bucketExample({
          lifecycleRules: [
            { enabled: true, noncurrentVersionExpiration: { days: 30 } },
            { enabled: true, abortIncompleteMultipartUploadDays: 3 },
          ],
        }),
      ],
    },
    { title: "versions alone", verdict: "fail", resources: [split(versions)] },
    {
      title: "both, not in force",
      verdict: "fail",
      resources: [split({ ...versions, ...uploads, status: "Disabled" })],
    },
    { title: "neither", verdict: "fail", absent: true, resources: [split({ expiration: { days: 30 } })] },
    {
      title: "days known only later",
      verdict: "undecided",
      resources: [split({ ...uploads, noncurrentVersionExpiration: { noncurrentDays: UNKNOWN } })],
    },
  ],
});

interface Reader {
  readonly enabled: (item: Property<unknown>) => Ternary;
  readonly ends: (item: Property<unknown>) => Ternary;
  readonly aborts: (item: Property<unknown>) => Ternary;
}

function cleaningFindings(rules: Property<unknown>, reader: Reader): Finding[] {
  const { items, complete } = rules.items();
  const open: Ternary[] = complete ? [] : ["unknown"];
  const oneOf = (is: (item: Property<unknown>) => Ternary) =>
    some(...items.map((item) => every(reader.enabled(item), is(item))), ...open);
  const say = (has: Ternary, text: string): Finding[] => {
    if (has === true) return [];
    return [has === "unknown" ? undecided(rules) : fail(rules, text)];
  };
  return [
    ...say(oneOf(reader.ends), "no rule in force ends old versions"),
    ...say(oneOf(reader.aborts), "no rule in force ends uploads that were never finished"),
  ];
}

function ternary(value: unknown): Ternary {
  return value === UNKNOWN ? "unknown" : value === true;
}

function isPositive(days: Property<unknown>): Ternary {
  const value = days.number();
  if (value === UNKNOWN) return "unknown";
  return value !== undefined && value > 0;
}
