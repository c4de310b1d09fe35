import type { Property } from "./property";
import type { ResourceType } from "./resource-types";
import { type Finding, fail, type ResourceCheck, type Rule, undecided } from "./rule";
import { at } from "./same-check";
import type { StackIndex, StackResource } from "./stack-index";

/**
 * The parts of a rule that demands more than one zone: more than one entry in one of some lists of subnets or zones. How many there are may
 * be known only later; where the stack tells that a list comes from several subnets, that is no finding.
 */
export function zoneSpreadParts(
  types: readonly ResourceType[],
  lists: readonly [string, ...string[]],
): Pick<Rule, "checks" | "stack"> {
  const check: ResourceCheck<ResourceType> = ({ properties }) =>
    spreadFindings(properties, lists).filter(({ verdict }) => verdict === "fail");
  return {
    checks: Object.fromEntries(types.map((type) => [type, check])) as Rule["checks"],
    stack: (index) =>
      index.ofType(...types).flatMap((resource) =>
        spreadFindings(resource.inputs ?? resource.properties, lists)
          .filter(({ verdict }) => verdict === "undecided" && !comesFromSubnets(index, resource, lists))
          .map((finding) => ({ ...finding, resource })),
      ),
  };
}

function spreadFindings(properties: Property<unknown>, lists: readonly [string, ...string[]]): Finding[] {
  const places = lists.map((name) => at(properties, name));
  const read = places.map((place) => place.items());
  if (read.some(({ items }) => items.length > 1)) return [];
  const open = places.find((_, index) => read[index]?.complete === false);
  return [open === undefined ? fail(at(properties, lists[0]), "is of fewer than two zones") : undecided(open)];
}

function comesFromSubnets(index: StackIndex, resource: StackResource, lists: readonly string[]): boolean {
  return lists.some((name) => {
    const sources = new Set(resource.sources[name] ?? []);
    return [...sources].filter((urn) => index.find(urn)?.type === "aws:ec2/subnet:Subnet").length > 1;
  });
}
