import { isDeepStrictEqual } from "node:util";
import { isObject } from "../values/inspect";

export interface SchemaProblem {
  /** Starts with a dot or a bracket; empty for the value itself. */
  path: string;
  problem: string;
}

const isOfType: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === "boolean",
  object: isObject,
  array: Array.isArray,
  null: (value) => value === null,
};

/**
 * What is wrong with a value by a JSON schema. Knows the keywords that `@pulumi/policy` lets a rule use: `type`, `const`, `enum`, the limits of numbers, texts
 * and lists, `pattern`, `items`, `contains`, `properties`, `patternProperties`, `additionalProperties`, `required`, `propertyNames`. Problems describe the demand, not the value.
 */
export function schemaProblems(schema: Record<string, unknown>, value: unknown, path = ""): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const add = (problem: string): void => {
    problems.push({ path, problem });
  };
  const types = [schema.type ?? []].flat() as string[];
  if (types.length > 0 && !types.some((type) => isOfType[type]?.(value))) {
    add(`must be of type ${types.join(" or ")}`);
    return problems;
  }
  if (Array.isArray(schema.enum) && !schema.enum.some((allowed) => isDeepStrictEqual(allowed, value))) {
    add(`must be one of ${schema.enum.map((allowed) => JSON.stringify(allowed)).join(", ")}`);
  }
  if (schema.const !== undefined && schema.const !== null && !isDeepStrictEqual(schema.const, value)) {
    add(`must be ${JSON.stringify(schema.const)}`);
  }
  if (typeof value === "number") for (const problem of numberProblems(schema, value)) add(problem);
  if (typeof value === "string") for (const problem of textProblems(schema, value)) add(problem);
  if (Array.isArray(value)) problems.push(...listProblems(schema, value, path));
  else if (isObject(value)) problems.push(...objectProblems(schema, value, path));
  return problems;
}

const limitOf = (schema: Record<string, unknown>, key: string): number | undefined => {
  const limit = schema[key];
  return typeof limit === "number" ? limit : undefined;
};

/** The demands among `rules` (keyword, test of value and limit, words) that the value does not meet. */
function broken(
  schema: Record<string, unknown>,
  value: number,
  rules: [string, (value: number, limit: number) => boolean, string][],
): string[] {
  return rules.flatMap(([key, holds, words]) => {
    const limit = limitOf(schema, key);
    return limit === undefined || holds(value, limit) ? [] : [`${words} ${limit}`];
  });
}

const atLeast = (value: number, limit: number): boolean => value >= limit;
const atMost = (value: number, limit: number): boolean => value <= limit;

const numberProblems = (schema: Record<string, unknown>, value: number): string[] =>
  broken(schema, value, [
    ["minimum", atLeast, "must be at least"],
    ["maximum", atMost, "must be at most"],
    ["exclusiveMinimum", (found, limit) => found > limit, "must be more than"],
    ["exclusiveMaximum", (found, limit) => found < limit, "must be less than"],
    ["multipleOf", (found, limit) => Number.isInteger(found / limit), "must be a multiple of"],
  ]);

function textProblems(schema: Record<string, unknown>, value: string): string[] {
  const problems = broken(schema, [...value].length, [
    ["minLength", atLeast, "its length must be at least"],
    ["maxLength", atMost, "its length must be at most"],
  ]);
  const { pattern } = schema;
  if (typeof pattern === "string" && !new RegExp(pattern, "u").test(value)) problems.push(`must match ${pattern}`);
  return problems;
}

function listProblems(schema: Record<string, unknown>, value: unknown[], path: string): SchemaProblem[] {
  const problems = broken(schema, value.length, [
    ["minItems", atLeast, "its length must be at least"],
    ["maxItems", atMost, "its length must be at most"],
  ]).map((problem) => ({ path, problem }));
  if (
    schema.uniqueItems === true &&
    value.some((item, at) => value.slice(0, at).some((other) => isDeepStrictEqual(item, other)))
  ) {
    problems.push({ path, problem: "must not hold the same item twice" });
  }
  const { items, contains } = schema;
  if (isObject(contains) && !value.some((item) => schemaProblems(contains, item).length === 0)) {
    problems.push({ path, problem: "does not hold an item that it must hold" });
  }
  for (const [at, item] of value.entries()) {
    const itemSchema = Array.isArray(items) ? items[at] : items;
    if (isObject(itemSchema)) problems.push(...schemaProblems(itemSchema, item, `${path}[${at}]`));
  }
  return problems;
}

function objectProblems(
  schema: Record<string, unknown>,
  value: Record<string, unknown>,
  path: string,
): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  for (const name of Array.isArray(schema.required) ? schema.required : []) {
    if (!Object.hasOwn(value, String(name))) problems.push({ path: `${path}.${name}`, problem: "is required" });
  }
  problems.push(
    ...broken(schema, Object.keys(value).length, [
      ["minProperties", atLeast, "the number of its properties must be at least"],
      ["maxProperties", atMost, "the number of its properties must be at most"],
    ]).map((problem) => ({ path, problem })),
  );
  const properties = isObject(schema.properties) ? schema.properties : {};
  const patterns = isObject(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
  for (const [key, inner] of Object.entries(value)) {
    const schemas = patterns.filter(([pattern]) => new RegExp(pattern, "u").test(key)).map(([, found]) => found);
    if (Object.hasOwn(properties, key)) schemas.push(properties[key]);
    const others = schema.additionalProperties;
    if (schemas.length === 0 && others === false)
      problems.push({ path: `${path}.${key}`, problem: "is not a known property" });
    if (schemas.length === 0) schemas.push(others);
    for (const found of schemas) if (isObject(found)) problems.push(...schemaProblems(found, inner, `${path}.${key}`));
    if (isObject(schema.propertyNames)) problems.push(...schemaProblems(schema.propertyNames, key, `${path}.${key}`));
  }
  return problems;
}
