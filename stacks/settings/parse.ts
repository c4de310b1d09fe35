import type { z } from "zod";
import type { Document } from "./decode";
import type { FindingParams } from "./field";
import { type Finding, formatPath, type PathSegment, printValue, type SettingsProblem } from "./problem";
import { allowedText, nodeAt, readNode, type SchemaNode } from "./schema-tree";
import { nearest } from "./suggest";
import { quotingFinding } from "./symptoms";

/** A value in which whatever did not fit its schema is missing. */
export type Partly<T> = T extends readonly (infer E)[]
  ? readonly (Partly<E> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Partly<T[K]> }
    : T;

export interface Parsed<T> {
  readonly value: Partly<T>;
  readonly problems: SettingsProblem[];
}

/** Where a key that a schema lacks is known: the name of the layer whose setting it is. */
export type KeyOwner = (key: string) => string | undefined;

/** Reads a document by a schema and reports everything that does not fit, each with its own message. */
export function parseDocument<S extends z.ZodType>(
  schema: S,
  document: Document,
  ownerOf: KeyOwner = () => undefined,
): Parsed<z.output<S>> {
  const result = schema.safeParse(document);
  if (result.success) return { value: result.data as Partly<z.output<S>>, problems: [] };
  const problems = result.error.issues.flatMap((issue) => describeIssue(schema, document, issue, ownerOf));
  return { value: parsePartly(schema, document) as Partly<z.output<S>>, problems: onePerPath(problems) };
}

/** A value that breaks several rules of its field gets the message of the first: the others follow from it. */
function onePerPath(problems: readonly SettingsProblem[]): SettingsProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ path }) => !seen.has(path) && seen.add(path));
}

function parsePartly(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const node = readNode(schema);
  if (node.kind === "list" && Array.isArray(value)) {
    return value.map((entry) => parsePartly(node.element as z.ZodType, entry));
  }
  if (node.kind === "group" && isGroup(value)) {
    return Object.fromEntries(
      Object.entries(node.shape).map(([key, child]) => [key, parsePartly(child, own(value, key))]),
    );
  }
  return undefined;
}

function describeIssue(
  schema: z.ZodType,
  document: Document,
  issue: z.core.$ZodIssue,
  ownerOf: KeyOwner,
): SettingsProblem[] {
  const path = issue.path as PathSegment[];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => describeUnknownKey(schema, document, path, key, ownerOf));
  }
  const node = nodeAt(schema, path);
  if (node === undefined) throw new Error(`The settings schema has no field at ${formatPath(path)}`);
  const value = valueAt(document, path);
  const finding = givenFinding(issue) ?? findingFor(node, value, path);
  return [{ path: formatPath(path), found: printValue(value), allowed: allowedText(node), ...finding }];
}

function givenFinding(issue: z.core.$ZodIssue): Finding | undefined {
  return issue.code === "custom" ? (issue.params as FindingParams | undefined)?.finding : undefined;
}

function describeUnknownKey(
  schema: z.ZodType,
  document: Document,
  parent: readonly PathSegment[],
  key: string,
  ownerOf: KeyOwner,
): SettingsProblem {
  const siblings = Object.keys((nodeAt(schema, parent) as SchemaNode).shape);
  const path = [...parent, key];
  const top = parent.length === 0;
  const name = top ? formatPath([key]) : key;
  const owner = top ? ownerOf(key) : undefined;
  const dotted = key.includes(".") ? key.split(".") : undefined;
  let remedy = `Remove ${name}`;
  if (owner !== undefined) remedy = `${name} is a setting of the layer "${owner}": remove it here`;
  else if (top && dotted !== undefined && nodeAt(schema, dotted) !== undefined) {
    remedy = `Write ${formatPath([dotted[0] as string])} as a group and "${dotted.slice(1).join(".")}" under it`;
  } else {
    const meant = nearest(key, siblings);
    if (meant !== undefined) remedy = `Did you mean ${top ? formatPath([meant]) : meant}? Rename it, or remove it`;
  }
  return {
    path: formatPath(path),
    found: printValue(valueAt(document, path)),
    reason: "there is no such setting",
    allowed: `the settings ${siblings.join(", ")}`,
    remedy,
  };
}

/** What is wrong with a value that does not fit its field, told from the field and the value alone. */
export function findingFor(node: SchemaNode, value: unknown, path: readonly PathSegment[]): Finding {
  const key = formatPath(path);
  if (value === undefined) return { reason: "it is missing", remedy: `Add ${key}${exampleOf(node)}` };
  if (value === "" || value === null) return { reason: "it is empty", remedy: emptyRemedy(node, key) };
  const quoting = node.info.quoted === undefined ? undefined : quotingFinding(node.info.quoted, value);
  if (quoting !== undefined) return quoting;
  switch (node.kind) {
    case "text":
      return typeof value === "string"
        ? { reason: "the text has not that form", remedy: `Write it in that form${exampleOf(node)}` }
        : { reason: `it is ${kindOf(value)}, not text`, remedy: `Write text in quotes${exampleOf(node)}` };
    case "flag":
      return { reason: "it is neither true nor false", remedy: "Write true or false, without quotes" };
    case "integer":
      if (typeof value !== "number") {
        return {
          reason: `it is ${kindOf(value)}, not a number`,
          remedy: `Write digits without quotes${exampleOf(node)}`,
        };
      }
      if (!Number.isInteger(value))
        return { reason: "it is not whole", remedy: `Write a whole number${exampleOf(node)}` };
      return value < node.min
        ? { reason: "it is too small", remedy: `Write ${node.min} or more` }
        : { reason: "it is too large", remedy: `Write ${node.max} or less` };
    case "choice":
      return choiceFinding(node, value);
    case "list":
      if (!Array.isArray(value)) {
        return {
          reason: `it is ${kindOf(value)}, not a list`,
          remedy: `Write a list, one entry a line${exampleOf(node)}`,
        };
      }
      return value.length < node.min
        ? { reason: `it has ${value.length} entries`, remedy: `Name at least ${node.min}` }
        : { reason: `it has ${value.length} entries`, remedy: `Name at most ${node.max}` };
    case "group":
      return {
        reason: `it is ${kindOf(value)}, not a group of settings`,
        remedy: "Write its settings below it, indented, one a line",
      };
  }
}

function choiceFinding(node: SchemaNode, value: unknown): Finding {
  const names = node.values.map(String);
  if (typeof value !== "string" && typeof value !== "number") {
    return { reason: `it is ${kindOf(value)}, not one of the choices`, remedy: `Write one of ${names.join(", ")}` };
  }
  const meant = typeof value === "string" ? nearest(value, names) : undefined;
  return {
    reason: "there is no such choice",
    remedy: meant === undefined ? `Write one of ${names.join(", ")}` : `Did you mean ${meant}?`,
  };
}

function emptyRemedy(node: SchemaNode, key: string): string {
  return node.optional ? `Remove ${key}, or give it a value${exampleOf(node)}` : `Give it a value${exampleOf(node)}`;
}

function exampleOf(node: SchemaNode): string {
  return node.info.example === undefined ? "" : `, for example ${printValue(node.info.example)}`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return "text";
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    default:
      return "a group";
  }
}

/** The value at a path; undefined where there is none. */
export function valueAt(root: unknown, path: readonly PathSegment[]): unknown {
  let value = root;
  for (const segment of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = own(value, segment);
  }
  return value;
}

function own(value: object, key: PathSegment): unknown {
  return Object.hasOwn(value, key) ? (value as Record<PathSegment, unknown>)[key] : undefined;
}

function isGroup(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
