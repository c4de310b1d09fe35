export type PropertyPath = readonly (string | number)[];

/** Reads a path as Pulumi writes them: `tags.owner`, `ingress[0].cidrBlocks[1]`, `tags["a.b"]`. What is no path is one key. */
export function parsePath(text: string): PropertyPath {
  const path: (string | number)[] = [];
  const part = /\.?([^.[\]"]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/y;
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    if (match === null) return [text];
    const [, key, index, quoted] = match;
    if (index !== undefined) path.push(Number(index));
    else path.push(key ?? (quoted ?? "").replace(/\\(.)/g, "$1"));
  }
  return path;
}

export function formatPath(path: PropertyPath): string {
  return path
    .map((part, at) => {
      if (typeof part === "number") return `[${part}]`;
      if (!/^[^.[\]"]+$/.test(part)) return `["${part.replace(/["\\]/g, "\\$&")}"]`;
      return at === 0 ? part : `.${part}`;
    })
    .join("");
}

/** The value at a path; undefined where there is none. */
export function valueAt(root: unknown, path: PropertyPath): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}
