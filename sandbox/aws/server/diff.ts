import { isDeepStrictEqual } from "node:util";
import { isComputedPath, typeShape } from "../spec/shapes";
import type { TypeEntry } from "../types/entry";
import { valueAt } from "../types/templates";
import type { Properties } from "../world/model";
import { autonameOf } from "./autoname";
import { withoutMarks } from "./check";
import { isUnknown } from "./values";

export type ChangeKind = "add" | "delete" | "update";

export interface PropertyChange {
  path: string;
  kind: ChangeKind;
  replaces: boolean;
}

export interface DiffSubject {
  type: string;
  entry: TypeEntry | undefined;
  oldInputs: Properties;
  oldOutputs: Properties;
  news: Properties;
  ignored: string[];
}

export interface Difference {
  changes: PropertyChange[];
  deleteBeforeReplace: boolean;
}

/**
 * What an update would change: the wanted inputs against what the resource is, so that drift shows too. What AWS fills in by itself is no difference.
 * Paths are Pulumi's (`vpcConfig.subnetIds[0]`, `tags["a.b"]`).
 */
export function diff(subject: DiffSubject): Difference {
  const news = withoutMarks(subject.news);
  const oldInputs = withoutMarks(subject.oldInputs);
  const changes: PropertyChange[] = [];
  for (const name of [...new Set([...Object.keys(oldInputs), ...Object.keys(news)])].sort()) {
    if (subject.ignored.some((path) => path === name)) continue;
    compare(
      { subject, changes, steps: [name] },
      oldInputs[name],
      subject.oldOutputs[name] ?? oldInputs[name],
      news[name],
    );
  }
  const kept = changes.filter((change) => !subject.ignored.some((path) => isUnder(change.path, path)));
  const replaced = kept.some((change) => change.replaces);
  return { changes: kept, deleteBeforeReplace: replaced && nameStays(subject) };
}

/** A replacement with the same name that was not made by the provider cannot exist beside the old resource. */
function nameStays({ type, entry, news, oldInputs }: DiffSubject): boolean {
  const property = autonameOf(type, entry)?.property;
  if (property === undefined || news[property] === undefined) return false;
  const made = Array.isArray(news.__defaults) && news.__defaults.includes(property);
  return !made && isDeepStrictEqual(news[property], oldInputs[property]);
}

interface Place {
  subject: DiffSubject;
  changes: PropertyChange[];
  steps: (string | number)[];
}

const inside = (place: Place, step: string | number): Place => ({ ...place, steps: [...place.steps, step] });

function compare(place: Place, oldInput: unknown, old: unknown, wanted: unknown): void {
  if (wanted === undefined) {
    // What was never asked for is AWS's own; what was asked for and is not any more goes, unless AWS fills it in again.
    if (oldInput !== undefined && old !== undefined && !isEmpty(old) && !isComputed(place)) report(place, "delete");
    return;
  }
  if (old === undefined) {
    if (!isEmpty(wanted)) report(place, "add");
    return;
  }
  if (isUnknown(wanted)) {
    report(place, "update");
    return;
  }
  if (isPlainObject(wanted) && isPlainObject(old)) {
    const before = isPlainObject(oldInput) ? oldInput : {};
    const isMap = isMapAt(place);
    const names = new Set([...Object.keys(wanted), ...Object.keys(before), ...(isMap ? Object.keys(old) : [])]);
    for (const name of [...names].sort())
      compare(inside(place, name), isMap ? old[name] : before[name], old[name], wanted[name]);
    return;
  }
  if (Array.isArray(wanted) && Array.isArray(old)) {
    compareLists(place, Array.isArray(oldInput) ? oldInput : [], old, wanted);
    return;
  }
  if (!sameValue(place, old, wanted)) report(place, "update");
}

function compareLists(place: Place, before: unknown[], old: unknown[], wanted: unknown[]): void {
  if (!isSet(place)) {
    for (let at = 0; at < Math.max(old.length, wanted.length); at += 1) {
      if (at >= wanted.length) report(inside(place, at), "delete");
      else if (at >= old.length) report(inside(place, at), "add");
      else compare(inside(place, at), before[at], old[at], wanted[at]);
    }
    return;
  }
  const rest = old.map((value, at) => ({ value, at }));
  const added: number[] = [];
  for (const [at, value] of wanted.entries()) {
    const match = rest.findIndex((one) => covers(value, one.value));
    if (match === -1) added.push(at);
    else rest.splice(match, 1);
  }
  for (const at of added) {
    const replaced = rest.findIndex((one) => one.at === at);
    if (replaced !== -1) rest.splice(replaced, 1);
    report(inside(place, at), replaced === -1 ? "add" : "update");
  }
  for (const { at } of rest) report(inside(place, at), "delete");
}

/** Whether an element of the resource is what was asked for; what AWS added to it does not count. */
function covers(wanted: unknown, old: unknown): boolean {
  if (isPlainObject(wanted) && isPlainObject(old)) {
    return Object.entries(wanted).every(
      ([name, value]) => (old[name] === undefined && isEmpty(value)) || covers(value, old[name]),
    );
  }
  if (Array.isArray(wanted) && Array.isArray(old)) {
    return wanted.length === old.length && wanted.every((value) => old.some((other) => covers(value, other)));
  }
  return isDeepStrictEqual(wanted, old) || (isScalar(wanted) && isScalar(old) && String(wanted) === String(old));
}

function sameValue(place: Place, old: unknown, wanted: unknown): boolean {
  if (isDeepStrictEqual(old, wanted)) return true;
  if (isScalar(old) && isScalar(wanted) && String(old) === String(wanted)) return true;
  return typeof old === "string" && typeof wanted === "string" && isJson(place) && sameDocument(old, wanted);
}

/** Two JSON texts with the same content; in policies a list of one and its only element are the same, and order in lists has no meaning. */
export function sameDocument(a: string, b: string): boolean {
  try {
    return isDeepStrictEqual(normal(JSON.parse(a)), normal(JSON.parse(b)));
  } catch {
    return false;
  }
}

function normal(value: unknown): unknown {
  if (Array.isArray(value)) {
    const parts = value.map(normal);
    if (parts.length === 1) return parts[0];
    return parts
      .map((part) => [JSON.stringify(part), part] as const)
      .sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0))
      .map(([, part]) => part);
  }
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, normal(value[name])]),
  );
}

function report(place: Place, kind: ChangeKind): void {
  place.changes.push({ path: pathText(place.steps), kind, replaces: isReplacing(place) });
}

const schemaPath = (steps: (string | number)[]): string => steps.filter((step) => typeof step === "string").join(".");

/** No resource moves to another Region. Source: the provider's code for its `region` argument. */
const always = ["region"];

function isReplacing({ subject, steps }: Place): boolean {
  const path = schemaPath(steps);
  const touches = (property: string) => path === property || path.startsWith(`${property}.`);
  if ([...always, ...(typeShape(subject.type)?.replaces ?? [])].some(touches)) return true;
  return (subject.entry?.replaces ?? []).some(
    ({ property, when }) =>
      touches(property) &&
      (when === undefined || when(valueAt(subject.oldOutputs, property), valueAt(subject.news, property))),
  );
}

const isSet = ({ subject, steps }: Place): boolean =>
  typeShape(subject.type)?.sets.includes(schemaPath(steps)) ?? false;

function isJson({ subject, steps }: Place): boolean {
  const path = schemaPath(steps);
  return subject.entry?.json?.includes(path) ?? /[pP]olicy$|Document$/.test(path);
}

/** Inputs that AWS fills in when they are absent: leaving them out is no change. */
function isComputed({ subject, steps }: Place): boolean {
  const path = schemaPath(steps);
  return path === "region" || subject.entry?.computed[path] !== undefined || isComputedPath(subject.type, path);
}

function isMapAt({ subject, steps }: Place): boolean {
  const [first] = steps;
  if (steps.length !== 1) return false;
  if (first === "tags" || first === "tagsAll") return true;
  const kind = typeShape(subject.type)?.inputs[String(first)];
  return kind !== undefined && typeof kind === "object" && "map" in kind;
}

function pathText(steps: (string | number)[]): string {
  return steps
    .map((step, at) => {
      if (typeof step === "number") return `[${step}]`;
      if (/^[A-Za-z_$][\w$]*$/.test(step)) return at === 0 ? step : `.${step}`;
      return `["${step.replace(/["\\]/g, "\\$&")}"]`;
    })
    .join("");
}

function isUnder(path: string, prefix: string): boolean {
  if (!path.startsWith(prefix)) return false;
  const next = path[prefix.length];
  return next === undefined || next === "." || next === "[";
}

const isScalar = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value);

/** The provider's schema does not tell these from an absent value. */
const isEmpty = (value: unknown): boolean =>
  value === "" ||
  value === false ||
  value === 0 ||
  (Array.isArray(value) && value.length === 0) ||
  (isPlainObject(value) && Object.keys(value).length === 0);

const isPlainObject = (value: unknown): value is Properties =>
  value !== null && typeof value === "object" && !Array.isArray(value);
