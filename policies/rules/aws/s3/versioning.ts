import { requireOneOf } from "../../../kit/checks";
import { companionFindings } from "../../../kit/companions";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type ResourceCheck, rule } from "../../../kit/rule";

const versioningTypes = [
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketVersioningV2:BucketVersioningV2",
] as const;
const bucket = (more: Record<string, Plain> = {}): ExampleResource => ({
  type: "aws:s3/bucket:Bucket",
  name: "models",
  properties: { bucket: "models", ...more },
});
const versioning = (status: Plain): ExampleResource => ({
  type: versioningTypes[0],
  name: "models",
  properties: { bucket: UNKNOWN, versioningConfiguration: { status } },
  dependencies: { bucket: ["models"] },
});

const check: ResourceCheck<(typeof versioningTypes)[number]> = ({ properties }) =>
  requireOneOf(properties.get("versioningConfiguration").get("status"), ["Enabled"], 'is not "Enabled"');

export const versioningOn = rule({
  id: "aws-s3-versioning",
  title: "Every bucket keeps versions",
  severity: "medium",
  rationale:
    "Without versions an overwritten model or a poisoned dataset cannot be told from the good one, or brought back.",
  remediation: 'Add a BucketVersioning for the bucket with versioningConfiguration.status "Enabled".',
  mappings: [
    { framework: "AWS FSBP", control: "S3.14" },
    { framework: "NIST 800-53r5", control: "SI-7" },
  ],
  levels: { baseline: "advisory" },
  deviation: "s3-versioning",
  checks: { [versioningTypes[0]]: check, [versioningTypes[1]]: check },
  remedies: {
    [versioningTypes[0]]: ({ properties }) => switchedOn(properties.get("versioningConfiguration").get("mfaDelete")),
    [versioningTypes[1]]: ({ properties }) => switchedOn(properties.get("versioningConfiguration").get("mfaDelete")),
  },
  observes: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
  stack: (index) =>
    index
      .ofType("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
      // The older form inside the bucket counts as well, when the program itself asks for it.
      .filter((owner) => inlineVersioning(owner.inputs) !== true)
      .flatMap((owner) =>
        companionFindings(index, owner, {
          types: versioningTypes,
          property: "bucket",
          identifiers: ["bucket", "id"],
          missing: "the bucket has no BucketVersioning",
        }),
      ),
  examples: [
    { title: "its own resource", verdict: "pass", profile: "regulated", resources: [bucket(), versioning("Enabled")] },
    {
      title: "inside the bucket's own arguments",
      verdict: "pass",
      profile: "regulated",
      resources: [bucket({ versioning: { enabled: true } })],
    },
    { title: "nothing said", verdict: "fail", absent: true, profile: "regulated", resources: [bucket()] },
    { title: "suspended", verdict: "fail", profile: "regulated", resources: [bucket(), versioning("Suspended")] },
    {
      title: "suspended, by the older type",
      verdict: "fail",
      profile: "regulated",
      resources: [bucket(), { ...versioning("Suspended"), type: versioningTypes[1] }],
    },
    {
      title: "status known only later",
      verdict: "undecided",
      profile: "regulated",
      resources: [bucket(), versioning(UNKNOWN)],
    },
  ],
});

function inlineVersioning(inputs: Property<unknown> | undefined): boolean {
  const [first] =
    (inputs as Property<{ versioning?: { enabled?: boolean } }> | undefined)?.get("versioning").items().items ?? [];
  return first?.get("enabled").flag() === true;
}

function switchedOn(mfaDelete: Property<unknown>) {
  const kept = mfaDelete.text();
  if (kept === UNKNOWN) return undefined;
  return { versioningConfiguration: { status: "Enabled", ...(kept === undefined ? {} : { mfaDelete: kept }) } };
}
