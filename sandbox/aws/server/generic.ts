import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { sources, type TypeEntry } from "../types/entry";

/** Pure outputs, in the words of the compiled constructor: `resourceInputs["arn"] = undefined` and a comment that says `out`. */
export function readOutputNames(compiled: string): string[] {
  return [...compiled.matchAll(/resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g)].map(
    (match) => match[1] as string,
  );
}

/** The names of the properties that a program may set, in the words of the compiled constructor. */
export function readInputNames(compiled: string): string[] {
  const at = compiled.lastIndexOf("} else {");
  const part = at === -1 ? compiled : compiled.slice(compiled.indexOf("const args = argsOrState"));
  return [...part.matchAll(/resourceInputs\["(\w+)"\] = (?!undefined)/g)].map((match) => match[1] as string);
}

export interface GenericType {
  entry: TypeEntry;
  outputs: string[];
}

/** How a type without an entry is served: its outputs are those of the installed SDK, an id and an ARN are made, nothing is checked. */
export class GenericTypes {
  private readonly known = new Map<string, GenericType | undefined>();

  /** `roots`: folders from which `@pulumi/aws` is looked for. */
  constructor(private readonly roots: string[]) {}

  /** Undefined when the installed package has no such type. Without an installed package every type is taken. */
  of(type: string): GenericType | undefined {
    if (!this.known.has(type)) this.known.set(type, this.make(type));
    return this.known.get(type);
  }

  used(): string[] {
    return [...this.known].flatMap(([type, found]) => (found === undefined ? [] : [type])).sort();
  }

  private make(type: string): GenericType | undefined {
    const compiled = this.read(type);
    if (compiled === undefined && this.isInstalled()) return undefined;
    const outputs = compiled === undefined ? [] : readOutputNames(compiled);
    const inputs = compiled === undefined ? [] : readInputNames(compiled);
    const [, path = ""] = type.split(":");
    const service = path.split("/")[0] ?? "aws";
    const noun = path.split("/")[1] ?? "resource";
    const computed: TypeEntry["computed"] = {};
    for (const name of outputs) {
      if (name === "tagsAll") computed[name] = (context) => context.inputs.tagsAll ?? context.inputs.tags ?? {};
      else if (/Arn$/.test(name))
        computed[name] = (context) =>
          `arn:${context.partition}:${service}:${context.region}:${context.account}:${name}/${context.ids.hex(12, name)}`;
      else if (/^(owner|account|registry)Id$|^ownerAccount$/.test(name)) computed[name] = "{account}";
      else if (name !== "arn" && /Id$/.test(name)) computed[name] = (context) => context.ids.hex(17, name);
    }
    return {
      outputs,
      entry: {
        type,
        label: `${service} ${noun}`,
        api: service,
        provider: "",
        id: (context) => `${noun}-${context.ids.hex(17)}`,
        ...(outputs.includes("arn") ? { arn: `arn:{partition}:${service}:{region}:{account}:${noun}/{id}` } : {}),
        ...(inputs.includes("name") ? { autoname: { property: "name" } } : {}),
        ...(inputs.length > 0 && !inputs.includes("region") ? { global: true } : {}),
        computed,
        replaces: [],
        seconds: { create: 5, delete: 5, source: sources.seen },
      },
    };
  }

  private isInstalled(): boolean {
    return this.readFile("package.json") !== undefined;
  }

  private read(type: string): string | undefined {
    const [, path = "", name = ""] = type.split(":");
    const compiled = /^[a-zA-Z0-9]+\/[a-zA-Z0-9]+$/.test(path) ? this.readFile(`${path}.js`) : undefined;
    return compiled?.includes(`'${type}'`) === true || compiled?.includes(`class ${name} `) ? compiled : undefined;
  }

  private readFile(path: string): string | undefined {
    for (const root of this.roots) {
      try {
        return readFileSync(createRequire(join(root, "x.js")).resolve(`@pulumi/aws/${path}`), "utf8");
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (code !== "MODULE_NOT_FOUND" && code !== "ENOENT" && code !== "ERR_PACKAGE_PATH_NOT_EXPORTED") throw error;
      }
    }
    return undefined;
  }
}
