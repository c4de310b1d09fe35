/** A grant of a Vault policy. */
export interface PathGrant {
  /** As Vault matches it: `+` for one segment, `*` at the end for any rest. */
  readonly path: string;
  /** In lower case. Empty where the path is denied. */
  readonly capabilities: readonly string[];
}

type Value = string | readonly Value[] | ReadonlyMap<string, Value>;

/**
 * The grants of a policy in HCL or JSON. Undefined where the text is neither. Only what decides about rights is read: parameters, limits
 * of wrapping and control groups narrow a grant and are passed over.
 */
export function readVaultPolicy(text: string): readonly PathGrant[] | undefined {
  try {
    return text.trimStart().startsWith("{") ? fromJson(JSON.parse(text)) : fromHcl(text);
  } catch {
    return undefined;
  }
}

function fromJson(document: unknown): PathGrant[] {
  const { path } = record(document);
  const groups = Array.isArray(path) ? path : [path ?? {}];
  return groups.flatMap((group) =>
    Object.entries(record(group)).flatMap(([name, bodies]) =>
      [bodies].flat().map((body) => grant(name, new Map(Object.entries(record(body))) as ReadonlyMap<string, Value>)),
    ),
  );
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) throw new SyntaxError("not an object");
  return value as Record<string, unknown>;
}

function grant(path: string, body: ReadonlyMap<string, Value>): PathGrant {
  const listed = body.get("capabilities");
  const named = [...[listed ?? []].flat(), ...older(body.get("policy"))];
  if (!named.every((name): name is string => typeof name === "string")) throw new SyntaxError("not a capability");
  const capabilities = named.map((name) => name.toLowerCase());
  return { path: path.replace(/^\//, ""), capabilities: capabilities.includes("deny") ? [] : capabilities };
}

/** What the form before capabilities stood for. */
function older(level: Value | undefined): readonly Value[] {
  switch (level) {
    case undefined:
    case "deny":
      return [];
    case "read":
      return ["read", "list"];
    case "write":
      return ["create", "read", "update", "delete", "list"];
    case "sudo":
      return ["create", "read", "update", "delete", "list", "sudo"];
    default:
      throw new SyntaxError("not a level");
  }
}

function fromHcl(text: string): PathGrant[] {
  const reader = new Reader(tokens(text));
  const grants: PathGrant[] = [];
  while (!reader.atEnd) {
    const key = reader.word();
    if (key === "path" && reader.peek() !== "=") grants.push(grant(reader.word(), reader.body()));
    else reader.assigned();
  }
  return grants;
}

/** Strings keep their first quote, so that a string is told from a word or a sign. Comments and white space fall away. */
function tokens(text: string): string[] {
  const pattern = /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|\s+|("(?:\\[\s\S]|[^"\\])*")|([\w.-]+)|([{}[\]=,:])|([\s\S])/g;
  return [...text.matchAll(pattern)].flatMap(([, quoted, word, sign, other]) => {
    if (other !== undefined) throw new SyntaxError("unexpected character");
    if (quoted !== undefined) return [`"${String(JSON.parse(quoted))}`];
    return word ?? sign ?? [];
  });
}

class Reader {
  private position = 0;

  constructor(private readonly all: readonly string[]) {}

  get atEnd(): boolean {
    return this.position >= this.all.length;
  }

  peek(): string | undefined {
    return this.all[this.position];
  }

  private take(): string {
    const token = this.all[this.position++];
    if (token === undefined) throw new SyntaxError("unexpected end");
    return token;
  }

  /** A key or a string. */
  word(): string {
    const token = this.take();
    if (/^[{}[\]=,:]$/.test(token)) throw new SyntaxError("unexpected sign");
    return token.replace(/^"/, "");
  }

  /** What follows a key: `= value`, `: value`, or a block. */
  assigned(): Value {
    if (this.peek() === "=" || this.peek() === ":") this.take();
    return this.value();
  }

  body(): ReadonlyMap<string, Value> {
    if (this.take() !== "{") throw new SyntaxError("no block");
    const entries = new Map<string, Value>();
    while (this.peek() !== "}") {
      entries.set(this.word(), this.assigned());
      if (this.peek() === ",") this.take();
    }
    this.take();
    return entries;
  }

  private value(): Value {
    if (this.peek() === "{") return this.body();
    if (this.peek() !== "[") return this.word();
    this.take();
    const list: Value[] = [];
    while (this.peek() !== "]") {
      list.push(this.value());
      if (this.peek() === ",") this.take();
    }
    this.take();
    return list;
  }
}
