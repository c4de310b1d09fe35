import { parseDocument, type ScalarTag, type YAMLError } from "yaml";
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
  const document = parseDocument(source, {
    schema: "failsafe",
    customTags: (tags) => [plain, ...tagged, ...tags],
    merge: true,
    prettyErrors: false,
  });
  if (document.errors.length > 0) {
    return { ok: false, problems: document.errors.map((error) => yamlProblem(source, error)) };
  }
  try {
    return { ok: true, value: document.toJS() };
  } catch (error) {
    // What shows only when aliases are followed: an anchor that is missing, or text that grows without bounds.
    const { message } = error as Error;
    return { ok: false, problems: [{ path: "the whole file", found: "YAML with aliases", ...advice(message) }] };
  }
}

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
