import { argument, bucketSettings, bucketTypes } from "./bucket-aspects";
import { isServiceKey } from "./customer-key";
import { type Property, type Reading, UNKNOWN } from "./property";
import type { ResourceType } from "./resource-types";
import type { StackIndex, StackResource } from "./stack-index";

const encryptionTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
] as const satisfies readonly ResourceType[];
const volumeTypes = [
  "aws:ebs/volume:Volume",
  "aws:efs/fileSystem:FileSystem",
] as const satisfies readonly ResourceType[];

/** Types whose inputs {@link encryptedStores} reads. */
export const STORE_TYPES = [...bucketTypes, ...encryptionTypes, ...volumeTypes] as const;

/** What holds data, and the customer's key that encrypts it. */
export interface EncryptedStore {
  readonly resource: StackResource;
  readonly properties: Property<unknown>;
  /** The URN or the name of the key; undefined where AWS's own keys encrypt, or none. */
  readonly key: Reading<string>;
}

/** All buckets, volumes and file systems of a stack with their keys. */
export function encryptedStores(index: StackIndex): EncryptedStore[] {
  const buckets = index.ofType(...bucketTypes).map((found): EncryptedStore => {
    const resource = found as unknown as StackResource;
    const properties: Property<unknown> = found.inputs ?? found.properties;
    return { resource, properties, key: bucketKey(index, resource, properties) };
  });
  const others = index.ofType(...volumeTypes).map((found): EncryptedStore => {
    const resource = found as unknown as StackResource;
    const properties: Property<unknown> = found.inputs ?? found.properties;
    return { resource, properties, key: keyAt(index, argument(properties, "kmsKeyId"), resource.sources.kmsKeyId) };
  });
  return [...buckets, ...others];
}

function bucketKey(index: StackIndex, bucket: StackResource, properties: Property<unknown>): Reading<string> {
  const inline = argument(properties, "serverSideEncryptionConfiguration");
  const links = bucketSettings(index, bucket, encryptionTypes);
  const own = links.flatMap(({ resource, certainty }): Reading<string>[] => {
    const rules = argument(resource.inputs ?? resource.properties, "rules");
    const key = ruleKey(index, rules, resource.sources.rules);
    return [certainty === "sure" ? key : UNKNOWN];
  });
  if (own.length > 0)
    return own.find((key) => typeof key === "string") ?? (own.includes(UNKNOWN) ? UNKNOWN : undefined);
  if (inline.isUnknown) return UNKNOWN;
  const [configuration] = inline.items().items;
  if (configuration === undefined) return undefined;
  const rules = argument(configuration, "rules");
  const list = rules.isAbsent ? argument(configuration, "rule") : rules;
  return ruleKey(index, list, bucket.sources.serverSideEncryptionConfiguration);
}

function ruleKey(index: StackIndex, rules: Property<unknown>, sources: readonly string[] | undefined): Reading<string> {
  const { items, complete } = rules.items();
  if (!complete) return UNKNOWN;
  const keys = items.map((item) => {
    const setting = argument(item, "applyServerSideEncryptionByDefault");
    const algorithm = argument(setting, "sseAlgorithm").text();
    if (algorithm === "AES256") return undefined;
    return keyAt(index, argument(setting, "kmsMasterKeyId"), sources);
  });
  return keys.find((key) => typeof key === "string") ?? (keys.includes(UNKNOWN) ? UNKNOWN : undefined);
}

/** A key of the stack by its URN, whether it is named itself or by an alias; others by the text that names them. */
function keyAt(index: StackIndex, place: Property<unknown>, sources: readonly string[] = []): Reading<string> {
  const text = place.text();
  if (text === undefined) return undefined;
  if (text !== UNKNOWN) return isServiceKey(text) ? undefined : (keyNamed(index, text) ?? text);
  const keys = sources.flatMap((urn) => {
    const source = index.find(urn);
    if (source?.type === "aws:kms/alias:Alias") return source.sources.targetKeyId ?? [];
    return source?.type.startsWith("aws:kms/") === true ? [urn] : [];
  });
  return keys.length === 1 ? keys[0] : UNKNOWN;
}

function keyNamed(index: StackIndex, text: string): string | undefined {
  const keys = index.ofType("aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey", "aws:kms/externalKey:ExternalKey");
  return keys.find(({ properties }) =>
    ["arn", "keyId", "id"].some((name) => (properties as Property<unknown>).entry(name).text() === text),
  )?.urn;
}
