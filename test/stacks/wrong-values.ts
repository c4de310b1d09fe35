import type { PathSegment } from "../../stacks/settings/problem";
import type { SchemaNode } from "../../stacks/settings/schema-tree";
import type { Values } from "./documents";

/** Values that a field must refuse, by its kind. At the top of a file everything arrives as text, so numbers are no wrong texts there. */
export function wrongValues(node: SchemaNode, atTop: boolean): unknown[] {
  const general: unknown[] = atTop ? [""] : ["", null];
  switch (node.kind) {
    case "text":
      return [...general, "\u0001 \u0001", ...(atTop ? [] : [true, {}, ["x"], -0.5])];
    case "flag":
      return [...general, "maybe", 1, {}, []];
    case "integer":
      return [...general, node.min - 1, node.max + 1, node.min + 0.5, "many", true, {}, []];
    case "choice":
      return [...general, "no-such-choice", ...(atTop ? [] : [true, {}, [], 3.25])];
    case "list":
      return [...general, "x", {}, 7, ...lengths(node)];
    case "group":
      return [...general, "x", [], 7, true];
  }
}

function lengths(node: SchemaNode): unknown[] {
  const wrong: unknown[] = [new Array(node.max + 1).fill("x")];
  if (node.min > 0) wrong.push([]);
  return wrong;
}

/** A copy with one value replaced; groups on the way that are missing are made. `undefined` removes. */
export function withValue(values: Values, path: readonly PathSegment[], value: unknown): Values {
  const copy = structuredClone(values);
  let target = copy as Record<PathSegment, unknown>;
  for (const segment of path.slice(0, -1)) {
    target[segment] ??= {};
    target = target[segment] as Record<PathSegment, unknown>;
  }
  const last = path.at(-1) as PathSegment;
  if (value === undefined) delete target[last];
  else target[last] = value;
  return copy;
}
