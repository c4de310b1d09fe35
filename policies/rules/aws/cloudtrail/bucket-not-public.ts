import { requireTrue } from "../../../kit/checks";
import { companionFindings } from "../../../kit/companions";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";
import { trailBucketFindings, trailExample, trailType } from "../../../kit/trails";

const blockType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const settings = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;
const bucket: ExampleResource = { type: "aws:s3/bucket:Bucket", name: "logs", properties: { bucket: "audit" } };
const trail: ExampleResource = { ...trailExample({ s3BucketName: UNKNOWN }), dependencies: { s3BucketName: ["logs"] } };
const block = (change: Record<string, Plain> = {}): ExampleResource => ({
  type: blockType,
  name: "logs",
  properties: { bucket: UNKNOWN, ...Object.fromEntries(settings.map((name) => [name, true])), ...change },
  dependencies: { bucket: ["logs"] },
});

export const trailBucketNotPublic = rule({
  id: "aws-cloudtrail-bucket-not-public",
  title: "Buckets that trails write to block public access in all four ways",
  severity: "critical",
  rationale: "The log files tell a stranger every name in the account: roles, keys, buckets, and who works there.",
  remediation: `Add a BucketPublicAccessBlock for the trail's bucket with ${settings.join(", ")} true.`,
  mappings: [
    { framework: "AWS FSBP", control: "CloudTrail.6" },
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "AU-9" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
  ],
  checks: {},
  observes: [trailType, "aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2", blockType],
  stack: (index) =>
    trailBucketFindings(index, (owner) =>
      companionFindings(
        index,
        owner,
        {
          types: [blockType],
          property: "bucket",
          identifiers: ["bucket", "id"],
          missing: "a trail writes to the bucket, and it has no BucketPublicAccessBlock",
        },
        (found) =>
          settings.flatMap((name) =>
            requireTrue((found.inputs ?? found.properties).get(name)).map((finding) => ({
              ...finding,
              resource: found,
            })),
          ),
      ),
    ),
  examples: [
    { title: "all four", verdict: "pass", resources: [trail, bucket, block()] },
    {
      title: "a bucket that no trail writes to",
      verdict: "pass",
      resources: [bucket, trailExample({ s3BucketName: "elsewhere" })],
    },
    { title: "no block", verdict: "fail", absent: true, resources: [trail, bucket] },
    { title: "one of four off", verdict: "fail", resources: [trail, bucket, block({ blockPublicPolicy: false })] },
    {
      title: "one known only later",
      verdict: "undecided",
      resources: [trail, bucket, block({ ignorePublicAcls: UNKNOWN })],
    },
    {
      title: "the trail's bucket known only later",
      verdict: "undecided",
      resources: [trailExample({ s3BucketName: UNKNOWN }), bucket],
    },
  ],
});
