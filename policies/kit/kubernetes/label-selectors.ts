import { type Property, type Reading, UNKNOWN } from "../property";
import { allOf, anyOf, not } from "../readings";
import type { LabelSelector, LabelSelectorRequirement, ObjectMeta } from "../types/kubernetes-workloads";
import { entriesOf } from "./pod";

/** The label that the API server gives each namespace itself. */
const nameLabel = "kubernetes.io/metadata.name";

/** A namespace's label; undefined where it has none of that key. */
export function namespaceLabel(metadata: Property<ObjectMeta | undefined>, key: string): Reading<string> {
  return key === nameLabel ? metadata.get("name").text() : labelOf(metadata, key);
}

function labelOf(metadata: Property<ObjectMeta | undefined>, key: string): Reading<string> {
  const { entries, complete } = entriesOf(metadata.get("labels"));
  const value = entries.find(([name]) => name === key)?.[1].raw();
  if (value === UNKNOWN || !complete) return UNKNOWN;
  return typeof value === "string" ? value : undefined;
}

/** Whether a selector selects a namespace. An empty one, or none, selects all. */
export function selectsNamespace(
  selector: Property<LabelSelector | undefined>,
  metadata: Property<ObjectMeta | undefined>,
): Reading<boolean> {
  return selects(selector, (key) => namespaceLabel(metadata, key));
}

/** Whether a selector selects pods by their labels. An empty one, or none, selects all. */
export function selectsPods(
  selector: Property<LabelSelector | undefined>,
  metadata: Property<ObjectMeta | undefined>,
): Reading<boolean> {
  return selects(selector, (key) => labelOf(metadata, key));
}

type Labels = (key: string) => Reading<string>;

function selects(selector: Property<LabelSelector | undefined>, label: Labels): Reading<boolean> {
  const labels = entriesOf(selector.get("matchLabels"));
  const requirements = selector.get("matchExpressions").items();
  return allOf([
    labels.complete ? true : UNKNOWN,
    requirements.complete ? true : UNKNOWN,
    ...labels.entries.map(([key, value]) => equal(label(key), value.text() ?? "")),
    ...requirements.items.map((requirement) =>
      satisfies(requirement as unknown as Property<LabelSelectorRequirement>, label),
    ),
  ]);
}

function equal(first: Reading<string>, second: Reading<string>): Reading<boolean> {
  return first === UNKNOWN || second === UNKNOWN ? UNKNOWN : first === second;
}

function satisfies(requirement: Property<LabelSelectorRequirement>, labels: Labels): Reading<boolean> {
  const key = requirement.get("key").text();
  const operator = requirement.get("operator").text();
  if (key === UNKNOWN || operator === UNKNOWN) return UNKNOWN;
  const label = labels(key ?? "");
  const isThere = label === UNKNOWN ? UNKNOWN : label !== undefined;
  const { items, complete } = requirement.get("values").items();
  const among = anyOf([...items.map((item) => equal(label, item.text() ?? "")), complete ? false : UNKNOWN]);
  switch (operator) {
    case "Exists":
      return isThere;
    case "DoesNotExist":
      return not(isThere);
    case "In":
      return among;
    case "NotIn":
      return not(among);
    default:
      return false;
  }
}
