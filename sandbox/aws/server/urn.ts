export interface UrnParts {
  stack: string;
  project: string;
  type: string;
  name: string;
}

/** Takes a URN apart; undefined when it is none. Source: Pulumi's URN format `urn:pulumi:<stack>::<project>::<types>::<name>`. */
export function parseUrn(urn: string): UrnParts | undefined {
  const match = /^urn:pulumi:([^:]+)::([^:]+)::(.*?)::(.+)$/s.exec(urn);
  if (match === null) return undefined;
  const [, stack = "", project = "", types = "", name = ""] = match;
  return { stack, project, type: types.slice(types.lastIndexOf("$") + 1), name };
}
