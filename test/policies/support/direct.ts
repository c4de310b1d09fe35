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
  const program = new Program(rule, resources);
  return new StackIndex(resources.map((resource) => new ShownResource(resource, program)));
}

/** What the resources of a program are seen with. Made when it is asked for: most rules look at few of many resources. */
class Program {
  private known: Map<string, string[]> | undefined;
  private readonly shown: ReadonlySet<string>;

  constructor(
    rule: Rule,
    private readonly resources: readonly ExampleResource[],
  ) {
    this.shown = shownBy(rule);
  }

  shows(type: string): boolean {
    return this.shown.has(type);
  }

  urnsOf(name: string): readonly string[] {
    if (this.known === undefined) {
      this.known = new Map();
      for (const resource of this.resources) {
        const urns = this.known.get(resource.name);
        if (urns === undefined) this.known.set(resource.name, [urnOf(resource)]);
        else urns.push(urnOf(resource));
      }
    }
    return this.known.get(name) ?? [];
  }
}

const shownTypes = new WeakMap<Rule, ReadonlySet<string>>();

function shownBy(rule: Rule): ReadonlySet<string> {
  const known = shownTypes.get(rule);
  if (known !== undefined) return known;
  const shown = new Set<string>([...Object.keys(rule.checks), ...(rule.observes ?? [])]);
  shownTypes.set(rule, shown);
  return shown;
}

const urns = new WeakMap<ExampleResource, string>();

class ShownResource implements StackResource {
  readonly urn: string;
  readonly name: string;
  readonly type: string;
  readonly properties: Property<never>;
  private known: StackResource["sources"] | undefined;

  constructor(
    private readonly resource: ExampleResource,
    private readonly program: Program,
  ) {
    this.urn = urns.get(resource) ?? urnOf(resource);
    urns.set(resource, this.urn);
    this.name = resource.name;
    this.type = resource.type;
    this.properties = new Property<never>(resource.properties, "");
  }

  get inputs(): Property<never> | undefined {
    return this.program.shows(this.type) ? this.properties : undefined;
  }

  get sources(): StackResource["sources"] {
    this.known ??= Object.fromEntries(
      Object.entries(this.resource.dependencies ?? {}).map(([property, names]) => [
        property,
        names.flatMap((name) => this.program.urnsOf(name)).filter((urn) => urn !== this.urn),
      ]),
    );
    return this.known;
  }
}
