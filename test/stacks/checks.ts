import { expect } from "vitest";
import { SHORTEST, type Values } from "./documents";

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
