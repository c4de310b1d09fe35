import * as fs from "node:fs";
import * as path from "node:path";

const namespace = "gabion-policies";

/** A part of the pack's schema, of the form that its generator writes. */
interface Schema {
  type?: string;
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
}

/** Where something is wrong, from the setting on, and what. */
interface Problem {
  path: string;
  problem: string;
}

type Check = (schema: Record<string, unknown>, value: unknown, path?: string) => Problem[];

/**
 * What is wrong with a stack's settings of the repository's policy pack, each with its place. The pack says the same when it starts; it is
 * told here by the schema beside it. A pack without a schema has nothing to say.
 */
export async function policySettingsProblems(
  pack: string,
  values: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  const own = Object.entries(values).filter(([key]) => key.startsWith(`${namespace}:`));
  const schemas = own.length === 0 ? undefined : readSchemas(path.join(pack, "settings.schema.json"));
  if (schemas === undefined) return [];
  const { schemaProblems } = await import("gabion-sandbox/engine/policy");
  return own.flatMap(([key, value]) => {
    const schema = schemas[key];
    if (schema === undefined)
      return [`${key}: the pack has no such setting; it has ${Object.keys(schemas).join(", ")}`];
    return settingProblems(schema, structured(schema, value), schemaProblems).map(
      ({ path, problem }) => `${key}${path}: ${problem}`,
    );
  });
}

function settingProblems(schema: Schema, value: unknown, check: Check): Problem[] {
  const problems = check(withoutRules(schema), value);
  if (schema.properties === undefined || !isRecord(value)) return problems;
  const rules = schema.properties;
  return [
    ...problems,
    ...Object.entries(value).flatMap(([id, setting]) => ruleProblems(rules[id], `.${id}`, setting, check)),
  ];
}

/** A rule has a level, or a map with a level and its own settings. */
function ruleProblems(rule: Schema | undefined, path: string, setting: unknown, check: Check): Problem[] {
  if (rule === undefined) return [{ path, problem: "the pack has no such rule; docs/policies lists them" }];
  const [level, map] = rule.anyOf ?? [];
  return check({ ...(isRecord(setting) ? map : level) }, setting, path);
}

/** Rules have two forms each, which are told apart before they are held against the schema. */
const withoutRules = ({ properties, ...rest }: Schema): Record<string, unknown> =>
  properties === undefined ? { ...rest } : { type: "object" };

/** Lists and maps may stand in a stack file as JSON text, too. */
function structured({ type }: Schema, value: unknown): unknown {
  if (typeof value !== "string" || (type !== "array" && type !== "object")) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function readSchemas(file: string): Record<string, Schema> | undefined {
  if (!fs.existsSync(file)) return undefined;
  try {
    const { properties } = JSON.parse(fs.readFileSync(file, "utf8")) as Schema;
    return properties?.config?.properties;
  } catch {
    // Whatever is wrong with the pack's own files, the settings of a stack are not.
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
