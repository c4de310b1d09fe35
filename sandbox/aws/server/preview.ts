import type { TypeEntry } from "../types/entry";
import type { Properties } from "../world/model";
import { withoutMarks } from "./check";
import { isUnknown, unknown } from "./values";

/**
 * Outputs as a preview of a creation gives them: the inputs are known, what AWS makes is not. `outputs` are the names of all outputs of the type.
 */
export function previewCreate(entry: TypeEntry | undefined, outputs: string[], inputs: Properties): Properties {
  const result = withoutMarks(inputs);
  for (const name of [...outputs, ...Object.keys(entry?.computed ?? {}), ...(entry?.arn === undefined ? [] : ["arn"])]) {
    if (result[name] === undefined) result[name] = unknown;
  }
  result.id = unknown;
  return result;
}

/** Outputs as a preview of an update gives them: what there is, with the new inputs, and unknown what the update makes anew. */
export function previewUpdate(entry: TypeEntry | undefined, oldInputs: Properties, oldOutputs: Properties, inputs: Properties): Properties {
  const news = withoutMarks(inputs);
  const result: Properties = { ...oldOutputs };
  for (const name of Object.keys(withoutMarks(oldInputs))) {
    if (news[name] === undefined && entry?.computed[name] === undefined) delete result[name];
  }
  for (const [name, value] of Object.entries(news)) result[name] = value;
  for (const name of entry?.changing ?? []) {
    if (news[name] === undefined || isUnknown(news[name])) result[name] = unknown;
  }
  return result;
}
