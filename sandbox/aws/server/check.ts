import { type Kind, objectShape, typeShape } from "../spec/shapes";
import type { Autoname, TypeEntry } from "../types/entry";
import { list, object } from "../types/templates";
import type { Properties } from "../world/model";
import { type AutonamingOptions, autoname, autonameOf, NamingError } from "./autoname";
import { holdsUnknown, isUnknown, unknown } from "./values";

export interface Failure {
  property: string;
  reason: string;
}

export interface ProviderSettings {
  region: string;
  defaultTags: Properties;
  ignoredKeys: string[];
  ignoredPrefixes: string[];
}

export interface CheckSubject {
  type: string;
  entry: TypeEntry;
  /** Without an entry of its own: there is no shape to check against. */
  isGeneric: boolean;
  urnName: string;
  randomSeed: Uint8Array;
  options: AutonamingOptions | undefined;
}

export interface Checked {
  inputs: Properties;
  failures: Failure[];
}

/** The inputs as the provider takes them: with defaults, names, Region and all tags filled in, and what is wrong with them. */
export function check(
  subject: CheckSubject,
  old: Properties | undefined,
  news: Properties,
  settings: ProviderSettings,
): Checked {
  const failures: Failure[] = [];
  const { entry } = subject;
  const inputs = { ...news };
  delete inputs.__defaults;
  const defaults: string[] = [];
  const shape = typeShape(subject.type);
  const rule = autonameOf(subject.type, entry);
  if (rule !== undefined && inputs[rule.property] === undefined) {
    applyName(subject, rule, old, inputs, defaults, failures);
  }
  for (const [path, value] of Object.entries({ ...shape?.defaults, ...entry?.defaults })) {
    if (path.includes(".") || inputs[path] !== undefined) continue;
    inputs[path] = value;
    defaults.push(path);
  }
  if (shape === undefined) {
    if (!subject.isGeneric) throw new Error(`shapes.json lacks ${subject.type}: run sandbox/aws/spec/generate.js`);
  } else {
    checkObject(inputs, shape.inputs, shape.required, "", failures);
    for (const [name, kind] of Object.entries(shape.inputs)) {
      if (inputs[name] !== undefined) inputs[name] = withDefaults(inputs[name], kind, name, shape.defaults);
    }
  }
  checkEnums(entry, inputs, failures);
  const takesRegion = shape === undefined ? entry?.global !== true : "region" in shape.inputs;
  if (takesRegion && inputs.region === undefined) inputs.region = settings.region;
  const takesTags =
    shape === undefined ? inputs.tags !== undefined : "tags" in shape.inputs && "tagsAll" in shape.outputs;
  if (takesTags) inputs.tagsAll = allTags(inputs.tags, settings);
  inputs.__defaults = defaults.sort();
  return { inputs, failures };
}

function applyName(
  subject: CheckSubject,
  rule: Autoname,
  old: Properties | undefined,
  inputs: Properties,
  defaults: string[],
  failures: Failure[],
): void {
  // A prefix is the other way to a name; the provider then makes it itself.
  if (inputs[`${rule.property}Prefix`] !== undefined) return;
  try {
    const { urnName, randomSeed, options } = subject;
    const name = autoname({ rule, urnName, randomSeed, old, inputs, options });
    if (name === undefined) return;
    inputs[rule.property] = name;
    defaults.push(rule.property);
  } catch (error) {
    if (!(error instanceof NamingError)) throw error;
    failures.push({ property: rule.property, reason: error.message });
  }
}

/** Default tags under the resource's own, without those that the provider is told to ignore. */
export function allTags(tags: unknown, settings: ProviderSettings): unknown {
  if (holdsUnknown(tags) || holdsUnknown(settings.defaultTags)) return unknown;
  const merged = { ...settings.defaultTags, ...object(tags) };
  return Object.fromEntries(
    Object.entries(merged).filter(
      ([key]) =>
        !settings.ignoredKeys.includes(key) && !settings.ignoredPrefixes.some((prefix) => key.startsWith(prefix)),
    ),
  );
}

function checkObject(
  value: Properties,
  kinds: Record<string, Kind>,
  required: string[],
  path: string,
  failures: Failure[],
): void {
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  for (const name of required) {
    if (value[name] === undefined)
      failures.push({ property: at(name), reason: `Missing required property '${at(name)}'` });
  }
  for (const [name, inner] of Object.entries(value)) {
    if (name === "__defaults" || name === "tagsAll") continue;
    const kind = kinds[name];
    if (kind === undefined) {
      failures.push({
        property: at(name),
        reason: `Unknown property '${at(name)}'. ${nearest(name, Object.keys(kinds))}`,
      });
    } else {
      checkKind(inner, kind, at(name), failures);
    }
  }
}

function checkKind(value: unknown, kind: Kind, path: string, failures: Failure[]): void {
  if (isUnknown(value) || kind === "any" || value === undefined) return;
  const wrong = (expected: string) =>
    failures.push({ property: path, reason: `Property '${path}' must be ${expected}, found ${nameOfKind(value)}` });
  if (typeof kind === "string") {
    const plain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    if (kind === "string" && !plain) wrong("a string");
    if (
      kind === "number" &&
      !(typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)))
    )
      wrong("a number");
    if (kind === "boolean" && !(typeof value === "boolean" || value === "true" || value === "false"))
      wrong("true or false");
    return;
  }
  if ("list" in kind) {
    if (!Array.isArray(value)) wrong("a list");
    else for (const [at, element] of value.entries()) checkKind(element, kind.list, `${path}[${at}]`, failures);
    return;
  }
  const isObject = value !== null && typeof value === "object" && !Array.isArray(value);
  if (!isObject) {
    wrong("an object");
  } else if ("map" in kind) {
    for (const [name, inner] of Object.entries(value)) {
      if (name !== "__defaults") checkKind(inner, kind.map, `${path}.${name}`, failures);
    }
  } else {
    const shape = objectShape(kind.object);
    checkObject(value as Properties, shape.inputs, shape.required, path, failures);
  }
}

const nameOfKind = (value: unknown): string =>
  Array.isArray(value)
    ? "a list"
    : value === null
      ? "nothing"
      : typeof value === "object"
        ? "an object"
        : `a ${typeof value}`;

/** Fills in nested defaults; the bridged provider notes in every nested object which of its values they are. */
function withDefaults(value: unknown, kind: Kind, path: string, defaults: Properties): unknown {
  if (typeof kind === "string" || isUnknown(value)) return value;
  if ("list" in kind) {
    return Array.isArray(value) ? value.map((element) => withDefaults(element, kind.list, path, defaults)) : value;
  }
  if ("map" in kind || value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const shape = objectShape(kind.object);
  const filled: Properties = {};
  for (const [name, inner] of Object.entries(value)) {
    filled[name] = withDefaults(inner, shape.inputs[name] ?? "any", `${path}.${name}`, defaults);
  }
  const own: string[] = [];
  for (const [at, inner] of Object.entries(defaults)) {
    const name = at.slice(at.lastIndexOf(".") + 1);
    if (at !== `${path}.${name}` || filled[name] !== undefined) continue;
    filled[name] = inner;
    own.push(name);
  }
  return { ...filled, __defaults: own.sort() };
}

function checkEnums(entry: TypeEntry | undefined, inputs: Properties, failures: Failure[]): void {
  for (const [path, allowed] of Object.entries(entry?.enums ?? {})) {
    for (const [where, value] of placesAt(inputs, path)) {
      if (typeof value !== "string" || isUnknown(value) || allowed.includes(value)) continue;
      failures.push({
        property: where,
        reason: `expected ${where} to be one of ["${allowed.join('" "')}"], got ${JSON.stringify(value)}`,
      });
    }
  }
}

function placesAt(value: unknown, path: string, where = ""): [string, unknown][] {
  if (value === undefined) return [];
  if (path === "") return [[where, value]];
  if (path.startsWith("[]")) {
    return list(value).flatMap((element, at) => placesAt(element, path.slice(2).replace(/^\./, ""), `${where}[${at}]`));
  }
  const match = /^([A-Za-z0-9]+)\.?(.*)$/.exec(path);
  if (match === null || value === null || typeof value !== "object") return [];
  const name = match[1] ?? "";
  return placesAt((value as Properties)[name], match[2] ?? "", where === "" ? name : `${where}.${name}`);
}

function nearest(name: string, known: string[]): string {
  const near = known.filter((one) => one.toLowerCase().startsWith(name.slice(0, 4).toLowerCase()));
  return near.length > 0 ? `Did you mean ${near.slice(0, 3).join(", ")}?` : `Known are ${known.sort().join(", ")}.`;
}

/** The same value without the marks of defaults. */
export function withoutMarks<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutMarks) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "__defaults")
      .map(([name, inner]) => [name, withoutMarks(inner)]),
  ) as T;
}
