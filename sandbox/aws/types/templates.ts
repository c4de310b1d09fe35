import type { Properties } from "../world/model";
import type { Context, Rule } from "./entry";

/** The value of a rule. */
export function evaluate(rule: Rule, context: Context): unknown {
  return typeof rule === "function" ? rule(context) : fill(rule, context);
}

/** Fills `{…}` with what the context and the inputs know; a placeholder without a value is a fault of the table. */
export function fill(template: string, context: Context): string {
  return template.replace(/\{([A-Za-z.0-9]+)\}/g, (_whole, name: string) => {
    const known: Record<string, string> = {
      id: context.id,
      account: context.account,
      region: context.region,
      partition: context.partition,
      urnName: context.name,
    };
    const value = known[name] ?? valueAt(context.inputs, name);
    if (value === undefined || value === null) throw new Error(`no value for {${name}} in ${template}`);
    return show(value);
  });
}

/** The value at a path of names: `vpcConfig.subnetIds`. */
export function valueAt(properties: Properties, path: string): unknown {
  let value: unknown = properties;
  for (const name of path.split(".")) {
    if (value === null || typeof value !== "object") return undefined;
    value = (value as Properties)[name];
  }
  return value;
}

/** All values at a path in which `[]` stands for each element: `subnetMappings[].subnetId`. */
export function valuesAt(value: unknown, path: string): unknown[] {
  if (value === undefined || value === null) return [];
  if (path === "") return [value];
  if (path.startsWith("[]")) {
    return Array.isArray(value) ? value.flatMap((element) => valuesAt(element, path.slice(2).replace(/^\./, ""))) : [];
  }
  const match = /^([A-Za-z0-9]+)\.?(.*)$/.exec(path);
  if (match === null || typeof value !== "object") return [];
  return valuesAt((value as Properties)[match[1] ?? ""], match[2] ?? "");
}

/** A value as it stands in a message. */
export const show = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? "none"));

/** The name that was given, or the one that the provider makes of a prefix. */
export function nameOf(context: Context, property = "name", prefix = ""): string {
  const given = text(context.inputs[property]);
  return given ?? `${text(context.inputs[`${property}Prefix`]) ?? prefix}${context.ids.digits(26, property)}`;
}

export const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const texts = (value: unknown): string[] =>
  list(value).filter((item): item is string => typeof item === "string");

export const object = (value: unknown): Properties =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Properties) : {};
