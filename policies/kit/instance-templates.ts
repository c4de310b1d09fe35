import type { Property } from "./property";
import { type StackFinding, undecided } from "./rule";
import type { StackIndex, StackResource } from "./stack-index";

export const instanceTypes = ["aws:ec2/instance:Instance", "aws:ec2/spotInstanceRequest:SpotInstanceRequest"] as const;
const templateType = "aws:ec2/launchTemplate:LaunchTemplate";

type Arguments = Property<{ launchTemplate?: { id?: string; name?: string } }>;

/** Whether an instance leaves an argument to its launch template. */
export function isLeftToTemplate(properties: Property<unknown>, argument: string): boolean {
  const own = properties as Property<Record<string, unknown>>;
  return own.get(argument).isAbsent && !own.get("launchTemplate").isAbsent;
}

/** Says of each instance that leaves an argument to a template which the stack does not hold, that nothing here shows what it is. */
export function foreignTemplateFindings(index: StackIndex, argument: string): StackFinding[] {
  return instancesOf(index).flatMap(({ resource, properties }) => {
    if (!isLeftToTemplate(properties, argument) || templateOf(index, resource) !== undefined) return [];
    return [{ ...undecided(argument, "is left to a launch template that is not in this stack"), resource }];
  });
}

/** Instances with what the program asked for. */
export function instancesOf(index: StackIndex) {
  return index.ofType(...instanceTypes).map((resource) => ({
    resource: resource as StackResource,
    properties: (resource.inputs ?? resource.properties) as Property<unknown>,
  }));
}

/** The launch template of an instance, where it is in the stack. */
export function templateOf(index: StackIndex, instance: StackResource): StackResource<typeof templateType> | undefined {
  const reference = ((instance.inputs ?? instance.properties) as Arguments).get("launchTemplate");
  const sources = instance.sources.launchTemplate ?? [];
  const names = ["id", "name"] as const;
  return index.ofType(templateType).find((template) => {
    const own = template.properties as Property<{ id?: string; name?: string }>;
    return (
      sources.includes(template.urn) ||
      names.some((name) => {
        const text = reference.get(name).text();
        return typeof text === "string" && text === own.get(name).text();
      })
    );
  });
}
