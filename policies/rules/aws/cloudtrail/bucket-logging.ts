import { argument, bucketSettings } from "../../../kit/bucket-aspects";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import { inputsOf, trailBucketFindings, trailExample, trailType } from "../../../kit/trails";

const loggingTypes = ["aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketLoggingV2:BucketLoggingV2"] as const;
const bucket = (properties: ExampleResource["properties"] = {}): ExampleResource => ({
  type: "aws:s3/bucket:Bucket",
  name: "logs",
  properties: { bucket: "audit", ...properties },
});
const trail: ExampleResource = { ...trailExample({ s3BucketName: UNKNOWN }), dependencies: { s3BucketName: ["logs"] } };
const logging: ExampleResource = {
  type: loggingTypes[0],
  name: "logs",
  properties: { bucket: UNKNOWN, targetBucket: "access", targetPrefix: "audit/" },
  dependencies: { bucket: ["logs"] },
};

export const trailBucketLogging = rule({
  id: "aws-cloudtrail-bucket-logging",
  title: "Buckets that trails write to log who reaches them",
  severity: "medium",
  rationale:
    "Who reads or deletes log files covers tracks; the bucket's own log is the only record of that which the trail is not in.",
  remediation: "Add a BucketLogging for the trail's bucket with a targetBucket that is another one.",
  mappings: [
    { framework: "AWS FSBP", control: "CloudTrail.7" },
    { framework: "CIS AWS Foundations 7.0.0", control: "4.4" },
    { framework: "NIST 800-53r5", control: "AU-12" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
  ],
  levels: { baseline: "advisory" },
  checks: {},
  observes: [trailType, "aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2", ...loggingTypes],
  stack: (index) =>
    trailBucketFindings(index, (resource) => {
      const inline = argument(inputsOf(resource), "logging");
      const links = bucketSettings(index, resource, loggingTypes);
      if (inline.items().items.length > 0 || links.some(({ certainty }) => certainty === "sure")) return [];
      const text = "a trail writes to the bucket, and it logs no access";
      const isOpen = inline.isUnknown || links.length > 0;
      return [{ ...(isOpen ? undecided("", `${text} for sure`) : fail("", text)), resource }];
    }),
  examples: [
    { title: "a log in another bucket", verdict: "pass", resources: [trail, bucket(), logging] },
    {
      title: "in the bucket's own arguments",
      verdict: "pass",
      resources: [trail, bucket({ logging: { targetBucket: "access" } })],
    },
    { title: "no log", verdict: "fail", absent: true, resources: [trail, bucket()] },
    { title: "known only later", verdict: "undecided", resources: [trail, bucket({ logging: UNKNOWN })] },
  ],
});
