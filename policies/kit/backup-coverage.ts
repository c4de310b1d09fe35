import { matchesPattern } from "gabion-knowledge";
import { UNKNOWN } from "./property";
import { type ExampleResource, fail, type StackFinding, undecided } from "./rule";
import type { StackIndex, StackResource } from "./stack-index";
import { every, some, type Ternary } from "./statements";
import { askedOf } from "./training-network";

export const selectionType = "aws:backup/selection:Selection";

type Selection = StackResource<typeof selectionType>;

/** What there is to say about a resource that a backup plan of the stack is to select. `kind` as for {@link isSelectedForBackup}. */
export function backupPlanFindings(index: StackIndex, resource: StackResource, kind: string): StackFinding[] {
  const selected = isSelectedForBackup(index, resource, kind);
  if (selected === true) return [];
  const text = "no backup plan of the stack selects it";
  return [{ ...(selected === false ? fail("", text) : undecided("", `${text} for sure`)), resource }];
}

/**
 * Whether a selection of the stack puts a resource into a backup plan: by its name, by a pattern for all resources of its kind, or by
 * one of its tags.
 *
 * @param kind how the ARNs of such resources go on after the partition, for example `rds:*:*:db:*`.
 */
export function isSelectedForBackup(index: StackIndex, resource: StackResource, kind: string): Ternary {
  return some(...index.ofType(selectionType).map((selection) => selects(selection, resource, kind)));
}

function selects(selection: Selection, resource: StackResource, kind: string): Ternary {
  const asked = askedOf(selection);
  const narrowed = (["conditions", "notResources"] as const).map((name): Ternary => {
    const { items, complete } = asked.get(name).items();
    return items.length === 0 && complete ? false : "unknown";
  });
  const named = some(namesIt(selection, resource, kind), hasSelectedTag(selection, resource));
  return every(named, some(...narrowed) === false ? true : "unknown");
}

function namesIt(selection: Selection, resource: StackResource, kind: string): Ternary {
  const sources = selection.sources.resources ?? [];
  if (sources.includes(resource.urn)) return true;
  const { items, complete } = askedOf(selection).get("resources").items();
  const arn = resource.properties.entry("arn").text();
  const outcomes = items.map((item): Ternary => {
    const text = item.text();
    if (text === UNKNOWN) return sources.length === 0 ? "unknown" : false;
    if (text === undefined) return false;
    // A pattern that has room for every resource of the kind, in whatever partition.
    return text === arn || matchesPattern(text.replace(/^arn:[^:]*:/, "arn:aws:"), `arn:aws:${kind}`);
  });
  return some(...outcomes, complete || sources.length > 0 ? false : "unknown");
}

function hasSelectedTag(selection: Selection, resource: StackResource): Ternary {
  const { items, complete } = askedOf(selection).get("selectionTags").items();
  if (items.length === 0) return complete ? false : "unknown";
  const tags = askedOf(resource).entry("tags");
  if (tags.raw() === UNKNOWN) return "unknown";
  const outcomes = items.map((item): Ternary => {
    const [key, value] = [item.get("key").text(), item.get("value").text()];
    if (key === UNKNOWN || value === UNKNOWN) return "unknown";
    const own = typeof key === "string" ? tags.entry(key).text() : undefined;
    return own === UNKNOWN ? "unknown" : own !== undefined && own === value;
  });
  return some(...outcomes, complete ? false : "unknown");
}

/** A selection of a plan, for examples. */
export function selectionExample(properties: ExampleResource["properties"], dependencies = {}): ExampleResource {
  return { type: selectionType, name: "nightly", properties: { planId: "plan", ...properties }, dependencies };
}

/** A selection by a tag, for examples. */
export const selectionTags = [{ type: "STRINGEQUALS", key: "backup", value: "nightly" }];
