import { createHmac } from "node:crypto";
import type { Properties } from "./model";

const prefix = "sealed:";

const seal = (seed: string, secret: string): string => prefix + createHmac("sha256", seed).update(secret).digest("hex");

/** The same values with every text that holds a secret replaced by a digest: what may be written to disk. */
export function sealAll<T>(value: T, secrets: string[], seed: string): T {
  if (secrets.length === 0) return value;
  if (typeof value === "string") {
    return (secrets.some((secret) => value.includes(secret)) ? seal(seed, value) : value) as T;
  }
  if (Array.isArray(value)) return value.map((element) => sealAll(element, secrets, seed)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, sealAll(inner, secrets, seed)])) as T;
}

/** Puts back the values whose digests are those of values that the caller has; `known` is the resource as the caller knows it. */
export function unseal(value: unknown, known: unknown, seed: string): unknown {
  if (typeof value === "string") {
    return value.startsWith(prefix) && typeof known === "string" && seal(seed, known) === value ? known : value;
  }
  if (Array.isArray(value))
    return value.map((element, at) => unseal(element, Array.isArray(known) ? known[at] : undefined, seed));
  if (value === null || typeof value !== "object") return value;
  const other = known !== null && typeof known === "object" ? (known as Properties) : {};
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unseal(inner, other[name], seed)]));
}
