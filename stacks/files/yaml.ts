import { CST, Lexer, parseDocument, type ScalarTag, type YAMLError } from "yaml";
import type { SettingsProblem } from "../settings/problem";
import { resolvePlain } from "./plain-scalar";

export type ReadYaml =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] };

const prefix = "tag:yaml.org,2002:";

// "<<" is left to the library, which merges the map that follows.
const plain: ScalarTag = { tag: `${prefix}plain`, default: true, test: /^(?!<<$)/, resolve: resolvePlain };

const tagged: ScalarTag[] = ["null", "bool", "int", "float", "timestamp"].map((name) => ({
  tag: prefix + name,
  resolve: resolvePlain,
}));

/**
 * Reads YAML as the Pulumi CLI does, scalars by {@link resolvePlain}. Everything that keeps the text from being read is reported at
 * once, by line and column, and with the key alone of what stands there: a value may be a secret.
 */
export function readYaml(text: string): ReadYaml {
  const source = text.replace(/^\uFEFF/, "");
  const tooDeep = depthProblem(source);
  if (tooDeep !== undefined) return { ok: false, problems: [tooDeep] };
  const document = parseDocument(source, {
    schema: "failsafe",
    customTags: (tags) => [plain, ...tagged, ...tags],
    merge: true,
    prettyErrors: false,
    // A list or a group as a key is refused by what reads the settings; the library would print a warning of Node.
    logLevel: "error",
  });
  if (document.errors.length > 0) {
    return { ok: false, problems: document.errors.map((error) => yamlProblem(source, error)) };
  }
  try {
    const value: unknown = document.toJS();
    return isCircular(value) ? unresolved("an alias is part of what it stands for") : { ok: true, value };
  } catch (error) {
    // What shows only when they are followed: an anchor that is missing, a merge of something else than a group, text that grows without bounds.
    return unresolved((error as Error).message);
  }
}

const unresolved = (message: string): ReadYaml => ({
  ok: false,
  problems: [
    { path: "the whole file", found: "an alias (*) or a merge (<<) that cannot be followed", ...advice(message) },
  ],
});

/** Whether a value holds itself. Parts that several places share are looked into once. */
function isCircular(value: unknown, above = new Set<unknown>(), done = new Set<unknown>()): boolean {
  if (typeof value !== "object" || value === null || done.has(value)) return false;
  if (above.has(value)) return true;
  above.add(value);
  const circular = Object.values(value).some((inner) => isCircular(inner, above, done));
  above.delete(value);
  done.add(value);
  return circular;
}

/** Deeper lists in brackets are no settings. The library takes cubic time for them, and at two thousand the process with it. */
const deepest = 50;
/** The same for lists and groups by indentation: columns before the first text of a line. */
const widestIndent = 200;

/** A refusal of text that is nested too deeply to be parsed. */
function depthProblem(source: string): SettingsProblem | undefined {
  let brackets = 0;
  let indent: number | undefined = 0;
  let line = 1;
  for (const token of new Lexer().lex(source)) {
    const type = CST.tokenType(token);
    if (type === "flow-seq-start" || type === "flow-map-start") brackets += 1;
    else if (type === "flow-seq-end" || type === "flow-map-end") brackets = Math.max(0, brackets - 1);
    if (type === "newline") indent = 0;
    else if (indent !== undefined) indent = indentation.has(type ?? "") ? indent + token.length : undefined;
    if (brackets > deepest || (indent ?? 0) > widestIndent) return tooDeepProblem(line);
    line += token.split("\n").length - 1;
  }
  return undefined;
}

/** What may stand before the first text of a line. */
const indentation = new Set<string>(
  "doc-mode doc-start space seq-item-ind explicit-key-ind map-value-ind anchor tag".split(" "),
);

const tooDeepProblem = (line: number): SettingsProblem => ({
  path: `line ${line}`,
  found: "text",
  reason: "it is nested too deeply",
  allowed: `at most ${deepest} lists or groups in brackets, at most ${widestIndent} columns of indentation`,
  remedy: "Correct the line, or the one before it",
});

function yamlProblem(source: string, error: YAMLError): SettingsProblem {
  const before = source.slice(0, error.pos[0]).split("\n");
  const line = before.length;
  const column = (before.at(-1) as string).length + 1;
  const key = /^\s*(?:- )?([^:#"'\s]*:?[^:#"'\s]*:)/.exec(source.split("\n")[line - 1] ?? "")?.[1];
  return {
    path: `line ${line}, column ${column}`,
    found: key === undefined ? "text" : `${key} …`,
    ...advice(error.message),
  };
}

function advice(message: string): Pick<SettingsProblem, "reason" | "allowed" | "remedy"> {
  const [first = ""] = message.split("\n");
  return {
    reason: `it is not YAML: ${first.charAt(0).toLowerCase()}${first.slice(1)}`,
    allowed: "YAML, with two spaces for each level and no tabs",
    remedy: "Correct the line, or the one before it",
  };
}
