import type { Values } from "../client";
import { grant, root } from "../documents";
import { configPolicy, types } from "../ground";
import { arn, id, type Life, nothing, ownBucket, step, tagged, versioned } from "./support";

const twice = (life: Life): Life[] => [
  life,
  { ...life, type: life.type.replace(/^(.*):(.*)$/, (_all, path: string, name: string) => `${path}V2:${name}V2`) },
];
const s3 = (name: string): string => `aws:s3/${name[0]?.toLowerCase()}${name.slice(1)}:${name}`;
const setting = (name: string, more: Values, change?: Values, before: Life["before"] = []): Life => ({
  type: s3(name),
  before,
  inputs: (g) => ({ bucket: g.bucket.id, ...more }),
  ...(change === undefined ? {} : { change }),
});

export const buckets: Life[] = [
  ...twice({ type: types.bucket, inputs: nothing, change: tagged }),
  {
    type: s3("BucketObject"),
    inputs: (g) => ({ bucket: g.bucket.id, key: "a/b", content: "one" }),
    change: { content: "two" },
  },
  {
    type: s3("BucketObjectv2"),
    inputs: (g) => ({ bucket: g.bucket.id, key: "a/b", content: "one" }),
    change: { content: "two" },
  },
  ...twice(
    setting(
      "BucketVersioning",
      { versioningConfiguration: { status: "Enabled" } },
      { versioningConfiguration: { status: "Suspended" } },
    ),
  ),
  ...twice(
    setting(
      "BucketObjectLockConfiguration",
      { rule: { defaultRetention: { mode: "COMPLIANCE", days: 30 } } },
      { rule: { defaultRetention: { mode: "COMPLIANCE", days: 60 } } },
      [versioned],
    ),
  ),
  ...twice(
    setting(
      "BucketServerSideEncryptionConfiguration",
      { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }] },
      { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" }, bucketKeyEnabled: true }] },
    ),
  ),
  ...twice(
    setting(
      "BucketLifecycleConfiguration",
      { rules: [{ id: "old", status: "Enabled", expiration: { days: 90 }, filter: { prefix: "" } }] },
      { rules: [{ id: "old", status: "Enabled", expiration: { days: 60 }, filter: { prefix: "" } }] },
    ),
  ),
  ...twice({
    type: s3("BucketLogging"),
    before: [ownBucket],
    inputs: (g, { own }) => ({ bucket: g.bucket.id, targetBucket: id(own), targetPrefix: "log/" }),
    change: { targetPrefix: "access/" },
  }),
  ...twice(
    setting("BucketAcl", { acl: "private" }, undefined, [
      step("controls", s3("BucketOwnershipControls"), (g) => ({
        bucket: g.bucket.id,
        rule: { objectOwnership: "BucketOwnerPreferred" },
      })),
    ]),
  ),
  ...twice(
    setting(
      "BucketCorsConfiguration",
      { corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["https://example.org"] }] },
      { corsRules: [{ allowedMethods: ["PUT"], allowedOrigins: ["https://example.org"] }] },
    ),
  ),
  ...twice(setting("BucketRequestPaymentConfiguration", { payer: "Requester" }, { payer: "BucketOwner" })),
  ...twice(setting("BucketAccelerateConfiguration", { status: "Enabled" }, { status: "Suspended" })),
  setting("BucketPublicAccessBlock", { blockPublicAcls: true }, { blockPublicPolicy: true }),
  {
    type: types.bucketPolicy,
    inputs: (g) => ({ bucket: g.bucket.id, policy: configPolicy(g.bucket) }),
    change: { policy: grant({ AWS: root }, "s3:GetObject", "arn:aws:s3:::ground-of-tests/*") },
  },
  setting(
    "BucketOwnershipControls",
    { rule: { objectOwnership: "BucketOwnerEnforced" } },
    { rule: { objectOwnership: "ObjectWriter" } },
  ),
  setting("BucketNotification", { eventbridge: true }, { eventbridge: false }),
  {
    type: s3("BucketReplicationConfig"),
    before: [
      versioned,
      ownBucket,
      step("target", types.versioning, (_g, { own }) => ({
        bucket: id(own),
        versioningConfiguration: { status: "Enabled" },
      })),
    ],
    inputs: (g, { own }) => ({
      bucket: g.bucket.id,
      role: arn(g.podRole),
      rules: [{ id: "all", status: "Enabled", destination: { bucket: arn(own) } }],
    }),
  },
  setting(
    "BucketIntelligentTieringConfiguration",
    { tierings: [{ accessTier: "ARCHIVE_ACCESS", days: 125 }] },
    { status: "Disabled" },
  ),
  setting("BucketMetric", {}, { filter: { prefix: "a/" } }),
  { type: s3("AccountPublicAccessBlock"), inputs: nothing, change: { blockPublicAcls: true } },
];
