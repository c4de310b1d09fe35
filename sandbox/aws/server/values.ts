import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../world/model";

/** Marks of Pulumi's wire format. Source: `@pulumi/pulumi/runtime/rpc`. */
const signature = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";

/** What stands for a value that is not known yet. The other sentinels say of which kind it will be; this one serves for all. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const unknowns: ReadonlySet<unknown> = new Set([
  unknown,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export const isUnknown = (value: unknown): boolean => typeof value === "string" && unknowns.has(value);

/** True when the value is unknown or holds something unknown. */
export function holdsUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsUnknown);
  if (value !== null && typeof value === "object") return Object.values(value).some(holdsUnknown);
  return isUnknown(value);
}

export type Path = (string | number)[];

/** A property map without its secret marks, and where they were. */
export interface Opened {
  values: Properties;
  secrets: Path[];
}

/** Reads a message; an absent one is empty. Null values are absent ones. */
export function open(message: Struct | undefined): Opened {
  const secrets: Path[] = [];
  const values = message === undefined ? {} : (strip(message.toJavaScript(), [], secrets) as Properties);
  return { values, secrets };
}

function strip(value: unknown, path: Path, secrets: Path[]): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((element, at) => strip(element, [...path, at], secrets));
  const record = value as Properties;
  if (record[signature] === secretMark) {
    secrets.push(path);
    return strip(record.value, path, secrets);
  }
  const result: Properties = {};
  for (const [name, inner] of Object.entries(record)) {
    if (inner !== null) result[name] = strip(inner, [...path, name], secrets);
  }
  return result;
}

const secretOf = (value: unknown) => ({ [signature]: secretMark, value });

/** Writes a message in which the values at those paths are secret again. */
export function close(values: Properties, secrets: Path[] = []): Struct {
  let marked: unknown = values;
  // Deepest first, so that a secret inside of a secret is not looked for behind the outer mark.
  for (const path of [...secrets].sort((a, b) => b.length - a.length)) marked = mark(marked, path);
  return Struct.fromJavaScript(clean(marked) as Parameters<typeof Struct.fromJavaScript>[0]);
}

function mark(value: unknown, path: Path): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return isSecret(value) ? value : secretOf(value);
  if (Array.isArray(value) && typeof step === "number" && step < value.length) {
    return value.map((element, at) => (at === step ? mark(element, rest) : element));
  }
  if (value !== null && typeof value === "object" && !isSecret(value) && step in value) {
    return { ...value, [step]: mark((value as Properties)[step], rest) };
  }
  return value;
}

const isSecret = (value: unknown): boolean =>
  value !== null && typeof value === "object" && (value as Properties)[signature] === secretMark;

function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => (element === undefined ? null : clean(element)));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, clean(inner)]),
  );
}

/** The secret texts themselves. */
export function secretTexts(opened: Opened): string[] {
  const found: string[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (value !== null && typeof value === "object") Object.values(value).forEach(collect);
    else if (typeof value === "string" && value !== "" && !isUnknown(value)) found.push(value);
  };
  for (const path of opened.secrets) collect(at(opened.values, path));
  return [...new Set(found)];
}

export function at(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (current === null || typeof current !== "object") return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}

/** Where outputs are secret: at the paths of secret inputs, and wherever a secret text turns up in another output. */
export function outputSecrets(outputs: Properties, inputs: Opened): Path[] {
  const paths: Path[] = [];
  for (const path of inputs.secrets) {
    const [name] = path;
    if (name === undefined || outputs[name] === undefined) continue;
    paths.push(at(outputs, path) === undefined ? [name] : path);
  }
  const texts = secretTexts(inputs);
  for (const [name, value] of Object.entries(outputs)) {
    if (paths.some((path) => path[0] === name)) continue;
    if (texts.some((secret) => holdsText(value, secret))) paths.push([name]);
  }
  return paths;
}

function holdsText(value: unknown, secret: string): boolean {
  if (typeof value === "string") return value.includes(secret);
  if (Array.isArray(value)) return value.some((element) => holdsText(element, secret));
  if (value !== null && typeof value === "object")
    return Object.values(value).some((inner) => holdsText(inner, secret));
  return false;
}

/** A text for people without the secrets. */
export function redact(message: string, secrets: string[]): string {
  return secrets.reduce((text, secret) => (secret.length < 4 ? text : text.split(secret).join("[secret]")), message);
}
