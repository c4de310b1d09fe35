import { isComputedPath } from "../spec/shapes";
import type { TypeEntry } from "../types/entry";
import type { Properties } from "../world/model";

/**
 * The inputs after a refresh: those that were given, with the values that the resource has now, and those that someone set outside. What AWS fills in
 * by itself does not become an input.
 */
export function readInputs(entry: TypeEntry, known: Properties, actual: Properties, outputs: Properties): Properties {
  const result: Properties = {};
  for (const [name, value] of Object.entries(known)) {
    if (name === "__defaults") result[name] = value;
    else if (outputs[name] !== undefined) result[name] = overlay(value, outputs[name]);
    else if (!(name in outputs) && !(name in actual)) continue;
  }
  for (const [name, value] of Object.entries(actual)) {
    if (name in known || entry.computed[name] !== undefined || isComputedPath(entry.type, name) || isEmpty(value))
      continue;
    result[name] = value;
  }
  return result;
}

/** Values of now in the shape of the inputs: nested values that were never given stay out, entries of a list come and go. */
function overlay(known: unknown, now: unknown): unknown {
  if (Array.isArray(now)) {
    return Array.isArray(known)
      ? now.map((element, at) => (at < known.length ? overlay(known[at], element) : element))
      : now;
  }
  if (!isObject(known) || !isObject(now)) return now;
  // A map has no marks of defaults: its keys are data.
  if (!("__defaults" in known)) return now;
  const result: Properties = {};
  for (const [name, value] of Object.entries(known)) {
    if (name === "__defaults") result[name] = value;
    else if (now[name] !== undefined) result[name] = overlay(value, now[name]);
  }
  return result;
}

const isObject = (value: unknown): value is Properties =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === "" ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);
