import { argument, bucketAspectParts, bucketExample, settingExample } from "../../../kit/bucket-aspects";
import { requireGiven } from "../../../kit/checks";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, rule, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";

const loggingTypes = ["aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketLoggingV2:BucketLoggingV2"] as const;

const judge = (logging: Property<unknown>): Finding[] => {
  const { items, complete } = logging.items();
  if (!complete) return [undecided(logging)];
  return items.flatMap((item) => requireGiven(argument(item, "targetBucket")));
};

export const bucketAccessLogging = rule({
  id: "aws-s3-access-logging",
  title: "Every bucket logs who reaches its objects",
  severity: "medium",
  rationale: "Without a log nobody can tell who read a model or a dataset, or from where.",
  remediation: "Add a BucketLogging for the bucket with a targetBucket that holds logs alone.",
  mappings: [
    { framework: "AWS FSBP", control: "S3.9" },
    { framework: "NIST 800-53r5", control: "AU-12" },
  ],
  // Data events of CloudTrail are the fuller record, so that a program with those has no need of this one: it is chosen.
  levels: { baseline: "disabled", regulated: "disabled", isolated: "disabled" },
  ...bucketAspectParts({
    inline: "logging",
    split: loggingTypes,
    missing: "the bucket logs no access: neither its own arguments nor a BucketLogging ask for it",
    judgeInline: judge,
    judgeSplit: (properties) => requireGiven(argument(properties, "targetBucket")),
    exempt: receivesLogs,
  }),
  examples: [
    {
      title: "a log in another bucket, which itself needs none",
      verdict: "pass",
      resources: [
        bucketExample(),
        { type: "aws:s3/bucket:Bucket", name: "logs", properties: { bucket: "logs" } },
        settingExample(loggingTypes[0], { targetBucket: "logs", targetPrefix: "models/" }),
      ],
    },
    {
      title: "inside the bucket's own arguments",
      verdict: "pass",
      resources: [bucketExample({ logging: { targetBucket: "logs" } })],
    },
    { title: "no log", verdict: "fail", absent: true, resources: [bucketExample()] },
    { title: "no target", verdict: "fail", resources: [bucketExample({ logging: { targetPrefix: "models/" } })] },
    { title: "known only later", verdict: "undecided", resources: [bucketExample({ logging: UNKNOWN })] },
  ],
});

/** A log of a log has no end. */
function receivesLogs(bucket: StackResource, index: StackIndex): boolean {
  const links = index.linksTo(bucket, loggingTypes, "targetBucket", ["bucket", "id"]);
  return links.some(({ certainty }) => certainty === "sure");
}
