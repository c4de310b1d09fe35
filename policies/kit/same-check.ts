import type { Plain, Property } from "./property";
import type { ResourceType } from "./resource-types";
import type { Finding, ResourceCheck, Rule, RuleContext } from "./rule";

type Judge = (properties: Property<unknown>, context: RuleContext) => readonly Finding[];

/** One check for several types whose arguments have the same names. */
export function sameCheck(types: readonly ResourceType[], judge: Judge): Rule["checks"] {
  const check: ResourceCheck<ResourceType> = ({ properties }, context) => judge(properties, context);
  return Object.fromEntries(types.map((type) => [type, check])) as Rule["checks"];
}

/** One remedy for several types. */
export function sameRemedy(
  types: readonly ResourceType[],
  change: Readonly<Record<string, Plain>>,
): NonNullable<Rule["remedies"]> {
  return Object.fromEntries(types.map((type) => [type, () => change]));
}

/** The property at a path, for checks that several types share. */
export function at(properties: Property<unknown>, ...path: readonly string[]): Property<unknown> {
  return path.reduce((place, key) => (place as Property<Record<string, unknown>>).get(key), properties);
}
