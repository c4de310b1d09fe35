import { argument, bucketExample, bucketTypes } from "../../../kit/bucket-aspects";
import { bucketClassConfig, classedBucketFindings, classTags } from "../../../kit/bucket-class";
import { texts } from "../../../kit/checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import { every, some, type Ternary } from "../../../kit/statements";

const trailType = "aws:cloudtrail/trail:Trail";
const models = bucketExample(classTags("model"));
const trail = (properties: Record<string, Plain>): ExampleResource => ({
  type: trailType,
  name: "audit",
  properties: { s3BucketName: "audit", ...properties },
});
const selected = (value: Plain, readWriteType = "All") =>
  trail({ eventSelectors: [{ readWriteType, dataResources: [{ type: "AWS::S3::Object", values: [value] }] }] });
const fields = (...fieldSelectors: Plain[]) => trail({ advancedEventSelectors: [{ fieldSelectors }] });
const data = { field: "eventCategory", equals: ["Data"] };
const objects = { field: "resources.type", equals: ["AWS::S3::Object"] };

export const objectDataEvents = rule({
  id: "ml-22-object-data-events",
  title: "A trail records who reads and writes the objects of models and datasets",
  severity: "medium",
  rationale: "Without data events nobody can tell who took a model, or who changed the data it was trained on.",
  remediation:
    "Give a Trail an eventSelector with dataResources of type AWS::S3::Object for the bucket, and readWriteType All.",
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "4.8" },
    { framework: "CIS AWS Foundations 7.0.0", control: "4.9" },
    { framework: "NIST 800-53r5", control: "AU-2" },
    { framework: "NIST 800-53r5", control: "AU-12" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.4" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0035" },
    { framework: "OWASP AISVS 1.0", control: "C12.5.3" },
  ],
  config: {
    ...bucketClassConfig("dataset", "feature", "model"),
    trailInStack: {
      type: "boolean",
      description: "Whether the stack itself must have the trail. Where another stack has it, this one cannot tell.",
      default: false,
    },
  },
  checks: {},
  observes: [...bucketTypes, trailType],
  stack: (index, context) => {
    const trails = index.ofType(trailType);
    if (trails.length === 0 && context.config.trailInStack !== true) return [];
    return classedBucketFindings(index, context, (resource) => {
      const name = argument(resource.inputs ?? resource.properties, "bucket").text();
      const covered = some(
        ...trails.flatMap((item) => {
          const inputs: Property<unknown> = item.inputs ?? item.properties;
          const from = [...(item.sources.eventSelectors ?? []), ...(item.sources.advancedEventSelectors ?? [])];
          return coverage(inputs, name, from.includes(resource.urn));
        }),
      );
      if (covered === true) return [];
      const text = "no trail of the stack records both reading and writing of its objects";
      return [{ ...(covered === "unknown" ? undecided("", `${text} for sure`) : fail("", text)), resource }];
    });
  },
  examples: [
    { title: "all buckets", verdict: "pass", resources: [models, selected("arn:aws:s3")] },
    { title: "this bucket", verdict: "pass", resources: [models, selected("arn:aws:s3:::models/")] },
    { title: "advanced, for all objects", verdict: "pass", resources: [models, fields(data, objects)] },
    { title: "no trail here: another stack has it", verdict: "pass", absent: true, resources: [models] },
    { title: "no trail where one is demanded", verdict: "fail", config: { trailInStack: true }, resources: [models] },
    { title: "a trail of management events", verdict: "fail", resources: [models, trail({})] },
    { title: "another bucket", verdict: "fail", resources: [models, selected("arn:aws:s3:::logs/")] },
    { title: "writing alone", verdict: "fail", resources: [models, selected("arn:aws:s3", "WriteOnly")] },
    {
      title: "advanced, writing alone",
      verdict: "fail",
      resources: [models, fields(data, objects, { field: "readOnly", equals: ["false"] })],
    },
    { title: "selected bucket known only later", verdict: "undecided", resources: [models, selected(UNKNOWN)] },
  ],
});

type Name = string | undefined | typeof UNKNOWN;

function coverage(trail: Property<unknown>, name: Name, fromBucket: boolean): Ternary[] {
  if (argument(trail, "enableLogging").flag() === false) return [];
  const basic = argument(trail, "eventSelectors").items();
  const advanced = argument(trail, "advancedEventSelectors").items();
  const open: Ternary[] = basic.complete && advanced.complete ? [] : ["unknown"];
  return [
    ...open,
    ...basic.items.map((item) => basicCovers(item, name, fromBucket)),
    ...advanced.items.map((item) => advancedCovers(item, name, fromBucket)),
  ];
}

function basicCovers(selector: Property<unknown>, name: Name, fromBucket: boolean): Ternary {
  const kind = is(argument(selector, "readWriteType"), "All", true);
  const { items, complete } = argument(selector, "dataResources").items();
  const covers = items.map((item) =>
    every(is(argument(item, "type"), "AWS::S3::Object"), listCovers(argument(item, "values"), name, fromBucket)),
  );
  return every(kind, some(...covers, ...(complete ? [] : ["unknown" as const])));
}

function advancedCovers(selector: Property<unknown>, name: Name, fromBucket: boolean): Ternary {
  const { items, complete } = argument(selector, "fieldSelectors").items();
  const read = items.map((item): Ternary => {
    const field = argument(item, "field").text();
    if (field === UNKNOWN) return "unknown";
    if (field === "eventCategory") return listed(argument(item, "equals"), "Data");
    if (field === "resources.type") return listed(argument(item, "equals"), "AWS::S3::Object");
    if (field !== "resources.ARN") return false;
    return some(
      listCovers(argument(item, "startsWiths"), name, fromBucket),
      listCovers(argument(item, "equals"), name, false),
    );
  });
  const named = items.map((item) => argument(item, "field").text());
  const typed = named.includes("resources.type") || named.includes(UNKNOWN) || !complete;
  return every(typed, ...read, ...(complete ? [] : ["unknown" as const]));
}

/** `arn:aws:s3` or `arn:aws:s3:::` stand for all buckets, in whatever partition. */
function listCovers(list: Property<unknown>, name: Name, fromBucket: boolean): Ternary {
  const { values, open } = texts(list);
  const covers = values.map((value): Ternary => {
    const bucket = /^arn:[^:]+:s3(?::::?(.*))?$/.exec(value);
    if (bucket === null) return false;
    const rest = (bucket[1] ?? "").replace(/^:/, "");
    if (rest === "") return true;
    return name === UNKNOWN ? "unknown" : rest === `${name}/`;
  });
  return some(...covers, ...(open ? [fromBucket ? true : ("unknown" as const)] : []));
}

function listed(list: Property<unknown>, wanted: string): Ternary {
  const { values, open } = texts(list);
  if (values.includes(wanted)) return true;
  return open ? "unknown" : false;
}

function is(place: Property<unknown>, wanted: string, absent = false): Ternary {
  const value = place.text();
  if (value === UNKNOWN) return "unknown";
  return value === undefined ? absent : value === wanted;
}
