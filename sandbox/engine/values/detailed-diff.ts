import type { DiffKind, PropertyDiff } from "../events";
import type { PropertyMap } from "../state/types";
import { deepEqual } from "./compare";
import { isPlainObject } from "./inspect";
import { formatPath, type PropertyPath } from "./path";

export type DetailedDiff = Record<string, PropertyDiff>;

export const isReplace = (kind: DiffKind): boolean => kind.endsWith("replace");
export const asReplace = (kind: DiffKind): DiffKind => (isReplace(kind) ? kind : (`${kind}-replace` as DiffKind));

const inverse: Record<DiffKind, DiffKind> = {
  add: "delete",
  "add-replace": "delete-replace",
  delete: "add",
  "delete-replace": "add-replace",
  update: "update",
  "update-replace": "update-replace",
};

/** The diff that would undo this one. */
export const inverted = (diff: DetailedDiff): DetailedDiff =>
  Object.fromEntries(
    Object.entries(diff).map(([path, { kind, inputDiff }]) => [path, { kind: inverse[kind], inputDiff }]),
  );

/** What differs between two maps, path by path, down to the values that are no containers. A null and an absent property are the same. */
export function detailedDiff(old: PropertyMap, current: PropertyMap, inputDiff: boolean): DetailedDiff {
  const found: DetailedDiff = {};
  walk([], old, current, (path, kind) => {
    found[formatPath(path)] = { kind, inputDiff };
  });
  return found;
}

function walk(
  path: PropertyPath,
  old: unknown,
  current: unknown,
  report: (path: PropertyPath, kind: DiffKind) => void,
): void {
  if (deepEqual(old, current)) return;
  if (isPlainObject(old) && isPlainObject(current)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(current)])) {
      step([...path, key], old[key] ?? undefined, current[key] ?? undefined, report);
    }
  } else if (Array.isArray(old) && Array.isArray(current)) {
    for (let at = 0; at < Math.max(old.length, current.length); at += 1) {
      step([...path, at], old[at], current[at], report);
    }
  } else report(path, "update");
}

function step(
  path: PropertyPath,
  old: unknown,
  current: unknown,
  report: (path: PropertyPath, kind: DiffKind) => void,
): void {
  if (old === undefined && current === undefined) return;
  if (old === undefined) report(path, "add");
  else if (current === undefined) report(path, "delete");
  else walk(path, old, current, report);
}
