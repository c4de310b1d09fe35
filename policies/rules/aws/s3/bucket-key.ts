import { argument, bucketAspectParts, bucketExample, settingExample } from "../../../kit/bucket-aspects";
import { eachItem } from "../../../kit/checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const encryptionTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
] as const;
const encryption = (more: Record<string, Plain>, sseAlgorithm = "aws:kms"): Plain => ({
  applyServerSideEncryptionByDefault: { sseAlgorithm },
  ...more,
});
const split = (item: Plain) => settingExample(encryptionTypes[0], { rules: [item] });

export const bucketKey = rule({
  id: "aws-s3-bucket-key",
  title: "Buckets with a KMS key use bucket keys",
  severity: "low",
  rationale:
    "Without a bucket key each object is a call to KMS; a training run that reads many meets the quota and stops.",
  remediation: "Set bucketKeyEnabled true in the rule of the bucket's encryption.",
  mappings: [],
  unmapped: "It is about availability and cost under load; no catalogue has a control for it.",
  levels: { baseline: "advisory" },
  ...bucketAspectParts({
    inline: "serverSideEncryptionConfiguration",
    split: encryptionTypes,
    judgeInline: (configuration) => {
      return eachItem(configuration, (item) => {
        const single = argument(item, "rule");
        return ruleFindings(single.isAbsent ? argument(item, "rules") : single);
      });
    },
    judgeSplit: (properties) => ruleFindings(argument(properties, "rules")),
  }),
  examples: [
    { title: "with a bucket key", verdict: "pass", resources: [split(encryption({ bucketKeyEnabled: true }))] },
    { title: "S3's own key needs none", verdict: "pass", resources: [split(encryption({}, "AES256"))] },
    { title: "twofold encryption has none", verdict: "pass", resources: [split(encryption({}, "aws:kms:dsse"))] },
    { title: "nothing said", verdict: "fail", absent: true, resources: [split(encryption({}))] },
    {
      title: "switched off, in the bucket's own arguments",
      verdict: "fail",
      resources: [
        bucketExample({ serverSideEncryptionConfiguration: { rule: encryption({ bucketKeyEnabled: false }) } }),
      ],
    },
    { title: "known only later", verdict: "undecided", resources: [split(encryption({ bucketKeyEnabled: UNKNOWN }))] },
  ],
});

function ruleFindings(rules: Property<unknown>): Finding[] {
  return eachItem(rules, (item) => {
    const algorithm = argument(argument(item, "applyServerSideEncryptionByDefault"), "sseAlgorithm").text();
    const enabled = argument(item, "bucketKeyEnabled");
    const value = enabled.flag();
    if (value === true || (algorithm !== UNKNOWN && algorithm !== "aws:kms")) return [];
    return [value === UNKNOWN || algorithm === UNKNOWN ? undecided(enabled) : fail(enabled, "is not true")];
  });
}
