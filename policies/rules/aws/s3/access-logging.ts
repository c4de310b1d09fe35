import { argument, bucketAspectParts, bucketExample, settingExample } from "../../../kit/bucket-aspects";
import { eachItem, requireGiven } from "../../../kit/checks";
import { loggingTypes, logTargetTypes, receivesAccessLogs } from "../../../kit/log-buckets";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, rule } from "../../../kit/rule";

const judge = (logging: Property<unknown>): Finding[] => {
  return eachItem(logging, (item) => requireGiven(argument(item, "targetBucket")));
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
  // Data events of CloudTrail are another record of it, which a program may have instead.
  levels: { baseline: "advisory" },
  observes: logTargetTypes,
  ...bucketAspectParts({
    inline: "logging",
    split: loggingTypes,
    missing: "the bucket logs no access: neither its own arguments nor a BucketLogging ask for it",
    judgeInline: judge,
    judgeSplit: (properties) => requireGiven(argument(properties, "targetBucket")),
    exempt: receivesAccessLogs,
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
      title: "a bucket whose policy lets S3 deliver logs needs none",
      verdict: "pass",
      resources: [
        bucketExample(),
        settingExample("aws:s3/bucketPolicy:BucketPolicy", {
          policy: JSON.stringify({
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "logging.s3.amazonaws.com" },
                Action: "s3:PutObject",
                Resource: "arn:aws:s3:::models/*",
              },
            ],
          }),
        }),
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
