import { createHash } from "node:crypto";
import { typeShape } from "../spec/shapes";
import type { Autoname, TypeEntry } from "../types/entry";
import type { Properties } from "../world/model";

/** What the engine asks for instead of the provider's own way. Source: `CheckRequest.AutonamingOptions`. */
export interface AutonamingOptions {
  proposedName: string;
  mode: "propose" | "enforce" | "disable";
}

export interface Naming {
  rule: Autoname;
  urnName: string;
  randomSeed: Uint8Array;
  /** Inputs of the resource that exists. */
  old: Properties | undefined;
  inputs: Properties;
  options: AutonamingOptions | undefined;
}

/** Which property gets a made name. Without a rule of its own it is `name`, wherever a type takes one. Source: the bridge's `SetAutonaming`. */
export function autonameOf(type: string, entry: TypeEntry | undefined): Autoname | undefined {
  if (entry?.autoname !== undefined) return entry.autoname;
  return typeShape(type)?.inputs.name === undefined ? undefined : { property: "name" };
}

/**
 * The name that the bridged provider makes when none is given: the resource's name, a hyphen and seven hexadecimal digits. A name made earlier is
 * kept. Undefined when naming is switched off; throws `NamingError` when no name of the allowed length can be made.
 */
export function autoname(naming: Naming): string | undefined {
  const { rule, old, options } = naming;
  const made = (old?.__defaults as unknown[] | undefined)?.includes(rule.property);
  const kept = old?.[rule.property];
  if (made === true && typeof kept === "string") return kept;
  if (options?.mode === "disable") return undefined;
  if (options !== undefined && (options.mode === "enforce" || options.mode === "propose")) {
    return adjust(rule, options.proposedName, naming.inputs);
  }
  const suffix = rule.suffix?.(naming.inputs) ?? "";
  const base = `${naming.urnName}-`;
  const allowed = (rule.maxLength ?? 255) - suffix.length - (rule.prefix?.length ?? 0);
  if (base.length + 7 > allowed) {
    throw new NamingError(
      `name '${base}' plus 7 random chars is longer than maximum length ${allowed}; give '${rule.property}' explicitly or the resource a shorter name`,
    );
  }
  const digest = createHash("sha256").update(naming.randomSeed).update(naming.urnName).digest("hex");
  return adjust(rule, `${base}${digest.slice(0, 7)}`, naming.inputs);
}

function adjust(rule: Autoname, name: string, inputs: Properties): string {
  const cased = rule.lowerCase === true ? name.toLowerCase() : name;
  return `${rule.prefix ?? ""}${cased}${rule.suffix?.(inputs) ?? ""}`;
}

export class NamingError extends Error {}
