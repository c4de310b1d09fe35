import { matchesPattern } from "gabion-knowledge";
import { type Property, type Reading, UNKNOWN } from "./property";
import type { StackResource } from "./stack-index";
import type { Ternary } from "./statements";
import { askedOf } from "./training-network";

export type Role = StackResource<"aws:iam/role:Role">;

/** The name of a role; undefined where the provider makes it. */
export function nameOfRole(role: Role): Reading<string> {
  const name = role.properties.entry("name").text();
  return typeof name === "string" ? name : askedOf(role).get("name").text();
}

/** Whether a resource has a tag of one of the keys, set to anything but `false`. */
export function hasTag(properties: Property<unknown>, keys: readonly string[]): Ternary {
  const tags = (properties as Property<{ tags?: Record<string, string> }>).get("tags");
  const raw = tags.raw();
  if (raw === UNKNOWN) return "unknown";
  if (typeof raw !== "object" || raw === null) return false;
  return keys.some((key) => Object.hasOwn(raw, key) && tags.entry(key).raw() !== "false");
}

/** Whether a name fits one of the patterns. */
export function isNamed(name: Reading<string>, patterns: readonly string[]): Ternary {
  if (typeof name !== "string") return "unknown";
  return patterns.some((pattern) => matchesPattern(pattern, name));
}
