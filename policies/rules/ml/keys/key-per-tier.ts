import { argument } from "../../../kit/bucket-aspects";
import { type EncryptedStore, encryptedStores, STORE_TYPES } from "../../../kit/encrypted-stores";
import { listOf } from "../../../kit/node-machines";
import { type Plain, type Property, type Reading, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex } from "../../../kit/stack-index";

const tags = (tier: Plain): Record<string, Plain> => ({ tags: { "gabion:tier": tier } });
const key = (name: string, properties: Record<string, Plain> = {}): ExampleResource => ({
  type: "aws:kms/key:Key",
  name,
  properties,
});
const volume = (name: string, tier: Plain): ExampleResource => ({
  type: "aws:ebs/volume:Volume",
  name,
  properties: { availabilityZone: "eu-central-1a", encrypted: true, ...tags(tier) },
});
const keyed = (name: string, tier: Plain, keyName: string): ExampleResource => {
  const plain = volume(name, tier);
  return { ...plain, properties: { ...plain.properties, kmsKeyId: UNKNOWN }, dependencies: { kmsKeyId: [keyName] } };
};
const bucket = (name: string, tier: Plain, encryption: Plain): ExampleResource[] => [
  { type: "aws:s3/bucket:Bucket", name, properties: { bucket: name, ...tags(tier) } },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    name: `${name}-encryption`,
    properties: { bucket: UNKNOWN, rules: [{ applyServerSideEncryptionByDefault: encryption }] },
    dependencies: { bucket: [name] },
  },
];
const shared = { sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1" };

export const keyPerTier = rule({
  id: "ml-15-key-per-tier",
  title: "Each tier of data has keys of its own, and confidential data a customer key",
  severity: "medium",
  rationale:
    "Who may decrypt one object of a key may decrypt all: with one key for two tiers a right to the lesser is a right to the greater.",
  remediation:
    "Make a kms.Key for each tier and name it in kmsMasterKeyId or kmsKeyId of that tier's buckets and volumes alone.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
    { framework: "NIST AI RMF 1.0", control: "MAP 4.2" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0036" },
    { framework: "OWASP AISVS 1.0", control: "C5.2.7" },
  ],
  config: {
    tierTags: {
      type: "array",
      items: { type: "string" },
      description: "Tags that name the tier of data or of a key; the first that is there counts.",
      default: ["gabion:tier", "gabion:data-class", "data-tier", "data-class"],
    },
    confidentialTiers: {
      type: "array",
      items: { type: "string" },
      description: "Tiers whose data needs a customer key.",
      default: ["confidential", "restricted"],
    },
  },
  checks: {},
  observes: [...STORE_TYPES, "aws:kms/alias:Alias", "aws:kms/key:Key"],
  stack: (index, { config }) => {
    const tierTags = listOf(config.tierTags);
    const stores = encryptedStores(index).map(
      (store): TieredStore => ({ ...store, tier: tierOf(store.properties, tierTags) }),
    );
    return stores.flatMap((store) => [
      ...ownKeyFindings(store, listOf(config.confidentialTiers)),
      ...sharedFindings(store, stores),
      ...keyTierFindings(index, store, tierTags),
    ]);
  },
  examples: [
    {
      title: "a key each",
      verdict: "pass",
      resources: [key("a"), key("b"), keyed("weights", "confidential", "a"), keyed("cache", "internal", "b")],
    },
    {
      title: "one key for what is of one tier",
      verdict: "pass",
      resources: [...bucket("models", "confidential", shared), ...bucket("adapters", "confidential", shared)],
    },
    {
      title: "no tier is named",
      verdict: "pass",
      resources: [{ type: "aws:s3/bucket:Bucket", name: "logs", properties: { bucket: "logs" } }],
    },
    {
      title: "confidential data without a key",
      verdict: "fail",
      absent: true,
      resources: [volume("weights", "confidential")],
    },
    {
      title: "confidential data under a key that AWS manages",
      verdict: "fail",
      resources: bucket("models", "confidential", { sseAlgorithm: "aws:kms", kmsMasterKeyId: "alias/aws/s3" }),
    },
    {
      title: "one key for two tiers",
      verdict: "fail",
      resources: [...bucket("models", "confidential", shared), ...bucket("reports", "internal", shared)],
    },
    {
      title: "one key of the stack for two tiers",
      verdict: "fail",
      resources: [key("a"), keyed("weights", "confidential", "a"), keyed("cache", "internal", "a")],
    },
    {
      title: "the key of another tier",
      verdict: "fail",
      resources: [key("a", tags("internal")), keyed("weights", "confidential", "a")],
    },
    {
      title: "key known only later",
      verdict: "undecided",
      resources: bucket("models", "confidential", { sseAlgorithm: "aws:kms", kmsMasterKeyId: UNKNOWN }),
    },
  ],
});

interface TieredStore extends EncryptedStore {
  readonly tier: Reading<string>;
}

function tierOf(properties: Property<unknown>, tierTags: readonly string[]): Reading<string> {
  const tags = argument(properties, "tags");
  if (tags.isUnknown) return UNKNOWN;
  return tierTags.map((name) => argument(tags, name).text()).find((tier) => tier !== undefined);
}

function ownKeyFindings({ resource, tier, key }: TieredStore, confidential: readonly string[]): StackFinding[] {
  const inScope = tier === UNKNOWN || (tier !== undefined && confidential.includes(tier));
  if (!inScope || typeof key === "string") return [];
  const text = "confidential data is encrypted by no key of the customer's";
  const isSure = tier !== UNKNOWN && key !== UNKNOWN;
  return [{ ...(isSure ? fail("", text) : undecided("", `${text}, perhaps`)), resource }];
}

function sharedFindings(store: TieredStore, stores: readonly TieredStore[]): StackFinding[] {
  if (store.key === undefined || store.tier === undefined) return [];
  const outcomes = stores.map((other): boolean | "unknown" => {
    if (other.resource.urn === store.resource.urn || other.key === undefined || other.tier === undefined) return false;
    const isOpen = [store.key, store.tier, other.key, other.tier].includes(UNKNOWN);
    if (other.tier === store.tier && other.tier !== UNKNOWN) return false;
    const areOthers = store.key !== UNKNOWN && other.key !== UNKNOWN && other.key !== store.key;
    return areOthers ? false : isOpen ? "unknown" : true;
  });
  const text = "its key also encrypts data of another tier";
  if (outcomes.includes(true)) return [{ ...fail("", text), resource: store.resource }];
  return outcomes.includes("unknown") ? [{ ...undecided("", `${text}, perhaps`), resource: store.resource }] : [];
}

function keyTierFindings(index: StackIndex, store: TieredStore, tierTags: readonly string[]): StackFinding[] {
  const key = typeof store.key === "string" ? index.find(store.key) : undefined;
  if (key === undefined || store.tier === undefined) return [];
  const tier = tierOf(key.inputs ?? key.properties, tierTags);
  if (tier === undefined || (tier === store.tier && tier !== UNKNOWN)) return [];
  const text = "its key is one of another tier";
  const isSure = tier !== UNKNOWN && store.tier !== UNKNOWN;
  return [{ ...(isSure ? fail("", text) : undecided("", `${text}, perhaps`)), resource: store.resource }];
}
