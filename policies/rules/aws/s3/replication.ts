import { argument, bucketAspectParts, bucketExample, settingExample } from "../../../kit/bucket-aspects";
import { eachItem } from "../../../kit/checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const replicationType = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const split = (status: Plain) =>
  settingExample(replicationType, {
    role: "arn:aws:iam::111122223333:role/replication",
    rules: [{ status, destination: { bucket: "arn:aws:s3:::copies" } }],
  });

export const bucketReplication = rule({
  id: "aws-s3-replication",
  title: "Every bucket is replicated to another one",
  severity: "low",
  rationale: "What is in one bucket alone is lost with it, or out of reach while its Region is.",
  remediation: 'Add a BucketReplicationConfig for the bucket with a rule of status "Enabled".',
  mappings: [{ framework: "AWS FSBP", control: "S3.7" }],
  // Copies cost as much as the data, and may not leave a Region everywhere: a program chooses the rule.
  levels: { baseline: "disabled", regulated: "disabled", isolated: "disabled" },
  ...bucketAspectParts({
    inline: "replicationConfiguration",
    split: [replicationType],
    missing: "nothing replicates the bucket",
    judgeInline: (configuration) => {
      return eachItem(configuration, (item) => oneInForce(argument(item, "rules")));
    },
    judgeSplit: (properties) => oneInForce(argument(properties, "rules")),
    exempt: (bucket, index) =>
      index
        .ofType(replicationType)
        .some(
          ({ sources }) => (sources.rules ?? []).includes(bucket.urn) && !(sources.bucket ?? []).includes(bucket.urn),
        ),
  }),
  examples: [
    {
      title: "replicated to a bucket of the program, which itself needs no copy",
      verdict: "pass",
      resources: [
        bucketExample(),
        { type: "aws:s3/bucket:Bucket", name: "copies", properties: { bucket: "copies" } },
        { ...split("Enabled"), dependencies: { bucket: ["models"], rules: ["copies"] } },
      ],
    },
    { title: "no copy", verdict: "fail", absent: true, resources: [bucketExample()] },
    { title: "rule switched off", verdict: "fail", resources: [bucketExample(), split("Disabled")] },
    {
      title: "rule switched off, in the bucket's own arguments",
      verdict: "fail",
      resources: [bucketExample({ replicationConfiguration: { role: "r", rules: [{ status: "Disabled" }] } })],
    },
    { title: "status known only later", verdict: "undecided", resources: [bucketExample(), split(UNKNOWN)] },
  ],
});

function oneInForce(rules: Property<unknown>): Finding[] {
  const { items, complete } = rules.items();
  const states = items.map((item) => argument(item, "status").text());
  if (states.includes("Enabled")) return [];
  return [!complete || states.includes(UNKNOWN) ? undecided(rules) : fail(rules, "has no rule that is in force")];
}
