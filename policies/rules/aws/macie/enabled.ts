import { requireOneOf } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule } from "../../../kit/rule";

const type = "aws:macie2/account:Account";
const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;
const session = (properties: ExampleResource["properties"] = {}): ExampleResource => ({
  type,
  name: "macie",
  properties: { findingPublishingFrequency: "FIFTEEN_MINUTES", ...properties },
});
const bucket: ExampleResource = { type: bucketTypes[0], name: "datasets", properties: {} };

export const macieEnabled = rule({
  id: "aws-macie-enabled",
  title: "Macie looks at buckets, and is not paused",
  severity: "medium",
  rationale: "Personal data that slips into a training set is found by a scan, or by whoever gets it out of the model.",
  remediation: 'Leave status of the Macie Account out or "ENABLED".',
  mappings: [
    { framework: "AWS FSBP", control: "Macie.1" },
    { framework: "NIST 800-53r5", control: "SI-4" },
    { framework: "ISO 27001:2022", control: "A.8.12" },
    { framework: "AWS AI Security Framework", control: "AISF-DATA-01" },
  ],
  config: {
    sessionInStack: {
      type: "boolean",
      description:
        "Whether a stack with buckets must have the session itself. Where another stack has it, this one cannot tell.",
      default: false,
    },
  },
  checks: {
    [type]: ({ properties }) => {
      const status = properties.get("status");
      return status.isAbsent ? [] : requireOneOf(status, ["ENABLED"], "pauses Macie");
    },
  },
  remedies: { [type]: () => ({ status: "ENABLED" }) },
  observes: bucketTypes,
  stack: (index, { config }) => {
    const [resource] = index.ofType(...bucketTypes);
    if (resource === undefined || config.sessionInStack !== true || index.ofType(type).length > 0) return [];
    return [{ ...fail("", "the stack has buckets, and no session of Macie"), resource }];
  },
  examples: [
    { title: "on", verdict: "pass", resources: [session({ status: "ENABLED" })] },
    { title: "nothing said, which means on", verdict: "pass", absent: true, resources: [session()] },
    { title: "buckets alone: another stack has the session", verdict: "pass", resources: [bucket] },
    { title: "paused", verdict: "fail", resources: [session({ status: "PAUSED" })] },
    {
      title: "buckets alone, where the session is demanded",
      verdict: "fail",
      config: { sessionInStack: true },
      resources: [bucket],
    },
    { title: "known only later", verdict: "undecided", resources: [session({ status: UNKNOWN })] },
  ],
});
