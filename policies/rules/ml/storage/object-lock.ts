import { argument, bucketExample, bucketSettings, settingExample } from "../../../kit/bucket-aspects";
import { bucketClassConfig, classedBucketFindings, classTags } from "../../../kit/bucket-class";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const lockTypes = [
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2",
] as const;
const versioningTypes = [
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketVersioningV2:BucketVersioningV2",
] as const;
const bucket = (more: Record<string, Plain> = {}) => bucketExample({ ...classTags("model"), ...more });
const lock = (defaultRetention: Plain) => settingExample(lockTypes[0], { rule: { defaultRetention } });
const versioning = (status: Plain) => settingExample(versioningTypes[0], { versioningConfiguration: { status } });
const compliance = { mode: "COMPLIANCE", days: 90 };

export const modelObjectLock = rule({
  id: "ml-16-model-object-lock",
  title: "Buckets of models lock what is stored in them, for everyone, for long enough",
  severity: "high",
  rationale:
    "A model that can be overwritten or deleted can be swapped for a poisoned one; in mode COMPLIANCE nobody can, the account's root included.",
  remediation:
    'Make the bucket with objectLockEnabled, add a BucketObjectLockConfiguration with defaultRetention of mode "COMPLIANCE" and enough days, and keep versioning on.',
  mappings: [
    { framework: "AWS FSBP", control: "S3.15" },
    { framework: "NIST 800-53r5", control: "SI-7" },
    { framework: "NIST 800-53r5", control: "CP-9(8)" },
    { framework: "ISO 27001:2022", control: "A.8.13" },
    { framework: "NIST AI RMF 1.0", control: "MANAGE 4.1" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0018" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0076" },
    { framework: "OWASP ML Top 10", control: "ML10" },
    { framework: "OWASP AISVS 1.0", control: "C12.5.3" },
  ],
  // Nobody can take a lock of this mode back: before a retention is settled, mode GOVERNANCE is the better one.
  levels: { baseline: "disabled" },
  deviation: "s3-object-lock",
  config: {
    ...bucketClassConfig("model"),
    retentionDays: {
      type: "integer",
      description: "For how many days at least each object is locked.",
      default: 30,
      minimum: 1,
      maximum: 36500,
    },
  },
  checks: {},
  observes: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2", ...lockTypes, ...versioningTypes],
  stack: (index, context) =>
    classedBucketFindings(index, context, (owner) => {
      const inputs = owner.inputs ?? owner.properties;
      const links = bucketSettings(index, owner, lockTypes);
      const sure = links.filter(({ certainty }) => certainty === "sure");
      const inline = argument(inputs, "objectLockConfiguration");
      const least = Number(context.config.retentionDays);
      const states = bucketSettings(index, owner, versioningTypes).map(({ resource }) =>
        argument(argument(resource.properties, "versioningConfiguration"), "status"),
      );
      const suspended = states.filter((status) => !status.isUnknown && status.text() !== "Enabled");
      const findings = [
        ...sure.flatMap(({ resource }) =>
          retentionFindings(argument(resource.properties, "rule"), least).map((finding) => ({
            ...finding,
            // Where the tag stands that may excuse it.
            resource: owner,
          })),
        ),
        ...states.filter((status) => status.isUnknown).map((status) => ({ ...undecided(status), resource: owner })),
        ...suspended.map((status) => ({ ...fail(status, "is not Enabled"), resource: owner })),
      ];
      if (sure.length > 0) return findings;
      const found = inline.isAbsent
        ? [missing(links.length > 0)]
        : retentionFindings(argument(inline.items().items[0] ?? inline, "rule"), least);
      return [...findings, ...found.map((finding) => ({ ...finding, resource: owner }))];
    }),
  examples: [
    { title: "locked for 90 days", verdict: "pass", resources: [bucket(), lock(compliance), versioning("Enabled")] },
    {
      title: "locked for years, in the bucket's own arguments",
      verdict: "pass",
      resources: [
        bucket({ objectLockConfiguration: { rule: { defaultRetention: { mode: "COMPLIANCE", years: 1 } } } }),
      ],
    },
    { title: "a bucket of datasets", verdict: "pass", resources: [bucket(classTags("dataset"))] },
    { title: "no lock", verdict: "fail", absent: true, resources: [bucket()] },
    {
      title: "a mode that some can lift",
      verdict: "fail",
      resources: [bucket(), lock({ mode: "GOVERNANCE", days: 90 })],
    },
    { title: "for a week", verdict: "fail", resources: [bucket(), lock({ mode: "COMPLIANCE", days: 7 })] },
    {
      title: "versions suspended",
      verdict: "fail",
      resources: [bucket(), lock(compliance), versioning("Suspended")],
    },
    {
      title: "days known only later",
      verdict: "undecided",
      resources: [bucket(), lock({ mode: "COMPLIANCE", days: UNKNOWN })],
    },
  ],
});

function missing(maybe: boolean): Finding {
  return maybe
    ? undecided("", "whether a lock is this bucket's is known only after deployment")
    : fail("", "nothing locks the bucket's objects");
}

function retentionFindings(place: Property<unknown>, least: number): Finding[] {
  const retention = argument(place, "defaultRetention");
  const mode = argument(retention, "mode");
  const [days, years] = [argument(retention, "days"), argument(retention, "years")];
  const name = mode.text();
  const findings =
    name === "COMPLIANCE" ? [] : [name === UNKNOWN ? undecided(mode) : fail(mode, 'is not "COMPLIANCE"')];
  return [...findings, ...lengthFindings(days, years, least)];
}

function lengthFindings(days: Property<unknown>, years: Property<unknown>, least: number): Finding[] {
  const dayCount = days.number();
  const yearCount = years.number();
  if (dayCount === UNKNOWN) return [undecided(days)];
  if (yearCount === UNKNOWN) return [undecided(years)];
  const length = dayCount ?? (yearCount ?? 0) * 365;
  return length >= least ? [] : [fail(days, `locks for ${length} days, and ${least} is the least`)];
}
