import { WorldError } from "./errors";
import type { Properties } from "./model";

type Step = string | number;

/** The steps of a path such as `rules[0].tags["a.b"]`. Throws `WorldError` for what is none. */
export function parsePath(path: string): Step[] {
  const steps: Step[] = [];
  const pattern = /\.?([A-Za-z_$][\w$-]*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/y;
  while (pattern.lastIndex < path.length) {
    const match = pattern.exec(path);
    if (match === null) throw new WorldError(`"${path}" is no property path such as rules[0].tags["a.b"].`);
    const [, name, index, quoted] = match;
    steps.push(index !== undefined ? Number(index) : (name ?? (quoted ?? "").replace(/\\(.)/g, "$1")));
  }
  if (steps.length === 0) throw new WorldError("A property path must not be empty.");
  return steps;
}

/** The same properties with another value at a path; undefined takes it away. Objects on the way are made. */
export function withValue(properties: Properties, path: string, value: unknown): Properties {
  return put(properties, parsePath(path), value) as Properties;
}

function put(target: unknown, [step, ...rest]: Step[], value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list = Array.isArray(target) ? [...target] : [];
    const inner = put(list[step], rest, value);
    if (inner === undefined) list.splice(step, 1);
    else list[step] = inner;
    return list;
  }
  const { [step]: before, ...others } =
    target !== null && typeof target === "object" && !Array.isArray(target) ? (target as Properties) : {};
  const inner = put(before, rest, value);
  return inner === undefined ? others : { ...others, [step]: inner };
}
