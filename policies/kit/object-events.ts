import type { Plain } from "./property";
import { UNKNOWN } from "./property";
import type { Rule } from "./rule";
import { recordsObjects } from "./trail-events";
import { keptElsewhereConfig, oneTrailParts, trailExample } from "./trails";

const selected = (values: Plain, more: { readonly readWriteType?: string } = {}) =>
  trailExample({ eventSelectors: [{ ...more, dataResources: [{ type: "AWS::S3::Object", values }] }] });
const fields = (...fieldSelectors: Plain[]) => trailExample({ advancedEventSelectors: [{ fieldSelectors }] });
const objects = [
  { field: "eventCategory", equals: ["Data"] },
  { field: "resources.type", equals: ["AWS::S3::Object"] },
];

/** The parts of a rule that asks for a trail of the reading, or of the writing, of objects in S3. `text`: what no trail does. */
export function objectEventParts(
  kind: "ReadOnly" | "WriteOnly",
  text: string,
): Pick<Rule, "checks" | "config" | "examples" | "observes" | "stack"> {
  const other = kind === "ReadOnly" ? "WriteOnly" : "ReadOnly";
  return {
    config: {
      ...keptElsewhereConfig,
      everyBucket: {
        type: "boolean",
        description: "Whether it must be the objects of every bucket, not of buckets that the trail names.",
        default: false,
      },
    },
    ...oneTrailParts((trail, { everyBucket }) => recordsObjects(trail, kind, everyBucket === true), text),
    examples: [
      { title: "all buckets", verdict: "pass", resources: [selected(["arn:aws:s3"])] },
      {
        title: "one bucket",
        verdict: "pass",
        resources: [selected(["arn:aws:s3:::models/"], { readWriteType: kind })],
      },
      { title: "an advanced selector", verdict: "pass", resources: [fields(...objects)] },
      { title: "no data events", verdict: "fail", absent: true, resources: [trailExample()] },
      {
        title: "the other half alone",
        verdict: "fail",
        resources: [selected(["arn:aws:s3"], { readWriteType: other })],
      },
      {
        title: "an advanced selector of the other half",
        verdict: "fail",
        resources: [fields(...objects, { field: "readOnly", equals: [String(other === "ReadOnly")] })],
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
  };
}
