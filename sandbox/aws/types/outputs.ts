import { typeShape } from "../spec/shapes";
import type { Properties, WorldResource } from "../world/model";
import type { Context, TypeEntry } from "./entry";
import { evaluate } from "./templates";

const zero: Record<string, unknown> = { string: "", number: 0, boolean: false };

function zeroOf(kind: string): unknown {
  if (kind === "list") return [];
  return kind === "map" ? {} : zero[kind];
}

/**
 * All outputs of a resource: its inputs, what the entry's rules make, and for the rest what the provider shows for a value that is not set. On an update
 * made values stay, unless the entry says that every update makes them anew.
 */
export function fillOutputs(entry: TypeEntry, context: Context, inputs: Properties, old?: WorldResource): Properties {
  const outputs: Properties = structuredClone(inputs);
  const shape = typeShape(entry.type);
  const put = (name: string, make: () => unknown) => {
    if (outputs[name] !== undefined) return;
    const stays = old !== undefined && entry.changing?.includes(name) !== true;
    const value = stays && old.outputs[name] !== undefined ? old.outputs[name] : make();
    if (value !== undefined) outputs[name] = value;
  };
  if (entry.arn !== undefined) put("arn", () => evaluate(entry.arn as NonNullable<TypeEntry["arn"]>, context));
  for (const [path, rule] of Object.entries(entry.computed)) {
    if (path.includes(".")) putNested(outputs, old?.outputs, path.split("."), () => evaluate(rule, context));
    else put(path, () => evaluate(rule, context));
  }
  for (const [name, kind] of Object.entries(shape?.outputs ?? {})) {
    if (name !== "tagsAll") put(name, () => zeroOf(kind));
  }
  for (const path of shape?.computed ?? []) {
    const kind = path.includes(".") ? undefined : shape?.inputs[path];
    if (kind === undefined) continue;
    put(path, () =>
      zeroOf(typeof kind === "string" ? kind : "list" in kind ? "list" : "map" in kind ? "map" : "object"),
    );
  }
  return outputs;
}

function putNested(target: unknown, old: unknown, steps: string[], make: () => unknown): void {
  if (Array.isArray(target)) {
    for (const [at, element] of target.entries())
      putNested(element, Array.isArray(old) ? old[at] : undefined, steps, make);
    return;
  }
  const [name, ...rest] = steps;
  if (name === undefined || target === null || typeof target !== "object") return;
  const properties = target as Properties;
  const before = old !== null && typeof old === "object" ? (old as Properties)[name] : undefined;
  if (rest.length > 0) putNested(properties[name], before, rest, make);
  else if (properties[name] === undefined) properties[name] = before ?? make();
}
