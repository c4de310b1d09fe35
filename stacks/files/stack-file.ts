import { NAMESPACE, printValue, type SettingsProblem } from "../settings/problem";
import { nearest } from "../settings/suggest";
import { configTexts, holdsSealed, isRecord, isUnprintable } from "./config-texts";
import { readYaml } from "./yaml";

/** One `Pulumi.<stack>.yaml`, read as the Pulumi CLI reads it. */
export interface StackFile {
  /** The stack's short name: what stands between `Pulumi.` and `.yaml`. */
  readonly name: string;
  /** The values of `config` by fully qualified key, secrets as `{ secure: <ciphertext> }`. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The same as the program gets it. Secrets are still closed: open them in `values` and use {@link configTexts}. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys of values that are secret, or hold a secret. */
  readonly secretKeys: readonly string[];
  readonly encryptionSalt: string | undefined;
  /** Why the file cannot be read. Then it has no values. */
  readonly problems: readonly SettingsProblem[];
}

/** The name of a stack's file, as messages call it. */
export function stackFileName(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}

/** The stack that a file belongs to; undefined for a file that is no stack file, such as `Pulumi.yaml`. */
export function stackOfFile(fileName: string): string | undefined {
  return /^Pulumi\.([A-Za-z0-9][A-Za-z0-9_.-]*)\.ya?ml$/.exec(fileName)?.[1];
}

/** Reads the text of a stack file. Never throws, whatever the text is. */
export function readStackFile(name: string, text: string): StackFile {
  const yaml = readYaml(text);
  if (!yaml.ok) return unreadable(name, yaml.problems);
  const problem = shapeProblem(yaml.value);
  if (problem !== undefined) return unreadable(name, [problem]);
  const { config, encryptionsalt } = yaml.value as { config: Record<string, unknown>; encryptionsalt?: unknown };
  const { values, problems } = qualify(config);
  if (problems.length > 0) return unreadable(name, problems);
  return {
    name,
    values,
    config: configTexts(values),
    secretKeys: Object.keys(values).filter((key) => holdsSealed(values[key])),
    encryptionSalt: typeof encryptionsalt === "string" ? encryptionsalt : undefined,
    problems: [],
  };
}

function unreadable(name: string, problems: readonly SettingsProblem[]): StackFile {
  return { name, values: {}, config: {}, secretKeys: [], encryptionSalt: undefined, problems };
}

const allowedShape = "a group of settings under config:, each key beginning with gabion:";

function shapeProblem(value: unknown): SettingsProblem | undefined {
  if (value === null || value === undefined) {
    return {
      path: "config",
      found: "absent",
      reason: "the file is empty",
      allowed: allowedShape,
      remedy: "Write the stack's settings, or remove the file",
    };
  }
  if (!isRecord(value)) {
    return {
      path: "the whole file",
      found: Array.isArray(value) ? "a list" : "one value",
      reason: "it is not a group of settings",
      allowed: allowedShape,
      remedy: "Begin the file with config: and write the settings under it",
    };
  }
  const { config } = value;
  if (isRecord(config)) return undefined;
  if (config !== undefined && config !== null) {
    return {
      path: "config",
      found: Array.isArray(config) ? "a list" : printValue(config),
      reason: "it is not a group of settings",
      allowed: allowedShape,
      remedy: "Write the settings below it, indented, one a line",
    };
  }
  const keys = Object.keys(value);
  const meant = keys.find((key) => nearest(key, ["config"]) !== undefined && key !== "config");
  const atTop = keys.some((key) => key.startsWith(`${NAMESPACE}:`));
  return {
    path: "config",
    found: "absent",
    reason: "the file has no settings",
    allowed: allowedShape,
    remedy: atTop
      ? "Write config: above the settings and indent them by two spaces"
      : meant === undefined
        ? "Write config: and the settings under it"
        : `Did you mean config instead of ${meant}? Rename it`,
  };
}

interface Qualified {
  readonly values: Record<string, unknown>;
  readonly problems: readonly SettingsProblem[];
}

/** Gives keys their full form, as the CLI does: without a namespace they are the project's, and `a:config:b` is an older way to write `a:b`. */
function qualify(config: Record<string, unknown>): Qualified {
  const values: Record<string, unknown> = Object.create(null);
  const problems: SettingsProblem[] = [];
  for (const [key, value] of Object.entries(config)) {
    const parts = key.split(":");
    if (parts.length > 2 && !(parts.length === 3 && parts[1] === "config")) {
      problems.push({
        path: key,
        found: `a key of ${parts.length} parts`,
        reason: "a key has a namespace and a name",
        allowed: `keys such as ${NAMESPACE}:region`,
        remedy: `Write ${parts[0]}:${parts.at(-1)}, or remove it`,
      });
      continue;
    }
    const full = parts.length === 1 ? `${NAMESPACE}:${key}` : `${parts[0]}:${parts.at(-1)}`;
    if (Object.hasOwn(values, full)) {
      problems.push({
        path: full,
        found: "the same setting twice",
        reason: `${key} is another way to write it`,
        allowed: "each setting once",
        remedy: "Keep one of the two",
      });
    }
    if (isUnprintable(value)) {
      problems.push({
        path: full,
        found: "a number that is infinite or none",
        reason: "it cannot be handed to a program",
        allowed: "finite numbers",
        remedy: "Write a number, or put the text in quotes",
      });
    }
    values[full] = value;
  }
  return { values, problems };
}
