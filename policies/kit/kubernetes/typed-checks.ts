import type { Property } from "../property";
import type { ResourceType } from "../resource-types";
import type { Finding, ResourceCheck, RuleContext } from "../rule";

/** A check of properties whose shape several resource types share. */
export type PropertiesCheck<P> = (properties: Property<P>, context: RuleContext) => readonly Finding[];

/** One check for several resource types of the same shape, such as an object and its `…Patch`. */
export function sharedChecks<T extends ResourceType, P>(
  types: readonly T[],
  check: PropertiesCheck<P>,
): { readonly [K in T]: ResourceCheck<K> } {
  const judge = (resource: { readonly properties: unknown }, context: RuleContext) =>
    check(resource.properties as Property<P>, context);
  return Object.fromEntries(types.map((type) => [type, judge])) as unknown as {
    readonly [K in T]: ResourceCheck<K>;
  };
}
