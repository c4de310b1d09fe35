import { comesFromKey, isServiceKey } from "./customer-key";
import { type Property, UNKNOWN } from "./property";
import type { ResourceType } from "./resource-types";
import { type Finding, fail, type ResourceCheck, type Rule, undecided } from "./rule";
import type { Ternary } from "./statements";

/** An argument, at any depth, that is to name a customer's key. */
export interface KeyPlace {
  readonly place: Property<unknown>;
  /** What it means that the argument is not set. */
  readonly absent: string;
  /** Whether the key is needed at all. Default: it is. */
  readonly applies?: Ternary;
}

/**
 * The parts of a rule that demands a customer's key in one or more places of one or more types. A key that is made in the same program
 * has no ARN yet, so what is unknown is judged where the stack tells what it comes from.
 */
export function keyPlaceParts(
  types: readonly ResourceType[],
  placesOf: (properties: Property<unknown>) => readonly KeyPlace[],
): Pick<Rule, "checks" | "stack"> {
  const findings = (properties: Property<unknown>) => placesOf(properties).flatMap(keyFindings);
  const check: ResourceCheck<ResourceType> = ({ properties }) =>
    findings(properties).filter(({ verdict }) => verdict === "fail");
  return {
    checks: Object.fromEntries(types.map((type) => [type, check])) as Rule["checks"],
    stack: (index) =>
      index.ofType(...types).flatMap((resource) =>
        findings(resource.inputs ?? resource.properties)
          .filter(
            ({ verdict, path }) => verdict === "undecided" && !comesFromKey(index, resource.sources[rootOf(path)]),
          )
          .map((finding) => ({ ...finding, resource })),
      ),
  };
}

/** The argument, at the top of the resource, that a path leads into. */
function rootOf(path: string): string {
  return path.split(/[.[]/)[0] ?? "";
}

function keyFindings({ place, absent, applies = true }: KeyPlace): Finding[] {
  if (applies === false) return [];
  const name = place.text();
  if (name === UNKNOWN) return [undecided(place)];
  if (name !== undefined && !isServiceKey(name)) return [];
  if (applies === "unknown") return [undecided(place, "whether a key is needed is known only after deployment")];
  return [fail(place, name === undefined ? absent : "names a key that AWS manages")];
}
