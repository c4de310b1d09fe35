import { typeShape } from "../spec/shapes";
import type { TypeEntry } from "../types/entry";
import type { Properties } from "../world/model";
import { withoutMarks } from "./check";
import { isUnknown, unknown } from "./values";

/** Outputs as a preview of a creation gives them: the inputs are known, what AWS makes is not. `outputs` are the pure outputs of the type. */
export function previewCreate(entry: TypeEntry, outputs: string[], inputs: Properties): Properties {
  const result = withoutMarks(inputs);
  const made = [...outputs, ...Object.keys(entry.computed), ...(typeShape(entry.type)?.computed ?? [])];
  if (entry.arn !== undefined) made.push("arn");
  for (const path of made) putUnknown(result, path.split("."));
  result.id = unknown;
  return result;
}

/** Marks what is absent at a path as unknown; inside of objects that are absent nothing is made. */
function putUnknown(target: unknown, steps: string[]): void {
  if (Array.isArray(target)) {
    for (const element of target) putUnknown(element, steps);
    return;
  }
  const [name, ...rest] = steps;
  if (name === undefined || target === null || typeof target !== "object") return;
  const properties = target as Properties;
  if (rest.length > 0) putUnknown(properties[name], rest);
  else if (properties[name] === undefined) properties[name] = unknown;
}

/** Takes what is absent at a path from where it was before. */
function keep(target: unknown, before: unknown, steps: string[]): void {
  if (Array.isArray(target)) {
    for (const [at, element] of target.entries()) keep(element, Array.isArray(before) ? before[at] : undefined, steps);
    return;
  }
  const [name, ...rest] = steps;
  if (name === undefined || target === null || typeof target !== "object") return;
  const old = before !== null && typeof before === "object" ? (before as Properties)[name] : undefined;
  const properties = target as Properties;
  if (rest.length > 0) keep(properties[name], old, rest);
  else if (properties[name] === undefined && old !== undefined) properties[name] = old;
}

/** Outputs as a preview of an update gives them: what there is, with the new inputs, and unknown what the update makes anew. */
export function previewUpdate(
  entry: TypeEntry,
  oldInputs: Properties,
  oldOutputs: Properties,
  inputs: Properties,
): Properties {
  const news = withoutMarks(inputs);
  const result: Properties = { ...oldOutputs };
  for (const name of Object.keys(withoutMarks(oldInputs))) {
    const stays = entry.computed[name] !== undefined || (typeShape(entry.type)?.computed.includes(name) ?? false);
    if (news[name] === undefined && !stays) delete result[name];
  }
  for (const [name, value] of Object.entries(news)) result[name] = structuredClone(value);
  const made = [...Object.keys(entry.computed), ...(typeShape(entry.type)?.computed ?? [])];
  // What AWS has made inside of an object stays there, whatever else of the object is given anew.
  for (const path of made.filter((one) => one.includes("."))) keep(result, oldOutputs, path.split("."));
  for (const name of entry.changing ?? []) {
    if (news[name] === undefined || isUnknown(news[name])) result[name] = unknown;
  }
  return result;
}
