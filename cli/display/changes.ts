import type { StepMetadata } from "../engines/contract";
import { formatPath, type PropertyPath, parsePath, valueAt } from "./paths";

/** One property of a resource that is not what it was. */
export interface PropertyChange {
  /** As Pulumi writes paths; inside a JSON text the path goes on after ` (JSON) `. */
  path: string;
  kind: "add" | "delete" | "update";
  /** This property is why the resource is replaced. */
  replaces: boolean;
  before?: unknown;
  after?: unknown;
}

type Properties = Record<string, unknown>;

/**
 * What a step changes, in the order of the properties. With `everything` also the properties of a resource that is created or deleted.
 */
export function propertyChanges(step: StepMetadata, everything = false): PropertyChange[] {
  const { old, new: next } = step;
  if (step.op === "same") return [];
  if (old === undefined || next === undefined || step.op === "create" || step.op === "delete") {
    return everything ? wholeResource(step) : [];
  }
  const found =
    step.detailedDiff === undefined || Object.keys(step.detailedDiff).length === 0
      ? comparedChanges(step)
      : detailedChanges(step);
  return found.flatMap(openJson);
}

function wholeResource({ op, old, new: next }: StepMetadata): PropertyChange[] {
  const gone = op === "delete" || next === undefined;
  const properties = (gone ? old?.inputs : next?.inputs) ?? {};
  return visibleKeys(properties).map((key) => ({
    path: formatPath([key]),
    kind: gone ? "delete" : "add",
    replaces: false,
    ...(gone ? { before: properties[key] } : { after: properties[key] }),
  }));
}

/** The provider told which paths differ. Where the world drifted, the old value is that of the outputs. */
function detailedChanges(step: StepMetadata): PropertyChange[] {
  const { old, new: next, detailedDiff = {}, keys = [] } = step;
  return Object.entries(detailedDiff)
    .filter(([path]) => !isInternal(parsePath(path)))
    .map(([text, { kind, inputDiff }]) => {
      const path = parsePath(text);
      const before = firstKnown(path, inputDiff ? [old?.inputs, old?.outputs] : [old?.outputs, old?.inputs]);
      const after = firstKnown(path, inputDiff ? [next?.inputs, next?.outputs] : [next?.inputs, next?.outputs]);
      const [plain, replace] = kind.split("-") as ["add" | "delete" | "update", string?];
      return {
        path: formatPath(path),
        kind: plain,
        replaces: replace !== undefined || keys.includes(text),
        ...(plain === "add" || before === undefined ? {} : { before }),
        ...(plain === "delete" || after === undefined ? {} : { after }),
      };
    });
}

function firstKnown(path: PropertyPath, places: (Properties | undefined)[]): unknown {
  for (const place of places) {
    const value = valueAt(place, path);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The provider told only which properties differ, or nothing: the inputs are compared here. */
function comparedChanges({ old, new: next, diffs, keys = [] }: StepMetadata): PropertyChange[] {
  const before = old?.inputs ?? {};
  const after = next?.inputs ?? {};
  const top = new Set([...visibleKeys(before), ...visibleKeys(after)]);
  const wanted = diffs === undefined ? undefined : new Set(diffs.map((path) => parsePath(path)[0]));
  const forcing = new Set(keys.map((path) => parsePath(path)[0]));
  return [...top]
    .filter((key) => wanted === undefined || wanted.has(key))
    .flatMap((key) =>
      compare([key], before[key], after[key]).map((change) => ({ ...change, replaces: forcing.has(key) })),
    );
}

const visibleKeys = (properties: Properties): string[] =>
  Object.keys(properties).filter((key) => !key.startsWith("__"));

const isInternal = (path: PropertyPath): boolean =>
  path.some((part) => typeof part === "string" && part.startsWith("__"));

const isGroup = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every path down to the values that are no containers at which two values differ. */
export function compare(path: PropertyPath, before: unknown, after: unknown): PropertyChange[] {
  if (isGroup(before) && isGroup(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys]
      .filter((key) => !key.startsWith("__"))
      .flatMap((key) => compare([...path, key], before[key], after[key]));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, at) => compare([...path, at], before[at], after[at])).flat();
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const kind =
    before === undefined || before === null ? "add" : after === undefined || after === null ? "delete" : "update";
  return [
    {
      path: formatPath(path),
      kind,
      replaces: false,
      ...(kind === "add" ? {} : { before }),
      ...(kind === "delete" ? {} : { after }),
    },
  ];
}

/** A changed JSON text, such as a policy document, is shown by what changed inside it. */
function openJson(change: PropertyChange): PropertyChange[] {
  const before = parsedJson(change.before);
  const after = parsedJson(change.after);
  if (before === undefined || after === undefined) return [change];
  const inner = compare([], before, after);
  if (inner.length === 0) return [change];
  return inner.map((found) => ({
    ...found,
    path: found.path === "" ? change.path : `${change.path} (JSON) ${found.path}`,
    replaces: change.replaces,
  }));
}

function parsedJson(text: unknown): object | undefined {
  if (typeof text !== "string" || !/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
