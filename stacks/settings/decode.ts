import type { z } from "zod";
import { NAMESPACE, type SettingsProblem } from "./problem";
import { readNode } from "./schema-tree";

export type Document = Record<string, unknown>;

const prefix = `${NAMESPACE}:`;

/** The keys of our namespace, without it. Keys of other namespaces belong to providers and are none of our business. */
export function ownKeys(config: Readonly<Record<string, string>>): string[] {
  return Object.keys(config)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
}

/**
 * Turns the texts in which a program gets its configuration into values, as far as the schema says what they are. A text that is
 * none of that stays a text, and the schema finds it.
 */
export function decode(
  config: Readonly<Record<string, string>>,
  keys: readonly string[],
  shape: Readonly<Record<string, z.ZodType>>,
): Document {
  // Without a prototype, so that a key such as __proto__ is a key like any other.
  const document: Document = Object.create(null);
  for (const key of keys) {
    const schema = Object.hasOwn(shape, key) ? shape[key] : undefined;
    document[key] = schema === undefined ? config[prefix + key] : decodeValue(config[prefix + key] as string, schema);
  }
  return document;
}

function decodeValue(value: string, schema: z.ZodType): unknown {
  const node = readNode(schema);
  switch (node.kind) {
    case "flag":
      return value === "true" ? true : value === "false" ? false : value;
    case "integer":
      return readInteger(value);
    case "choice":
      return typeof node.values[0] === "number" ? readInteger(value) : value;
    case "list":
    case "group":
      return readJson(value);
    case "text":
      return value;
  }
}

function readInteger(value: string): string | number {
  return /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}

function readJson(value: string): unknown {
  if (!/^\s*[[{]/.test(value)) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return depthWithin(parsed, deepest) ? parsed : value;
  } catch {
    return value;
  }
}

// Far deeper than any setting; whatever is deeper stays text, so that nothing that walks a value can run out of stack.
const deepest = 32;

function depthWithin(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((entry) => depthWithin(entry, levels - 1));
}

/**
 * Settings are never secret: secrets are born in Vault, Secrets Manager or KMS and never pass through Pulumi. The values are not
 * printed, as they are in the clear here.
 */
export function secretProblems(
  config: Readonly<Record<string, string>>,
  keys: readonly string[],
  secretKeys: readonly string[],
): SettingsProblem[] {
  const secret = new Set(secretKeys);
  return keys
    .filter((key) => secret.has(prefix + key) || hasSecureValue(readJson(config[prefix + key] as string)))
    .map((key) => ({
      path: prefix + key,
      found: "a secret",
      reason: "no secret passes through Pulumi's configuration, where every deployment can read it",
      allowed: "plain values only",
      remedy:
        "Remove it, revoke the secret where it was issued, and let the workload fetch its own from Vault or Secrets Manager by its identity",
    }));
}

/** Whether a value holds what `pulumi config set --secret` writes: a group of the single key `secure`. */
function hasSecureValue(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === "secure") return true;
  return Object.values(value).some(hasSecureValue);
}
