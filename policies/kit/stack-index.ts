import { type Plain, Property, UNKNOWN } from "./property";
import type { PropertiesOf, ResourceType } from "./resource-types";

/** A resource at the end of a run. */
export interface StackResource<T extends ResourceType = ResourceType> {
  readonly urn: string;
  readonly name: string;
  readonly type: string;
  /** Outputs; during a preview what the provider computes is unknown. */
  readonly properties: Property<PropertiesOf<T>>;
  /** What the program asked for. Undefined when the engine did not show the inputs before. */
  readonly inputs: Property<PropertiesOf<T>> | undefined;
  /** property → URNs of the resources its value comes from. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
}

export interface Link<T extends ResourceType> {
  readonly resource: StackResource<T>;
  /** `maybe`: the reference is known only later and its source is not told. */
  readonly certainty: "sure" | "maybe";
}

/** All resources of a stack, shared by all whole-stack checks. */
export class StackIndex {
  private readonly byType = new Map<string, StackResource[]>();
  private readonly byUrn = new Map<string, StackResource>();

  constructor(resources: readonly StackResource[]) {
    for (const resource of resources) {
      const list = this.byType.get(resource.type);
      if (list === undefined) this.byType.set(resource.type, [resource]);
      else list.push(resource);
      this.byUrn.set(resource.urn, resource);
    }
  }

  ofType<T extends ResourceType>(...types: readonly T[]): StackResource<T>[] {
    return types.flatMap((type) => (this.byType.get(type) ?? []) as unknown as StackResource<T>[]);
  }

  all(): Iterable<StackResource> {
    return this.byUrn.values();
  }

  find(urn: string): StackResource | undefined {
    return this.byUrn.get(urn);
  }

  /**
   * The resources of a type that refer to `target` in a property: by the engine's dependency, or by a known value that equals one of
   * the target's identifying outputs.
   */
  linksTo<T extends ResourceType>(
    target: StackResource,
    types: readonly T[],
    property: keyof PropertiesOf<T> & string,
    identifiers: readonly string[],
  ): Link<T>[] {
    const own = new Set(identifiers.flatMap((name) => knownText(target, name)));
    return this.ofType(...types).flatMap((resource): Link<T>[] => {
      const sources = resource.sources[property] ?? [];
      if (sources.includes(target.urn)) return [{ resource, certainty: "sure" }];
      const text = resource.properties.entry(property).text();
      if (text === UNKNOWN) return sources.length === 0 ? [{ resource, certainty: "maybe" }] : [];
      return text !== undefined && own.has(text) ? [{ resource, certainty: "sure" }] : [];
    });
  }
}

function knownText(resource: StackResource, name: string): string[] {
  return [resource.properties, resource.inputs].flatMap((properties) => {
    const text = properties?.entry(name).text();
    return typeof text === "string" ? [text] : [];
  });
}

/** What the engine showed before each operation, so that a whole-stack check can tell what was asked for from what was computed. */
export class InputRecord {
  private readonly inputs = new Map<string, Plain>();

  remember(urn: string, properties: Plain): void {
    this.inputs.set(urn, properties);
  }

  of<T extends ResourceType>(urn: string): Property<PropertiesOf<T>> | undefined {
    const properties = this.inputs.get(urn);
    return properties === undefined ? undefined : new Property(properties, "");
  }
}
