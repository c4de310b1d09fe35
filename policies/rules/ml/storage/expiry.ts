import { argument, bucketExample, bucketSettings, settingExample } from "../../../kit/bucket-aspects";
import { bucketClassConfig, classedBucketFindings, classTags } from "../../../kit/bucket-class";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { every, some, type Ternary } from "../../../kit/statements";

const lifecycleTypes = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
] as const;
const bucket = (more: Record<string, Plain> = {}) => bucketExample({ ...classTags("scratch"), ...more });
const split = (more: Record<string, Plain>) =>
  settingExample(lifecycleTypes[0], { rules: [{ id: "end", status: "Enabled", ...more }] });
const objects = { expiration: { days: 14 } };
const versions = { noncurrentVersionExpiration: { noncurrentDays: 7 } };

export const scratchExpiry = rule({
  id: "ml-21-scratch-expiry",
  title: "Buckets of checkpoints and scratch data end their objects and the old versions of them",
  severity: "medium",
  rationale: "A checkpoint is a model: what nobody needs any more is still there to be stolen.",
  remediation:
    "Give the bucket's lifecycle enabled rules with expiration.days and noncurrentVersionExpiration.noncurrentDays.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SI-12" },
    { framework: "NIST 800-53r5", control: "MP-6" },
    { framework: "ISO 27001:2022", control: "A.8.10" },
    { framework: "NIST AI RMF 1.0", control: "MANAGE 2.4" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0035" },
    { framework: "OWASP AISVS 1.0", control: "C5.2.7" },
  ],
  config: bucketClassConfig("checkpoint", "scratch"),
  checks: {},
  observes: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2", ...lifecycleTypes],
  stack: (index, context) =>
    classedBucketFindings(index, context, (owner) => {
      const links = bucketSettings(index, owner, lifecycleTypes);
      const inline = argument(owner.inputs ?? owner.properties, "lifecycleRules");
      const sure = links.find(({ certainty }) => certainty === "sure");
      const rules = sure === undefined ? inline : argument(sure.resource.properties, "rules");
      const findings = expiryFindings(rules, sure === undefined && links.length > 0);
      return findings.map((finding) => ({ ...finding, resource: sure?.resource ?? owner }));
    }),
  examples: [
    { title: "both", verdict: "pass", resources: [bucket(), split({ ...objects, ...versions })] },
    {
      title: "both, in the bucket's own arguments",
      verdict: "pass",
      resources: [
        bucket({ lifecycleRules: [{ enabled: true, ...objects, noncurrentVersionExpiration: { days: 7 } }] }),
      ],
    },
    { title: "models are kept", verdict: "pass", resources: [bucket(classTags("model"))] },
    { title: "no lifecycle", verdict: "fail", absent: true, resources: [bucket()] },
    { title: "old versions alone", verdict: "fail", resources: [bucket(), split(versions)] },
    {
      title: "both, not in force",
      verdict: "fail",
      resources: [bucket(), split({ ...objects, ...versions, status: "Disabled" })],
    },
    {
      title: "a rule for some of the objects",
      verdict: "fail",
      resources: [bucket(), split({ ...objects, ...versions, filter: { prefix: "tmp/" } })],
    },
    {
      title: "all objects, said by a prefix that all have",
      verdict: "pass",
      resources: [bucket(), split({ ...objects, ...versions, filter: { prefix: "" } })],
    },
    {
      title: "days known only later",
      verdict: "undecided",
      resources: [bucket(), split({ ...versions, expiration: { days: UNKNOWN } })],
    },
  ],
});

function expiryFindings(rules: Property<unknown>, maybe: boolean): Finding[] {
  const { items, complete } = rules.items();
  const open: Ternary[] = complete && !maybe ? [] : ["unknown"];
  const oneOf = (name: string, days: readonly string[]) =>
    some(
      ...items.map((item) =>
        every(
          inForce(item),
          isForAll(item),
          some(...days.map((day) => isPositive(argument(argument(item, name), day)))),
        ),
      ),
      ...open,
    );
  const say = (has: Ternary, text: string): Finding[] => {
    if (has === true) return [];
    return [has === "unknown" ? undecided(rules) : fail(rules, text)];
  };
  return [
    ...say(oneOf("expiration", ["days"]), "no rule in force ends all objects"),
    ...say(oneOf("noncurrentVersionExpiration", ["noncurrentDays", "days"]), "no rule in force ends all old versions"),
  ];
}

/** Whether a rule is for all objects: each way to narrow it is absent, or the prefix that all have. */
function isForAll(item: Property<unknown>): Ternary {
  const filter = argument(item, "filter");
  const prefixes = [argument(item, "prefix"), argument(filter, "prefix")].map((prefix) => prefix.text());
  const narrowed = [
    ...["tag", "and", "objectSizeGreaterThan", "objectSizeLessThan"].map((name) => argument(filter, name)),
    argument(item, "tags"),
  ].filter((place) => !place.isAbsent);
  if (prefixes.some((prefix) => typeof prefix === "string") || narrowed.some((place) => !place.isUnknown)) return false;
  return prefixes.includes(UNKNOWN) || narrowed.length > 0 ? "unknown" : true;
}

/** The form inside the bucket has a truth value, the one of its own a word. */
function inForce(item: Property<unknown>): Ternary {
  const enabled = argument(item, "enabled").flag();
  const status = argument(item, "status").text();
  if (enabled === true || status === "Enabled") return true;
  return enabled === UNKNOWN || status === UNKNOWN ? "unknown" : false;
}

function isPositive(days: Property<unknown>): Ternary {
  const value = days.number();
  if (value === UNKNOWN) return "unknown";
  return value !== undefined && value > 0;
}
