/** The effect of a value on a reader that may not know it yet: anything of these kinds stands for "known only later". */
export type IsUnknown = (value: unknown) => boolean;

export interface PrincipalMatch {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` where the element is the bare star. */
  readonly type: string;
  readonly value: string;
}

export interface ConditionMatch {
  /** As written, for example `ForAllValues:StringNotEqualsIgnoreCaseIfExists`. */
  readonly written: string;
  /** Without quantifier and `IfExists`, in lower case: `stringnotequalsignorecase`. */
  readonly operator: string;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly quantifier?: "forallvalues" | "foranyvalue";
  /** As written; compare without case. */
  readonly key: string;
  readonly values: readonly string[];
  /** Whether some value is known only later. */
  readonly unknownValues: boolean;
}

/** One statement, every element a list, whatever form it was written in. */
export interface StatementModel {
  /** Its place in the document, for messages. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: "Allow" | "Deny" | "unknown";
  readonly principals: readonly PrincipalMatch[];
  readonly notPrincipals: readonly PrincipalMatch[];
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditions: readonly ConditionMatch[];
  /** Elements of which some part is known only later, in lower case: `principal`, `action`, `condition`, … */
  readonly unknown: ReadonlySet<string>;
}

export interface PolicyModel {
  readonly statements: readonly StatementModel[];
  /** What is odd about the text but did not keep it from being read. */
  readonly flaws: readonly string[];
}

export type ReadPolicyResult =
  | { readonly kind: "read"; readonly policy: PolicyModel }
  | { readonly kind: "unknown" }
  | { readonly kind: "unreadable"; readonly reason: string };

const never: IsUnknown = () => false;

/**
 * Reads a policy document as leniently as AWS and a little more: text or object, one statement or a list, one value or a list, element
 * names in any case, byte-order mark, comments and trailing commas. Never throws.
 */
export function readPolicy(source: unknown, isUnknown: IsUnknown = never): ReadPolicyResult {
  if (isUnknown(source)) return { kind: "unknown" };
  const flaws: string[] = [];
  const document = typeof source === "string" ? parseText(source, flaws) : source;
  if (document === undefined) return { kind: "unreadable", reason: "the text is not JSON" };
  const reader = new Reader(isUnknown, flaws);
  if (Array.isArray(document)) {
    flaws.push("the document is a list of statements without Version");
    return { kind: "read", policy: { statements: reader.statements(document), flaws } };
  }
  if (!isRecord(document)) return { kind: "unreadable", reason: "the document is not an object" };
  const statement = reader.element(document, "Statement");
  if (statement === undefined) return { kind: "unreadable", reason: "the document has no Statement" };
  if (isUnknown(statement)) return { kind: "unknown" };
  const list = Array.isArray(statement) ? statement : [statement];
  if (list.some((item) => !isRecord(item) && !isUnknown(item))) {
    return { kind: "unreadable", reason: "a statement is not an object" };
  }
  return { kind: "read", policy: { statements: reader.statements(list), flaws } };
}

/** Whether a pattern of a policy (`*` any text, `?` one character) covers a text. Actions and key names: `ignoreCase`. */
export function matchesPattern(pattern: string, text: string, ignoreCase = false): boolean {
  const [p, t] = ignoreCase ? [pattern.toLowerCase(), text.toLowerCase()] : [pattern, text];
  // Walks both texts once and goes back to the last star only: no pattern can make it slow.
  let [i, j, star, mark] = [0, 0, -1, 0];
  while (j < t.length) {
    if (i < p.length && p[i] === "*") {
      star = i++;
      mark = j;
    } else if (i < p.length && (p[i] === "?" || p[i] === t[j])) {
      i++;
      j++;
    } else if (star >= 0) {
      i = star + 1;
      j = ++mark;
    } else {
      return false;
    }
  }
  while (p[i] === "*") i++;
  return i === p.length;
}

/** Whether two patterns have a text in common, for example `kms:*` and `kms:Gen?rate*`. */
export function patternsMeet(a: string, b: string, ignoreCase = false): boolean {
  const [x, y] = ignoreCase ? [a.toLowerCase(), b.toLowerCase()] : [a, b];
  let reachable = new Set([0]);
  const close = (set: Set<number>, i: number): Set<number> => {
    for (const j of set) if (y[j] === "*") set.add(j + 1);
    if (x[i] === "*") for (let j = Math.min(...set); j < y.length; j++) set.add(j + 1);
    return set;
  };
  close(reachable, 0);
  for (let i = 0; i < x.length; i++) {
    const next = new Set<number>();
    for (const j of reachable) {
      if (x[i] === "*") next.add(j);
      else if (y[j] === "*") next.add(j);
      else if (j < y.length && (x[i] === "?" || y[j] === "?" || x[i] === y[j])) next.add(j + 1);
    }
    if (next.size === 0) return false;
    reachable = close(next, i + 1);
  }
  return reachable.has(y.length);
}

/** Whether a statement's Action or NotAction lets an action through; `unknown` when a part known later could decide it. */
export function coversAction(statement: StatementModel, action: string): boolean | "unknown" {
  if (statement.actions.some((pattern) => patternsMeet(pattern, action, true))) return true;
  const excluded = statement.notActions.some((pattern) => matchesPattern(pattern, action, true));
  if (statement.notActions.length > 0 && !excluded) return statement.unknown.has("notaction") ? "unknown" : true;
  return statement.unknown.has("action") && statement.notActions.length === 0 ? "unknown" : false;
}

/** Whether a principal of a statement is everyone: `*` by itself, as an AWS principal, or inside a list. */
export function isEveryone(principal: PrincipalMatch): boolean {
  return principal.value === "*" && (principal.type === "*" || principal.type.toLowerCase() === "aws");
}

class Reader {
  constructor(
    private readonly isUnknown: IsUnknown,
    private readonly flaws: string[],
  ) {}

  statements(list: readonly unknown[]): StatementModel[] {
    return list.map((item, index) => this.statement(item, index));
  }

  /** An element by its name, in any case; AWS itself is strict about it, so another case is a flaw. */
  element(record: Record<string, unknown>, name: string): unknown {
    if (Object.hasOwn(record, name)) return record[name];
    const other = Object.keys(record).find((key) => key.toLowerCase() === name.toLowerCase());
    if (other === undefined) return undefined;
    this.flaws.push(`${name} is written ${other}`);
    return record[other];
  }

  private statement(item: unknown, index: number): StatementModel {
    const record = isRecord(item) ? item : {};
    const unknown = new Set<string>(this.isUnknown(item) ? ["statement"] : []);
    const list = (name: string) => this.strings(this.element(record, name), name.toLowerCase(), unknown);
    const who = (name: string) => this.principals(this.element(record, name), name.toLowerCase(), unknown);
    const sid = this.element(record, "Sid");
    return {
      index,
      ...(typeof sid === "string" && !this.isUnknown(sid) ? { sid } : {}),
      effect: this.effect(this.element(record, "Effect"), unknown),
      principals: who("Principal"),
      notPrincipals: who("NotPrincipal"),
      actions: list("Action"),
      notActions: list("NotAction"),
      resources: list("Resource"),
      notResources: list("NotResource"),
      conditions: this.conditions(this.element(record, "Condition"), unknown),
      unknown,
    };
  }

  private effect(value: unknown, unknown: Set<string>): StatementModel["effect"] {
    if (typeof value === "string" && !this.isUnknown(value)) {
      const lower = value.trim().toLowerCase();
      if (lower === "allow") return "Allow";
      if (lower === "deny") return "Deny";
    }
    unknown.add("effect");
    return "unknown";
  }

  private strings(value: unknown, name: string, unknown: Set<string>): string[] {
    if (value === undefined || value === null) return [];
    const out: string[] = [];
    for (const item of Array.isArray(value) ? value.flat(8) : [value]) {
      if (this.isUnknown(item)) unknown.add(name);
      else if (typeof item === "string") out.push(item);
      else if (typeof item === "number" || typeof item === "boolean") out.push(String(item));
      else if (item !== null && item !== undefined) this.flaws.push(`${name} holds something that is no text`);
    }
    return out;
  }

  private principals(value: unknown, name: string, unknown: Set<string>): PrincipalMatch[] {
    if (this.isUnknown(value)) {
      unknown.add(name);
      return [];
    }
    if (typeof value === "string" || Array.isArray(value)) {
      return this.strings(value, name, unknown).map((text) => ({ type: text === "*" ? "*" : "AWS", value: text }));
    }
    if (!isRecord(value)) return [];
    return Object.entries(value).flatMap(([type, list]) =>
      this.strings(list, name, unknown).map((text) => ({ type, value: text })),
    );
  }

  private conditions(value: unknown, unknown: Set<string>): ConditionMatch[] {
    if (this.isUnknown(value)) {
      unknown.add("condition");
      return [];
    }
    if (!isRecord(value)) return [];
    return Object.entries(value).flatMap(([written, keys]) => {
      if (this.isUnknown(keys)) {
        unknown.add("condition");
        return [];
      }
      if (!isRecord(keys)) return [];
      return Object.entries(keys).map(([key, list]): ConditionMatch => {
        const before = new Set<string>();
        const values = this.strings(list, "condition", before);
        if (before.size > 0) unknown.add("condition");
        return { ...readOperator(written), written, key, values, unknownValues: before.size > 0 };
      });
    });
  }
}

/** Takes an operator apart: quantifier, `IfExists`, negation. */
export function readOperator(
  written: string,
): Pick<ConditionMatch, "operator" | "negated" | "ifExists" | "quantifier"> {
  const lower = written.toLowerCase();
  const match = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(lower);
  const operator = match?.[2] ?? lower;
  const quantifier = match?.[1] as ConditionMatch["quantifier"];
  const base = { operator, negated: operator.includes("not"), ifExists: match?.[3] !== undefined };
  return quantifier === undefined ? base : { ...base, quantifier };
}

function parseText(text: string, flaws: string[]): unknown {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  try {
    return JSON.parse(trimmed) ?? undefined;
  } catch {
    const repaired = withoutCommentsAndTrailingCommas(trimmed);
    try {
      const document = JSON.parse(repaired) ?? undefined;
      flaws.push("the text is JSON only without its comments and trailing commas");
      return document;
    } catch {
      return undefined;
    }
  }
}

/** Leaves texts between quotes as they are. */
function withoutCommentsAndTrailingCommas(text: string): string {
  const token = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  const strings: string[] = [];
  const marked = text.replace(token, (match) => {
    if (!match.startsWith('"')) return " ";
    strings.push(match);
    return `"${strings.length - 1}"`;
  });
  return marked.replace(/,(\s*[}\]])/g, "$1").replace(/"(\d+)"/g, (_, index) => strings[Number(index)] as string);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
