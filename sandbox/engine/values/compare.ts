import type { PropertyMap } from "../state/types";
import { isArchive, isAsset, isObject } from "./inspect";

/** Structural equality; two assets or archives are equal when their hashes are. */
export function deepEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) && left.length === right.length && left.every((element, at) => deepEqual(element, right[at]))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  if ((isAsset(left) && isAsset(right)) || (isArchive(left) && isArchive(right))) {
    if (left.hash !== undefined && right.hash !== undefined) return left.hash === right.hash;
  }
  const leftKeys = Object.keys(left);
  return (
    leftKeys.length === Object.keys(right).length &&
    leftKeys.every((key) => key in right && deepEqual(left[key], right[key]))
  );
}

/** Equality of property maps where an absent map is an empty one. */
export const sameProperties = (left: PropertyMap | undefined, right: PropertyMap | undefined): boolean =>
  deepEqual(left ?? {}, right ?? {});

export const sameSet = (left: readonly string[] | undefined, right: readonly string[] | undefined): boolean =>
  deepEqual([...(left ?? [])].sort(), [...(right ?? [])].sort());

/** The top-level keys whose values differ. A null and an absent value are the same. */
export function changedKeys(old: PropertyMap, current: PropertyMap): string[] {
  const keys = new Set([...Object.keys(old), ...Object.keys(current)]);
  return [...keys].filter((key) => !deepEqual(old[key] ?? null, current[key] ?? null));
}
