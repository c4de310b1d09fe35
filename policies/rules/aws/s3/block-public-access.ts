import { requireTrue } from "../../../kit/checks";
import { companionFindings } from "../../../kit/companions";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const settings = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;
const blockType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const bucket: ExampleResource = { type: "aws:s3/bucket:Bucket", name: "datasets", properties: { bucket: "datasets" } };
const block = (change: Record<string, Plain> = {}, reference: Plain = UNKNOWN): ExampleResource => ({
  type: blockType,
  name: "datasets",
  properties: { bucket: reference, ...Object.fromEntries(settings.map((name) => [name, true])), ...change },
  dependencies: { bucket: ["datasets"] },
});

export const blockPublicAccess = rule({
  id: "aws-s3-block-public-access",
  title: "Every bucket blocks public access in all four ways",
  severity: "high",
  rationale:
    "One careless policy or ACL makes a dataset or a model public; the block holds whatever is written there later.",
  remediation: `Add a BucketPublicAccessBlock for the bucket with ${settings.join(", ")} true.`,
  mappings: [
    { framework: "AWS FSBP", control: "S3.8" },
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "SC-7" },
  ],
  deviation: "s3-public-access",
  checks: {
    [blockType]: ({ properties }) => settings.flatMap((name) => requireTrue(properties.get(name))),
  },
  remedies: { [blockType]: () => Object.fromEntries(settings.map((name) => [name, true])) },
  stack: (index) =>
    index.ofType("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2").flatMap((owner) =>
      companionFindings(index, owner, {
        types: [blockType],
        property: "bucket",
        identifiers: ["bucket", "id"],
        missing: "the bucket has no BucketPublicAccessBlock",
      }),
    ),
  examples: [
    { title: "all four", verdict: "pass", resources: [bucket, block()] },
    {
      title: "bucket named by a known name",
      verdict: "pass",
      resources: [bucket, { ...block({}, "datasets"), dependencies: {} }],
    },
    { title: "no block", verdict: "fail", absent: true, resources: [bucket] },
    {
      title: "a block of another bucket",
      verdict: "fail",
      resources: [bucket, { ...block({}, "models"), dependencies: {} }],
    },
    { title: "one of four off", verdict: "fail", resources: [bucket, block({ restrictPublicBuckets: false })] },
    { title: "one known only later", verdict: "undecided", resources: [bucket, block({ blockPublicAcls: UNKNOWN })] },
  ],
});
