/**
 * Turns the values of a stack file's `config` into the texts that the Pulumi CLI hands a program: text as it is, nothing as empty
 * text, a lone secret as what stands for it, everything else as JSON with sorted keys.
 *
 * @param values As {@link readStackFile} gives them, or with their secrets opened.
 */
export function configTexts(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, configText(value)]));
}

function configText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  return isSealed(value) ? value.secure : json(value);
}

/** A value as `pulumi config set --secret` writes it. */
export function isSealed(value: unknown): value is { readonly secure: string } {
  return isRecord(value) && Object.keys(value).length === 1 && typeof value.secure === "string";
}

/** Whether a value is a secret or holds one at any depth. */
export function holdsSealed(value: unknown): boolean {
  if (isSealed(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSealed);
}

/** Whether a value has no form in JSON: a number that is none, or is infinite. */
export function isUnprintable(value: unknown): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  return typeof value === "object" && value !== null && Object.values(value).some(isUnprintable);
}

function json(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(json).join(",")}]`;
  if (isRecord(value)) {
    const entries = Object.keys(value).sort(byCodePoint);
    return `{${entries.map((key) => `${jsonText(key)}:${json(value[key])}`).join(",")}}`;
  }
  return typeof value === "string" ? jsonText(value) : JSON.stringify(value);
}

/** As Go writes text in JSON: what could end a script in a web page is escaped. */
function jsonText(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
