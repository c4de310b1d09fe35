import { type Plain, UNKNOWN } from "./property";
import type { StackIndex, StackResource } from "./stack-index";

/** A property of some resource that names another resource. */
export interface Referrer {
  readonly resource: StackResource;
  readonly property: string;
  /** `maybe`: what the property holds is known only later, and no source of it is told. */
  readonly certainty: "sure" | "maybe";
}

interface References {
  readonly bySource: ReadonlyMap<string, readonly Referrer[]>;
  readonly byText: ReadonlyMap<string, readonly Referrer[]>;
  readonly open: readonly Referrer[];
}

const read = new WeakMap<StackIndex, References>();

/**
 * The properties of other resources that name a resource: by the engine's dependency, or by a text, anywhere, that equals one of its
 * identifying outputs. Asked for all types at once, where what may use a thing is too much to list.
 */
export function referrersOf(index: StackIndex, target: StackResource, identifiers: readonly string[]): Referrer[] {
  const { bySource, byText, open } = referencesOf(index);
  const named = identifiers.flatMap((name) =>
    [target.properties, target.inputs].flatMap((properties) => {
      const text = properties?.entry(name).text();
      return typeof text === "string" ? (byText.get(text) ?? []) : [];
    }),
  );
  return [...(bySource.get(target.urn) ?? []), ...named, ...open].filter(({ resource }) => resource !== target);
}

function referencesOf(index: StackIndex): References {
  const known = read.get(index);
  if (known !== undefined) return known;
  const bySource = new Map<string, Referrer[]>();
  const byText = new Map<string, Referrer[]>();
  const open: Referrer[] = [];
  for (const resource of index.all()) {
    for (const [property, urns] of Object.entries(resource.sources)) {
      for (const urn of urns) add(bySource, urn, { resource, property, certainty: "sure" });
    }
    for (const [property, value] of fieldsOf(resource.properties.raw())) {
      for (const text of textsIn(value, 0)) add(byText, text, { resource, property, certainty: "sure" });
    }
    // Outputs are unknown in every preview; only what was asked for can name something that is not told.
    for (const [property, value] of fieldsOf(resource.inputs?.raw())) {
      const explained = (resource.sources[property] ?? []).length > 0;
      if (!explained && holdsUnknown(value, 0)) open.push({ resource, property, certainty: "maybe" });
    }
  }
  const references = { bySource, byText, open };
  read.set(index, references);
  return references;
}

function add(map: Map<string, Referrer[]>, key: string, referrer: Referrer): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [referrer]);
  else list.push(referrer);
}

function fieldsOf(value: Plain | undefined): [string, Plain][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** Properties of AWS are not deeper; documents are texts. */
const deepest = 6;

function textsIn(value: Plain, depth: number): string[] {
  // Identifiers are short, and indexing documents would cost more than it finds.
  if (typeof value === "string") return value.length <= 256 ? [value] : [];
  if (typeof value !== "object" || value === null || depth > deepest) return [];
  return Object.values(value).flatMap((item: Plain) => textsIn(item, depth + 1));
}

function holdsUnknown(value: Plain, depth: number): boolean {
  if (value === UNKNOWN) return true;
  if (typeof value !== "object" || value === null || depth > deepest) return false;
  return Object.values(value).some((item: Plain) => holdsUnknown(item, depth + 1));
}
