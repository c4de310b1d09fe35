import type { Property } from "./property";
import type { ResourceType } from "./resource-types";
import type { Finding, ResourceCheck, Rule } from "./rule";

/**
 * The parts of a rule about arguments that name other resources. What is made in the same program has no name yet: where the stack tells
 * that such an argument comes from another resource, that it is unknown is no finding.
 *
 * @param references the arguments, at the top of the resource.
 */
export function explainedReferenceParts(
  types: readonly ResourceType[],
  references: readonly string[],
  judge: (properties: Property<unknown>) => readonly Finding[],
): Pick<Rule, "checks" | "stack"> {
  const check: ResourceCheck<ResourceType> = ({ properties }) =>
    judge(properties).filter(({ verdict }) => verdict === "fail");
  return {
    checks: Object.fromEntries(types.map((type) => [type, check])) as Rule["checks"],
    stack: (index) =>
      index.ofType(...types).flatMap((resource) =>
        judge(resource.inputs ?? resource.properties)
          .filter(({ verdict, path }) => {
            const isExplained = references.includes(path) && (resource.sources[path] ?? []).length > 0;
            return verdict === "undecided" && !isExplained;
          })
          .map((finding) => ({ ...finding, resource })),
      ),
  };
}
