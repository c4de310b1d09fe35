import { partitionOf } from "gabion-knowledge";
import type { WorldResource } from "../../world/model";
import { type Context, sources, type TypeEntry } from "../entry";
import { bucketType, known, lasts, likely, nameOf, object, text } from "../kit";

export const objectType = "aws:s3/bucketObject:BucketObject";

export const noBucket = { code: "NoSuchBucket", message: "The specified bucket does not exist", status: 404 };

/** The zone of S3's website names in the Regions that most use. Source: AWS General Reference, Amazon S3 endpoints. */
const websiteZones: Record<string, string> = {
  "eu-central-1": "Z21DNDUVLTQW6Q",
  "eu-west-1": "Z1BKCTXD74EZPE",
  "us-east-1": "Z3AQBSTGFYJSTF",
  "us-east-2": "Z2O1EMRO9K5GLX",
  "us-west-2": "Z3BJ6K6RIION7M",
};

const suffix = (context: Context): string => partitionOf(context.region)?.dnsSuffix ?? "amazonaws.com";
const bucketName = (context: Context): string => nameOf(context, "bucket", "terraform-");

const base: TypeEntry = {
  type: bucketType,
  keptAs: bucketType,
  label: "S3 Bucket",
  api: "S3",
  operations: { update: "PutBucketTagging" },
  provider: "aws_s3_bucket",
  cloudFormation: "AWS::S3::Bucket",
  id: bucketName,
  arn: "arn:{partition}:s3:::{id}",
  autoname: { property: "bucket", maxLength: 63, lowerCase: true },
  defaults: { forceDestroy: false },
  computed: {
    bucket: "{id}",
    bucketDomainName: (context) => `${context.id}.s3.${suffix(context)}`,
    bucketRegion: "{region}",
    bucketRegionalDomainName: (context) => `${context.id}.s3.${context.region}.${suffix(context)}`,
    grants: (context) => [
      { id: context.ids.hex(64, "owner"), permissions: ["FULL_CONTROL"], type: "CanonicalUser", uri: "" },
    ],
    hostedZoneId: (context) => websiteZones[context.region] ?? "",
    objectLockEnabled: () => false,
    requestPayer: () => "BucketOwner",
    serverSideEncryptionConfiguration: () => ({
      rule: {
        applyServerSideEncryptionByDefault: { kmsMasterKeyId: "", sseAlgorithm: "AES256" },
        bucketKeyEnabled: false,
      },
    }),
    versioning: () => ({ enabled: false, mfaDelete: false }),
  },
  unique: [
    {
      by: (properties) => text(properties.bucket),
      refusal: {
        code: "BucketAlreadyOwnedByYou",
        message: "Your previous request to create the named bucket succeeded and you already own it.",
        status: 409,
      },
      global: true,
    },
  ],
  quotas: [
    {
      limit: 10_000,
      per: () => "account",
      refusal: { code: "TooManyBuckets", message: "You have attempted to create more buckets than allowed" },
    },
  ],
  seconds: lasts(2, 1, 1),
  facts: [
    known("names: length, letters, no address, once in the world", sources.guide),
    known("10 000 buckets an account", sources.quotas),
    known("only an empty bucket can be deleted; `forceDestroy` empties it first", sources.code),
    likely(
      "Object Lock can be switched on later, for which the provider's schema asks for a new bucket",
      sources.provider,
    ),
  ],
  rules: nameRules,
  deletable(context, bucket) {
    if (bucket.inputs.forceDestroy === true) {
      for (const one of objectsOf(context, bucket)) checkUnlocked(context, one);
    } else if (objectsOf(context, bucket).length > 0) {
      context.refuse({
        code: "BucketNotEmpty",
        message: "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
        status: 409,
      });
    }
  },
  onDelete: (context, bucket) => ({ removed: objectsOf(context, bucket) }),
};

function nameRules(context: Context): undefined {
  const name = text(context.inputs.bucket);
  if (name === undefined) return;
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(name);
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes("..") || isAddress) {
    context.refuse({ code: "InvalidBucketName", message: "The specified bucket is not valid." });
  }
}

export const objectsOf = (context: Context, bucket: WorldResource): WorldResource[] =>
  context.world.resources(objectType).filter((one) => one.outputs.bucket === bucket.id);

/** Retention in the mode COMPLIANCE ends for nobody before its date. */
export function checkUnlocked(context: Context, one: WorldResource): void {
  const until = text(one.outputs.objectLockRetainUntilDate);
  const held = one.outputs.objectLockLegalHoldStatus === "ON";
  const retained =
    until !== undefined && until > context.date && one.outputs.objectLockMode === "COMPLIANCE" ? `until ${until}` : "";
  if (held || retained !== "") {
    context.refuse({
      code: "AccessDenied",
      message: `Access Denied because object protected by object lock (${one.id}${held ? ", legal hold" : `, ${retained}`}).`,
      status: 403,
    });
  }
}

/** Whether versions are kept, by the setting apart or the bucket's own. */
export function isVersioned(context: Context, bucket: WorldResource): boolean {
  const apart = context.world.find(["aws:s3/bucketVersioning:BucketVersioning"], bucket.id, ["id"]);
  if (apart !== undefined) return object(apart.outputs.versioningConfiguration).status === "Enabled";
  return object(bucket.outputs.versioning).enabled === true || bucket.outputs.objectLockEnabled === true;
}

/** The spelling that the package had before version 7: the same bucket, with lists where the new one has objects. */
const former: TypeEntry = {
  ...base,
  type: "aws:s3/bucketV2:BucketV2",
  computed: {
    ...Object.fromEntries(
      Object.entries(base.computed).filter(
        ([name]) => name !== "versioning" && name !== "serverSideEncryptionConfiguration",
      ),
    ),
    versionings: () => [{ enabled: false, mfaDelete: false }],
    serverSideEncryptionConfigurations: () => [
      {
        rules: [
          {
            applyServerSideEncryptionByDefaults: [{ kmsMasterKeyId: "", sseAlgorithm: "AES256" }],
            bucketKeyEnabled: false,
          },
        ],
      },
    ],
  },
};

export const entries: TypeEntry[] = [base, former];
