import { expect } from "vitest";
import { problemsOf, SHORTEST, type Values } from "./documents";

export const foundation = (more: Values = {}): Values => ({ ...SHORTEST.foundation, ...more });

/** A problem as the settings report it. */
export const problem = (path: string, found: unknown, reason: string, allowed: string, remedy: string) => ({
  path,
  found: found === undefined ? "absent" : JSON.stringify(found),
  reason,
  allowed,
  remedy,
});

/** Some text. */
export const anything = expect.any(String) as unknown as string;

/** Where something is wrong, why, and what to do. */
export const findings = (values: Values, options: Parameters<typeof problemsOf>[1] = {}): [string, string, string][] =>
  problemsOf(values, options).map(({ path, reason, remedy }) => [path, reason, remedy]);
