import { bucketTypes } from "./bucket-aspects";
import { type Plain, type Property, UNKNOWN } from "./property";
import { type ConfigProperty, type ExampleResource, fail, type Rule, type StackFinding, undecided } from "./rule";
import type { StackIndex, StackResource } from "./stack-index";
import { some, type Ternary } from "./statements";

export const trailType = "aws:cloudtrail/trail:Trail";

/** A trail that lacks nothing but what `properties` change, for examples. */
export function trailExample(properties: Readonly<Record<string, Plain>> = {}, name = "audit"): ExampleResource {
  return { type: trailType, name, properties: { s3BucketName: "audit", isMultiRegionTrail: true, ...properties } };
}

/** What a program asked for, where the engine showed it. */
export function inputsOf(resource: StackResource): Property<unknown> {
  return resource.inputs ?? resource.properties;
}

/** The configuration of rules that ask for one trail that does something. */
export const keptElsewhereConfig = {
  keptElsewhere: {
    type: "boolean",
    description:
      "Whether a trail of another stack or of the organisation does it, so that those of this stack need not.",
    default: false,
  },
} as const satisfies Record<string, ConfigProperty>;

/** The parts of a rule that asks that one of the stack's trails does something. A stack without a trail is not asked. */
export function oneTrailParts(
  does: (trail: Property<unknown>, config: Readonly<Record<string, unknown>>) => Ternary,
  text: string,
): Pick<Rule, "checks" | "observes" | "stack"> {
  return {
    checks: {},
    observes: [trailType],
    stack: (index, { config }): StackFinding[] => {
      const [resource, ...others] = index.ofType(trailType);
      if (resource === undefined || config.keptElsewhere === true) return [];
      const found = some(...[resource, ...others].map((trail) => does(inputsOf(trail), config)));
      if (found === true) return [];
      return [{ ...(found === "unknown" ? undecided("", `${text} for sure`) : fail("", text)), resource }];
    },
  };
}

/** Whether an argument has a truth value, or the one that its absence means. */
export function isFlag(place: Property<unknown>, wanted: boolean, absent: boolean): Ternary {
  const value = place.flag();
  return value === UNKNOWN ? "unknown" : (value ?? absent) === wanted;
}

/** Findings about the buckets of the stack that trails write to; undecided where it is open whether one does. */
export function trailBucketFindings(
  index: StackIndex,
  judge: (bucket: StackResource<(typeof bucketTypes)[number]>) => readonly StackFinding[],
): StackFinding[] {
  return index.ofType(...bucketTypes).flatMap((bucket) => {
    const links = index.linksTo(bucket, [trailType], "s3BucketName", ["bucket", "id"]);
    if (links.length === 0) return [];
    const isSure = links.some(({ certainty }) => certainty === "sure");
    return judge(bucket).map((finding) => (isSure ? finding : { ...finding, ...undecided(finding.path) }));
  });
}
