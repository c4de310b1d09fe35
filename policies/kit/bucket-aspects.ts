import { type Plain, type Property, UNKNOWN } from "./property";
import type { ResourceType } from "./resource-types";
import { type ExampleResource, type Finding, fail, type ResourceCheck, type Rule, undecided } from "./rule";
import type { StackIndex, StackResource } from "./stack-index";

export const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;

/** A setting of buckets that stands inside the bucket's arguments or in a resource of its own. */
export interface BucketAspect {
  /** The argument inside the bucket. */
  readonly inline: string;
  /** The types of the resource of its own; they share one form. */
  readonly split: readonly ResourceType[];
  /** What is said of a bucket with neither; undefined where the lack of the setting is no finding. */
  readonly missing?: string;
  /** Judges the argument inside the bucket. */
  readonly judgeInline: (setting: Property<unknown>, config: Config) => readonly Finding[];
  /** Judges the properties of the resource of its own. */
  readonly judgeSplit: (properties: Property<unknown>, config: Config) => readonly Finding[];
  /** Which buckets need not have the setting. */
  readonly exempt?: (bucket: StackResource, index: StackIndex) => boolean;
}

type Config = Readonly<Record<string, unknown>>;

/** The parts of a rule about a setting of buckets, which counts wherever it is given. */
export function bucketAspectParts(aspect: BucketAspect): Pick<Rule, "checks" | "stack"> {
  const bucketCheck: ResourceCheck<ResourceType> = ({ properties }, { config }) => {
    const setting = argument(properties, aspect.inline);
    return isGiven(setting) ? aspect.judgeInline(setting, config) : [];
  };
  const splitCheck: ResourceCheck<ResourceType> = ({ properties }, { config }) => aspect.judgeSplit(properties, config);
  const checks = Object.fromEntries([
    ...bucketTypes.map((type) => [type, bucketCheck]),
    ...aspect.split.map((type) => [type, splitCheck]),
  ]) as Rule["checks"];
  const { missing } = aspect;
  return missing === undefined ? { checks } : { checks, stack: (index) => missingFindings(index, aspect, missing) };
}

function missingFindings(index: StackIndex, aspect: BucketAspect, missing: string) {
  return index
    .ofType(...bucketTypes)
    .filter((bucket) => !isGiven(argument(bucket.inputs ?? bucket.properties, aspect.inline)))
    .filter((bucket) => aspect.exempt?.(bucket, index) !== true)
    .flatMap((resource) => {
      const links = bucketSettings(index, resource, aspect.split);
      if (links.some(({ certainty }) => certainty === "sure")) return [];
      const finding = links.length === 0 ? fail("", missing) : undecided("", `${missing}, or it is known only later`);
      return [{ ...finding, resource }];
    });
}

/** The resources that complete a bucket. */
export function bucketSettings<T extends ResourceType>(index: StackIndex, bucket: StackResource, types: readonly T[]) {
  return index.linksTo(bucket, types, "bucket" as never, ["bucket", "id"]);
}

/** An argument by its name; rules whose types have the same argument share what reads it. */
export function argument(properties: Property<unknown>, name: string): Property<unknown> {
  return (properties as Property<Record<string, unknown>>).get(name);
}

function isGiven(setting: Property<unknown>): boolean {
  return setting.isUnknown || setting.items().items.length > 0 || (setting.text() ?? setting.flag()) !== undefined;
}

/** A bucket, for examples. */
export function bucketExample(properties: Readonly<Record<string, Plain>> = {}): ExampleResource {
  return { type: bucketTypes[0], name: "models", properties: { bucket: "models", ...properties } };
}

/** A resource that completes the bucket of {@link bucketExample}, for examples. */
export function settingExample(type: ResourceType, properties: Readonly<Record<string, Plain>>): ExampleResource {
  return { type, name: "models", properties: { bucket: UNKNOWN, ...properties }, dependencies: { bucket: ["models"] } };
}
