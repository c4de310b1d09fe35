import { EngineError } from "../api";
import { Problems } from "../state/problems";
import { isObject } from "../values/inspect";
import { schemaProblems } from "./schema";

export type Level = "advisory" | "mandatory" | "remediate" | "disabled";

export interface RuleConfig {
  level?: Level;
  properties: Record<string, unknown>;
}

/** What a pack tells of one of its rules. */
export interface RuleInfo {
  name: string;
  level: Level;
  kind: "resource" | "stack" | "unknown";
  severity?: "low" | "medium" | "high" | "critical";
  /** JSON schema by property, and the properties that must be there. */
  schema?: { properties: Record<string, unknown>; required: string[] };
}

const levels: readonly string[] = ["advisory", "mandatory", "remediate", "disabled"];
const isLevel = (value: unknown): value is Level => typeof value === "string" && levels.includes(value);

/** The key of a configuration that means every rule. */
const everyRule = "all";

/**
 * Reads the configuration of a pack in the form of Pulumi's `--policy-pack-config`: by rule (or `all`) either an enforcement level or an object with
 * `enforcementLevel` and the rule's own properties.
 */
function readConfig(
  config: Record<string, unknown>,
  known: ReadonlySet<string>,
  problems: Problems,
): Map<string, RuleConfig> {
  const result = new Map<string, RuleConfig>();
  for (const [name, value] of Object.entries(config)) {
    if (name === "environments") {
      problems.add(name, "Pulumi ESC environments are not supported by this engine");
    } else if (name !== everyRule && !known.has(name)) {
      problems.add(name, `is not a rule of the pack; its rules are ${[...known].sort().join(", ")}`);
    } else if (isLevel(value)) result.set(name, { level: value, properties: {} });
    else if (isObject(value)) {
      const { enforcementLevel, ...properties } = value;
      if (enforcementLevel !== undefined && !isLevel(enforcementLevel)) {
        problems.add(`${name}.enforcementLevel`, `must be one of ${levels.join(", ")}`);
      } else result.set(name, { ...(enforcementLevel === undefined ? {} : { level: enforcementLevel }), properties });
    } else problems.add(name, `must be one of ${levels.join(", ")}, or an object`);
  }
  return result;
}

/**
 * The configuration that a pack gets: what its rules say of themselves, then what the pack was made with, then what the user gives. Throws an EngineError (`usage`)
 * that names every value which does not fit a rule's schema. Source: Pulumi's `ReconcilePolicyPackConfig`.
 */
export function reconciledConfig(
  pack: string,
  rules: readonly RuleInfo[],
  initial: Map<string, RuleConfig>,
  given: Record<string, unknown> | undefined,
): Map<string, Required<RuleConfig>> {
  const problems = new Problems();
  const result = new Map<string, Required<RuleConfig>>(
    rules.map((rule) => [rule.name, { level: rule.level, properties: defaultsOf(rule) }]),
  );
  const names = new Set(rules.map((rule) => rule.name));
  for (const layer of [initial, readConfig(given ?? {}, names, problems)]) {
    const all = layer.get(everyRule)?.level;
    for (const [name, current] of result) {
      const own = layer.get(name);
      result.set(name, {
        level: own?.level ?? all ?? current.level,
        properties: { ...current.properties, ...own?.properties },
      });
    }
  }
  for (const { name, schema } of rules) {
    if (schema === undefined) continue;
    const value = result.get(name)?.properties ?? {};
    for (const { path, problem } of schemaProblems({ type: "object", ...schema }, value))
      problems.add(`${name}${path}`, problem);
  }
  problems.check(`The configuration of policy pack ${pack} is not valid:`, "Nothing was started.");
  return result;
}

function defaultsOf(rule: RuleInfo): Record<string, unknown> {
  const defaults: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(rule.schema?.properties ?? {})) {
    if (isObject(schema) && schema.default !== undefined) defaults[key] = schema.default;
  }
  return defaults;
}

export const levelName = (number: number): Level => {
  // The order is that of the protocol's enumeration.
  const level = (["advisory", "mandatory", "disabled", "remediate"] as const)[number];
  if (level === undefined)
    throw new EngineError(`A policy pack uses the enforcement level ${number}, which this engine does not know.`);
  return level;
};
export const levelNumber: Record<Level, 0 | 1 | 2 | 3> = { advisory: 0, mandatory: 1, disabled: 2, remediate: 3 };
