import { resolveConfig } from "../../../policies/kit/config";
import { Property } from "../../../policies/kit/property";
import type { ExampleResource, Finding, ResourceCheck, Rule, RuleContext } from "../../../policies/kit/rule";
import type { PackSettings } from "../../../policies/kit/settings";
import { StackIndex, type StackResource } from "../../../policies/kit/stack-index";
import { urnOf } from "./analyzer";

type AnyCheck = ResourceCheck<never> & ((view: object, context: RuleContext) => readonly Finding[]);

/**
 * What a rule finds in a program, asked without the SDK between: for the many thousand cases in which only the rule matters. What it throws
 * comes through.
 */
export function findingsOf(rule: Rule, resources: readonly ExampleResource[], settings: PackSettings): Finding[] {
  const { values } = resolveConfig(rule.config ?? {}, settings.rules?.[rule.id]?.config ?? {});
  const context: RuleContext = { ...settings, config: values };
  const single = resources.flatMap(({ type, name, properties }) => {
    const check = rule.checks[type as keyof typeof rule.checks] as AnyCheck | undefined;
    const view = { urn: urnOf({ type, name }), name, type, properties: new Property(properties, "") };
    return check === undefined ? [] : [...check(view, context)];
  });
  return [...single, ...(rule.stack?.(indexOf(rule, resources), context) ?? [])];
}

function indexOf(rule: Rule, resources: readonly ExampleResource[]): StackIndex {
  const urns = new Map<string, string[]>();
  for (const resource of resources) urns.set(resource.name, [...(urns.get(resource.name) ?? []), urnOf(resource)]);
  const shown = new Set<string>([...Object.keys(rule.checks), ...(rule.observes ?? [])]);
  return new StackIndex(
    resources.map((resource): StackResource => {
      const own = urnOf(resource);
      const properties = new Property<never>(resource.properties, "");
      return {
        urn: own,
        name: resource.name,
        type: resource.type,
        properties,
        inputs: shown.has(resource.type) ? properties : undefined,
        sources: Object.fromEntries(
          Object.entries(resource.dependencies ?? {}).map(([property, names]) => [
            property,
            names.flatMap((name) => urns.get(name) ?? []).filter((urn) => urn !== own),
          ]),
        ),
      };
    }),
  );
}
