import * as proxy from "@pulumi/policy/proxy.js";
import { deepest, type Plain, toPlain, UNKNOWN } from "./property";

// Left out of the typings, like all that is internal to the SDK.
const { isSpecialProxy, getSpecialProxyTarget, ...others } = proxy as unknown as Readonly<Record<string, string>>;
/** What stands for unknown values of each kind. */
const unknownValues: ReadonlySet<unknown> = new Set(
  Object.entries(others).flatMap(([name, value]) => (/^unknown\w+Value$/.test(name) ? [value] : [])),
);

/**
 * The properties that the SDK calls a policy with. They are wrapped so that reading an unknown one throws, level by level; read below the
 * wrapping they are had in a fraction of the time. What is not wrapped that way is read as it is.
 */
export function plainOf(properties: unknown): Plain {
  const wrapped = properties as Readonly<Record<string, unknown>> | null | undefined;
  if (isSpecialProxy === undefined || getSpecialProxyTarget === undefined) return toPlain(properties);
  if (unknownValues.size === 0 || wrapped?.[isSpecialProxy] !== true) return toPlain(properties);
  return copy(wrapped[getSpecialProxyTarget], 0);
}

function copy(value: unknown, depth: number): Plain {
  if (typeof value === "string") return unknownValues.has(value) ? UNKNOWN : value;
  if (typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value !== "object" || value === null || depth > deepest) return null;
  if (Array.isArray(value)) return Array.from(value, (item) => copy(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item, depth + 1)]));
}
