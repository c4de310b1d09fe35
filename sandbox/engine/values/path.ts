import type { PropertyMap } from "../state/types";
import { isPlainObject, isSecret, secretOf, unwrapSecret } from "./inspect";

/** A path into a property map: names, array positions and `*`. */
export type PropertyPath = (string | number)[];

/** Reads `a.b[0]["c.d"].*`; throws on an unclosed bracket or quote and on a path that starts or ends with a dot. */
export function parsePath(text: string): PropertyPath {
  const path: PropertyPath = [];
  let at = 0;
  const fail = (problem: string): never => {
    throw new Error(`property path ${JSON.stringify(text)}: ${problem}`);
  };
  if (text.startsWith(".")) fail("it must start with a name or an index");
  while (at < text.length) {
    if (text[at] === ".") {
      at += 1;
      if (at === text.length) fail("it must end with a name or an index");
    } else if (text[at] !== "[") {
      let end = at;
      while (end < text.length && text[end] !== "." && text[end] !== "[") end += 1;
      path.push(text.slice(at, end));
      at = end;
    } else if (text[at + 1] === '"') {
      const quoted = /^\["((?:\\"|[^"])*)"\]/.exec(text.slice(at));
      if (quoted === null) return fail("a quoted name is not closed");
      path.push((quoted[1] ?? "").replace(/\\"/g, '"'));
      at += quoted[0].length;
    } else {
      const bracket = /^\[([^\]]*)\]/.exec(text.slice(at));
      if (bracket === null) return fail("a bracket is not closed");
      const index = bracket[1] ?? "";
      if (index !== "*" && !/^-?\d+$/.test(index)) fail(`${JSON.stringify(index)} is not an array index`);
      path.push(index === "*" ? "*" : Number(index));
      at += bracket[0].length;
    }
  }
  return path;
}

export function formatPath(path: PropertyPath): string {
  return path
    .map((element, at) => {
      if (typeof element === "number") return `[${element}]`;
      if (/[^A-Za-z0-9_]/.test(element)) return `["${element.replace(/"/g, '\\"')}"]`;
      return at === 0 ? element : `.${element}`;
    })
    .join("");
}

/** True when `other` is the path itself or lies below it. */
export function pathContains(path: PropertyPath, other: PropertyPath): boolean {
  return other.length >= path.length && path.every((element, at) => element === "*" || element === other[at]);
}

/**
 * `current` with the value at the path set back to what it is in `old` (as `ignoreChanges` wants it). `undefined` when that cannot be done: an
 * element of an array cannot be added or removed, and nothing is created on the way to the last element.
 */
export function resetPath(path: PropertyPath, old: PropertyMap, current: PropertyMap): PropertyMap | undefined {
  const result = reset(path, old, current, false, false);
  return result === failed ? undefined : (result as PropertyMap);
}

const failed = Symbol("failed");

/** Keeps a value secret that comes out of a secret into a place that is not one. */
const carried = (value: unknown, oldSecret: boolean, currentSecret: boolean): unknown =>
  oldSecret && !currentSecret && !isSecret(value) ? secretOf(value) : value;

function reset(
  path: PropertyPath,
  old: unknown,
  current: unknown,
  oldSecret: boolean,
  currentSecret: boolean,
): unknown {
  if (isSecret(old) || isSecret(current)) {
    const inner = reset(
      path,
      unwrapSecret(old),
      unwrapSecret(current),
      oldSecret || isSecret(old),
      currentSecret || isSecret(current),
    );
    return inner === failed || !isSecret(current) ? inner : secretOf(inner);
  }
  const [key, ...rest] = path;
  if (key === undefined) return current;
  if (key === "*") return resetAll(rest, old, current, oldSecret, currentSecret);
  if (typeof key === "number") return resetElement(key, rest, old, current, oldSecret, currentSecret);
  if (rest.length === 0) return resetLeaf(key, old, current, oldSecret, currentSecret);
  if (!isPlainObject(old) || !isPlainObject(current))
    return isPlainObject(old) === isPlainObject(current) ? current : failed;
  if (key in old && !(key in current)) return failed;
  if (!(key in current)) return current;
  const inner = reset(rest, old[key], current[key], oldSecret, currentSecret);
  return inner === failed ? failed : { ...current, [key]: inner };
}

function resetLeaf(key: string, old: unknown, current: unknown, oldSecret: boolean, currentSecret: boolean): unknown {
  if (isPlainObject(old) && key in old) {
    if (!isPlainObject(current)) return failed;
    return { ...current, [key]: carried(old[key], oldSecret, currentSecret) };
  }
  if (!isPlainObject(current)) return current;
  const { [key]: _removed, ...kept } = current;
  return kept;
}

function resetElement(
  at: number,
  rest: PropertyPath,
  old: unknown,
  current: unknown,
  oldSecret: boolean,
  currentSecret: boolean,
): unknown {
  const oldElements = Array.isArray(old) ? old : [];
  const elements = Array.isArray(current) ? current : [];
  const inOld = at >= 0 && at < oldElements.length;
  const inCurrent = at >= 0 && at < elements.length;
  if (!inOld && !inCurrent) return current;
  if (!inOld || !inCurrent) return failed;
  const inner =
    rest.length === 0
      ? carried(oldElements[at], oldSecret, currentSecret)
      : reset(rest, oldElements[at], elements[at], oldSecret, currentSecret);
  return inner === failed ? failed : elements.map((element, index) => (index === at ? inner : element));
}

function resetAll(
  rest: PropertyPath,
  old: unknown,
  current: unknown,
  oldSecret: boolean,
  currentSecret: boolean,
): unknown {
  const one = (before: unknown, now: unknown): unknown =>
    rest.length === 0 ? carried(before, oldSecret, currentSecret) : reset(rest, before, now, oldSecret, currentSecret);
  if (Array.isArray(current)) {
    if (!Array.isArray(old)) return rest.length === 0 ? current : failed;
    if (old.length !== current.length) return failed;
    const elements = current.map((element, at) => one(old[at], element));
    return elements.includes(failed) ? failed : elements;
  }
  if (!isPlainObject(current)) return failed;
  if (!isPlainObject(old)) return rest.length === 0 ? current : failed;
  const result: Record<string, unknown> = rest.length === 0 ? {} : { ...current };
  for (const [key, before] of Object.entries(old)) {
    if (rest.length > 0 && !(key in current)) return failed;
    const inner = one(before, current[key]);
    if (inner === failed) return failed;
    result[key] = inner;
  }
  return result;
}
