import { argument } from "./bucket-aspects";
import { requireGiven } from "./checks";
import type { ResourceType } from "./resource-types";
import { type ResourceCheck, type Rule, undecided } from "./rule";

export interface Reference {
  readonly property: string;
  /** Types of the stack that such a reference comes from. */
  readonly from: readonly string[];
  /** What it means that the argument is not set. */
  readonly absent: string;
}

/**
 * The parts of a rule that demands references to other resources. What the program makes itself has no identifier yet, so what is
 * unknown is judged where the stack tells what it comes from: of anything else it is open whether there will be a value.
 */
export function referenceParts<T extends ResourceType>(
  type: T,
  references: readonly Reference[],
): Pick<Rule, "checks" | "stack"> {
  const check: ResourceCheck<T> = ({ properties }) =>
    references.flatMap(({ property, absent }) => requireGiven(argument(properties, property), absent));
  return {
    checks: { [type]: check } as unknown as Rule["checks"],
    stack: (index) =>
      index.ofType(type).flatMap((resource) =>
        references.flatMap(({ property, from }) => {
          const place = argument(resource.inputs ?? resource.properties, property);
          if (!place.isUnknown) return [];
          const sources = resource.sources[property] ?? [];
          const isOwn = sources.some((urn) => from.includes(index.find(urn)?.type ?? ""));
          return isOwn ? [] : [{ ...undecided(place), resource }];
        }),
      ),
  };
}
