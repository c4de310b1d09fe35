import type { z } from "zod";
import { type FieldInfo, fieldInfo } from "./field";
import { type PathSegment, printValue } from "./problem";

/** A schema as the settings use them, without the wrappers that say "optional" or "has a default". */
export interface SchemaNode {
  readonly kind: "text" | "flag" | "integer" | "choice" | "list" | "group";
  readonly info: FieldInfo;
  /** Whether the field may be left out. */
  readonly optional: boolean;
  /** What stands in for a field that is left out; undefined for none. Not what an assurance level makes of it. */
  readonly defaultValue: unknown;
  /** Of a choice. */
  readonly values: readonly (string | number)[];
  /** Of an integer and a list: its value and its length. */
  readonly min: number;
  readonly max: number;
  /** Of a list. */
  readonly element: z.ZodType | undefined;
  /** Of a group. */
  readonly shape: Readonly<Record<string, z.ZodType>>;
  /** The schema itself, unwrapped. */
  readonly schema: z.ZodType;
}

interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly defaultValue?: unknown;
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly number[];
  readonly element?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly checks?: readonly { readonly _zod: { readonly def: CheckDefinition } }[];
}

interface CheckDefinition {
  readonly check: string;
  readonly value?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

const kinds: Readonly<Record<string, SchemaNode["kind"]>> = {
  string: "text",
  boolean: "flag",
  number: "integer",
  enum: "choice",
  literal: "choice",
  array: "list",
  object: "group",
};

/** @throws Error for a schema that {@link ./field} does not make, or one without a description. */
export function readNode(schema: z.ZodType): SchemaNode {
  let inner = schema;
  let optional = false;
  let defaultValue: unknown;
  let definition = inner.def as unknown as Definition;
  while (definition.innerType !== undefined) {
    optional = true;
    if (definition.type === "default" || definition.type === "prefault") defaultValue ??= definition.defaultValue;
    inner = definition.innerType;
    definition = inner.def as unknown as Definition;
  }
  const kind = kinds[definition.type];
  const info = fieldInfo.get(inner);
  if (kind === undefined || info === undefined) {
    throw new Error(`A settings schema of type ${definition.type} is not made by the field helpers`);
  }
  const checks = (definition.checks ?? []).map(({ _zod }) => _zod.def);
  return {
    kind,
    info,
    optional,
    defaultValue,
    values: definition.entries === undefined ? (definition.values ?? []) : Object.values(definition.entries),
    min: bound(checks, "greater_than", "min_length") ?? 0,
    max: bound(checks, "less_than", "max_length") ?? Number.MAX_SAFE_INTEGER,
    element: definition.element,
    shape: definition.shape ?? {},
    schema: inner,
  };
}

function bound(checks: readonly CheckDefinition[], ...names: readonly string[]): number | undefined {
  const check = checks.find((candidate) => names.includes(candidate.check));
  return check?.value ?? check?.minimum ?? check?.maximum;
}

/** The node at a path; undefined where the schema has none. */
export function nodeAt(root: z.ZodType, path: readonly PathSegment[]): SchemaNode | undefined {
  let node = readNode(root);
  for (const segment of path) {
    const next =
      typeof segment === "number" ? node.element : Object.hasOwn(node.shape, segment) ? node.shape[segment] : undefined;
    if (next === undefined) return undefined;
    node = readNode(next);
  }
  return node;
}

/** All fields under a schema, depth first, with list elements as segment `0`. The root itself is left out. */
export function allFields(
  root: z.ZodType,
  at: readonly PathSegment[] = [],
): { path: PathSegment[]; node: SchemaNode }[] {
  const node = readNode(root);
  const children: [PathSegment, z.ZodType][] =
    node.element === undefined ? Object.entries(node.shape) : [[0, node.element]];
  return children.flatMap(([segment, schema]) => {
    const path = [...at, segment];
    return [{ path, node: readNode(schema) }, ...allFields(schema, path)];
  });
}

/** What a field takes, in words. */
export function allowedText(node: SchemaNode): string {
  if (node.info.allowed !== undefined) return node.info.allowed;
  switch (node.kind) {
    case "text":
      return "text";
    case "flag":
      return "true or false";
    case "integer":
      return `a whole number from ${node.min} to ${node.max}`;
    case "choice":
      return `one of ${node.values.map(printValue).join(", ")}`;
    case "list":
      return `a list of ${node.min} to ${node.max} entries`;
    case "group":
      return `a group with the settings ${Object.keys(node.shape).join(", ")}`;
  }
}
