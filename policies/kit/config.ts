import type { ConfigProperty } from "./rule";

export interface ResolvedConfig {
  readonly values: Readonly<Record<string, unknown>>;
  /** What is wrong with the given configuration; the defaults are used there. */
  readonly problems: readonly string[];
}

/** What is wrong with a configuration. Values are not repeated. */
export function mismatches(
  schema: Readonly<Record<string, ConfigProperty>>,
  given: Readonly<Record<string, unknown>>,
): readonly string[] {
  return resolveConfig(schema, given).problems;
}

/** A rule's configuration with its defaults, and what is wrong with what was given. Values are not repeated in problems. */
export function resolveConfig(
  schema: Readonly<Record<string, ConfigProperty>>,
  given: Readonly<Record<string, unknown>>,
): ResolvedConfig {
  const problems = Object.keys(given)
    .filter((name) => !Object.hasOwn(schema, name))
    .map((name) => `it has no property ${name}; allowed are ${Object.keys(schema).join(", ") || "none"}`);
  const values: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema)) {
    const value = given[name];
    const reason = value === undefined ? undefined : mismatch(property, value);
    if (reason !== undefined) problems.push(`${name} ${reason}`);
    values[name] = value === undefined || reason !== undefined ? property.default : value;
  }
  return { values, problems };
}

function mismatch(property: ConfigProperty, value: unknown): string | undefined {
  switch (property.type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : "must be true or false";
    case "string": {
      if (typeof value !== "string") return "must be a text";
      const { enum: allowed } = property;
      return allowed === undefined || allowed.includes(value) ? undefined : `must be one of ${allowed.join(", ")}`;
    }
    case "integer": {
      if (!Number.isInteger(value)) return "must be a whole number";
      const number = value as number;
      if (property.minimum !== undefined && number < property.minimum) return `must be at least ${property.minimum}`;
      if (property.maximum !== undefined && number > property.maximum) return `must be at most ${property.maximum}`;
      return undefined;
    }
    case "array": {
      const fits = property.items.type === "integer" ? Number.isInteger : (item: unknown) => typeof item === "string";
      return Array.isArray(value) && value.every(fits) ? undefined : `must be a list of ${property.items.type}s`;
    }
  }
}
