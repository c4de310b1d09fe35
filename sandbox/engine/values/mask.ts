import { isObject, isSecret, maskedText } from "./inspect";
import { isUnknown } from "./signatures";

/** Shorter texts are left alone: they would blot out ordinary words and numbers. */
const shortest = 4;
/** Lines of a secret of several lines are secret by themselves from this length on: what others print arrives line by line. */
const shortestLine = 8;

/** Takes secret values out of texts that others have written. */
export class SecretMask {
  private readonly texts = new Set<string>();
  private ordered: string[] | undefined;

  /** Remembers a text that is secret as a whole. */
  addText(text: string): void {
    if (text.length < shortest || isUnknown(text)) return;
    // A message may quote the value as JSON.
    for (const form of [text, JSON.stringify(text).slice(1, -1), ...linesOf(text)]) {
      if (this.texts.has(form)) continue;
      this.texts.add(form);
      this.ordered = undefined;
    }
  }

  /** Remembers a secret configuration value: a text, or an object as JSON, of which each part is secret. */
  addConfigValue(value: string | undefined): void {
    if (value === undefined) return;
    this.addText(value);
    try {
      this.addAll(JSON.parse(value));
    } catch {
      // A plain text.
    }
  }

  /** Remembers every secret inside a value. */
  addSecrets(value: unknown): void {
    if (Array.isArray(value)) for (const element of value) this.addSecrets(element);
    else if (isSecret(value)) this.addAll(value.value);
    else if (isObject(value)) for (const inner of Object.values(value)) this.addSecrets(inner);
  }

  masked(text: string): string {
    // Long ones first: a secret may be part of another.
    this.ordered ??= [...this.texts].sort((left, right) => right.length - left.length);
    let result = text;
    for (const secret of this.ordered) if (result.includes(secret)) result = result.split(secret).join(maskedText);
    return result;
  }

  /** Remembers every text and number inside a value that is secret as a whole. */
  addAll(value: unknown): void {
    if (typeof value === "string" || typeof value === "number") this.addText(String(value));
    else if (Array.isArray(value)) for (const element of value) this.addAll(element);
    else if (isObject(value))
      for (const inner of isSecret(value) ? [value.value] : Object.values(value)) this.addAll(inner);
  }
}

function linesOf(text: string): string[] {
  if (!text.includes("\n")) return [];
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.length >= shortestLine);
}
