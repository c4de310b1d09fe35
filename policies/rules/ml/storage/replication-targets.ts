import { argument, bucketAspectParts, bucketExample, settingExample } from "../../../kit/bucket-aspects";
import { eachItem, requireGiven } from "../../../kit/checks";
import { isServiceKey } from "../../../kit/customer-key";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const replicationType = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const target = "arn:aws:s3:::copies";
const key = "arn:aws:kms:eu-central-1:111122223333:key/1";
const split = (destination: Record<string, Plain>, status: Plain = "Enabled") =>
  settingExample(replicationType, { role: "role", rules: [{ status, destination }] });
const encryptionConfiguration = { replicaKmsKeyId: key };
const config = { targets: [target] };

export const replicationTargets = rule({
  id: "ml-20-replication-targets",
  title: "Data is replicated to listed buckets only, and encrypted there by a key of yours",
  severity: "high",
  rationale: "A rule of replication copies every new model and dataset, in silence, to whatever bucket it names.",
  remediation: "List the ARN of the target in the rule's targets, and set the replica's KMS key on the destination.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "ISO 27001:2022", control: "A.5.14" },
    { framework: "NIST AI RMF 1.0", control: "MAP 4.2" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0025" },
    { framework: "OWASP ML Top 10", control: "ML05" },
  ],
  config: {
    targets: {
      type: "array",
      description: "ARNs of the buckets that data may be replicated to.",
      items: { type: "string" },
      default: [],
    },
  },
  ...bucketAspectParts({
    inline: "replicationConfiguration",
    split: [replicationType],
    judgeInline: (configuration, { targets }) => {
      return eachItem(configuration, (item) =>
        ruleFindings(argument(item, "rules"), targets, (destination) => argument(destination, "replicaKmsKeyId")),
      );
    },
    judgeSplit: (properties, { targets }) =>
      ruleFindings(argument(properties, "rules"), targets, (destination) =>
        argument(argument(destination, "encryptionConfiguration"), "replicaKmsKeyId"),
      ),
  }),
  examples: [
    {
      title: "a listed bucket, and a key",
      verdict: "pass",
      config,
      resources: [split({ bucket: target, encryptionConfiguration })],
    },
    {
      title: "inside the bucket's own arguments",
      verdict: "pass",
      config,
      resources: [
        bucketExample({
          replicationConfiguration: {
            role: "role",
            rules: [{ status: "Enabled", destination: { bucket: target, replicaKmsKeyId: key } }],
          },
        }),
      ],
    },
    { title: "a rule that is switched off", verdict: "pass", resources: [split({ bucket: target }, "Disabled")] },
    {
      title: "a bucket that is not listed",
      verdict: "fail",
      resources: [split({ bucket: target, encryptionConfiguration })],
    },
    {
      title: "a bucket that is not listed, inside the bucket's own arguments",
      verdict: "fail",
      resources: [
        bucketExample({
          replicationConfiguration: {
            role: "role",
            rules: [{ status: "Enabled", destination: { bucket: target, replicaKmsKeyId: key } }],
          },
        }),
      ],
    },
    { title: "no key", verdict: "fail", absent: true, config, resources: [split({ bucket: target })] },
    {
      title: "AWS's own key",
      verdict: "fail",
      config,
      resources: [split({ bucket: target, encryptionConfiguration: { replicaKmsKeyId: "alias/aws/s3" } })],
    },
    {
      title: "target known only later",
      verdict: "undecided",
      resources: [split({ bucket: UNKNOWN, encryptionConfiguration })],
    },
  ],
});

function ruleFindings(
  rules: Property<unknown>,
  targets: unknown,
  keyOf: (destination: Property<unknown>) => Property<unknown>,
): Finding[] {
  const listed = Array.isArray(targets) ? targets.map(String) : [];
  return eachItem(rules, (item) => {
    if (item.isUnknown) return [undecided(item)];
    const status = argument(item, "status").text();
    if (status === "Disabled") return [];
    const destination = argument(item, "destination");
    const found = [...targetFindings(argument(destination, "bucket"), listed), ...keyFindings(keyOf(destination))];
    return status === UNKNOWN ? found.map((finding) => ({ ...finding, verdict: "undecided" as const })) : found;
  });
}

function targetFindings(bucket: Property<unknown>, listed: readonly string[]): Finding[] {
  const arn = bucket.text();
  if (arn === UNKNOWN) return [undecided(bucket)];
  return arn !== undefined && listed.includes(arn) ? [] : [fail(bucket, "is not among the targets that are listed")];
}

function keyFindings(key: Property<unknown>): Finding[] {
  const name = key.text();
  if (name === UNKNOWN) return [undecided(key)];
  if (name !== undefined && isServiceKey(name)) return [fail(key, "names a key that AWS manages")];
  return requireGiven(key, "is not set, so replicas are not encrypted by a key of yours");
}
