import { argument, bucketTypes } from "./bucket-aspects";
import { type Property, UNKNOWN } from "./property";
import type { ConfigProperty, RuleContext, StackFinding } from "./rule";
import type { StackIndex, StackResource } from "./stack-index";

type Bucket = StackResource<(typeof bucketTypes)[number]>;

/** The configuration of rules about buckets of some classes. */
export function bucketClassConfig(...classes: readonly string[]) {
  return {
    classTag: {
      type: "string",
      description: "The tag that says what a bucket holds.",
      default: "gabion:bucket-class",
    },
    classes: {
      type: "array",
      description: "The values of that tag of the buckets that the rule is about.",
      items: { type: "string" },
      default: classes,
    },
  } satisfies Record<string, ConfigProperty>;
}

/** What `judge` says about the buckets of the rule's classes; of buckets whose class is known only later, as undecided. */
export function classedBucketFindings(
  index: StackIndex,
  { config }: RuleContext,
  judge: (bucket: Bucket) => readonly StackFinding[],
): StackFinding[] {
  const classes = Array.isArray(config.classes) ? config.classes.map(String) : [];
  return index.ofType(...bucketTypes).flatMap((bucket) => {
    const inputs: Property<unknown> = bucket.inputs ?? bucket.properties;
    const found = argument(argument(inputs, "tags"), String(config.classTag)).text();
    if (found === UNKNOWN) return judge(bucket).map((finding) => ({ ...finding, verdict: "undecided" as const }));
    return found !== undefined && classes.includes(found) ? judge(bucket) : [];
  });
}

/** The tags of a bucket of a class, for examples. */
export function classTags(bucketClass: string) {
  return { tags: { "gabion:bucket-class": bucketClass } };
}
