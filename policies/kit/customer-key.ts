import { type Property, UNKNOWN } from "./property";
import type { ResourceType } from "./resource-types";
import { type Finding, fail, type ResourceCheck, type Rule, undecided } from "./rule";
import type { StackIndex } from "./stack-index";

const keyTypes: ReadonlySet<string> = new Set([
  "aws:kms/alias:Alias",
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/key:Key",
  "aws:kms/replicaKey:ReplicaKey",
]);

/** Whether a key's name is one of those that AWS makes and manages itself. */
export function isServiceKey(key: string): boolean {
  return /(^|[:/])alias\/aws\//.test(key);
}

export interface KeyQuestion<T extends ResourceType> {
  readonly type: T;
  /** The argument that names the key. */
  readonly property: string;
  /** What it means that the argument is not set; undefined where that says nothing. */
  readonly absent: string;
  /** Whether the rule is about this resource at all. Default: it is. */
  readonly applies?: (properties: Property<unknown>) => boolean | "unknown";
}

/**
 * The parts of a rule that demands a customer's key. A key made in the same program has no ARN yet, so what is unknown is judged where
 * the stack tells what it comes from.
 */
export function customerKeyParts<T extends ResourceType>(question: KeyQuestion<T>): Pick<Rule, "checks" | "stack"> {
  const check: ResourceCheck<T> = ({ properties }) =>
    keyFindings(properties, question).filter(({ verdict }) => verdict === "fail");
  return {
    checks: { [question.type]: check } as unknown as Rule["checks"],
    stack: (index) =>
      index.ofType(question.type).flatMap((resource) => {
        if (comesFromKey(index, resource.sources[question.property])) return [];
        const open = keyFindings(resource.inputs ?? resource.properties, question);
        return open.filter(({ verdict }) => verdict === "undecided").map((finding) => ({ ...finding, resource }));
      }),
  };
}

/** Whether a property's value comes from a key of the stack. */
export function comesFromKey(index: StackIndex, sources: readonly string[] = []): boolean {
  return sources.some((urn) => keyTypes.has(index.find(urn)?.type ?? ""));
}

function keyFindings(properties: Property<unknown>, question: KeyQuestion<ResourceType>): Finding[] {
  const applies = question.applies?.(properties) ?? true;
  if (applies === false) return [];
  const key = properties as Property<Record<string, string>>;
  const place = key.get(question.property);
  const name = place.text();
  if (name === UNKNOWN) return [undecided(place)];
  if (name !== undefined && !isServiceKey(name)) return [];
  if (applies === "unknown") return [undecided(place, "whether a key is needed is known only after deployment")];
  return [fail(place, name === undefined ? question.absent : "names a key that AWS manages")];
}
