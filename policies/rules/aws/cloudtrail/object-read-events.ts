import { type Plain, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { recordsObjects } from "../../../kit/trail-events";
import { keptElsewhereConfig, oneTrailParts, trailExample } from "../../../kit/trails";

const selected = (values: Plain, more: { readonly readWriteType?: string } = {}) =>
  trailExample({ eventSelectors: [{ ...more, dataResources: [{ type: "AWS::S3::Object", values }] }] });
const fields = (...fieldSelectors: Plain[]) => trailExample({ advancedEventSelectors: [{ fieldSelectors }] });
const objects = [
  { field: "eventCategory", equals: ["Data"] },
  { field: "resources.type", equals: ["AWS::S3::Object"] },
];

export const trailObjectReadEvents = rule({
  id: "aws-cloudtrail-object-read-events",
  title: "One of the stack's trails records who reads objects in S3",
  severity: "medium",
  rationale: "Without these events nobody can tell who took a model or a dataset, or whether anybody did.",
  remediation: 'Give a Trail a selector of data events of type AWS::S3::Object with readWriteType "All" or "ReadOnly".',
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "4.9" },
    { framework: "NIST 800-53r5", control: "AU-2" },
    { framework: "NIST 800-53r5", control: "AU-12" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-01" },
  ],
  // Data events cost by their number, so that a program chooses them.
  levels: { baseline: "advisory" },
  config: {
    ...keptElsewhereConfig,
    everyBucket: {
      type: "boolean",
      description: "Whether it must be the objects of every bucket, not of buckets that the trail names.",
      default: false,
    },
  },
  ...oneTrailParts(
    (trail, { everyBucket }) => recordsObjects(trail, "ReadOnly", everyBucket === true),
    "no trail of the stack records who reads the objects of its buckets",
  ),
  examples: [
    { title: "all buckets", verdict: "pass", resources: [selected(["arn:aws:s3"])] },
    {
      title: "one bucket",
      verdict: "pass",
      resources: [selected(["arn:aws:s3:::models/"], { readWriteType: "ReadOnly" })],
    },
    { title: "an advanced selector", verdict: "pass", resources: [fields(...objects)] },
    { title: "no data events", verdict: "fail", absent: true, resources: [trailExample()] },
    {
      title: "the other half alone",
      verdict: "fail",
      resources: [selected(["arn:aws:s3"], { readWriteType: "WriteOnly" })],
    },
    {
      title: "an advanced selector of the other half",
      verdict: "fail",
      resources: [fields(...objects, { field: "readOnly", equals: ["false"] })],
    },
    {
      title: "an advanced selector of one operation",
      verdict: "fail",
      resources: [fields(...objects, { field: "eventName", equals: ["CopyObject"] })],
    },
    {
      title: "one bucket where every one is demanded",
      verdict: "fail",
      config: { everyBucket: true },
      resources: [selected(["arn:aws:s3:::models/"])],
    },
    { title: "buckets known only later", verdict: "undecided", resources: [selected(UNKNOWN)] },
  ],
});
