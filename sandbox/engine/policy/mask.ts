import { isObject, isSecret, maskedText } from "../values/inspect";
import { isUnknown } from "../values/signatures";

/** Shorter texts are left alone: they would blot out ordinary words and numbers. */
const shortest = 4;

/** Takes secret values out of texts that others have written. */
export class SecretMask {
  private readonly texts = new Set<string>();
  private ordered: string[] | undefined;

  /** Remembers a text that is secret as a whole. */
  addText(text: string): void {
    if (text.length < shortest || isUnknown(text)) return;
    // A message may quote the value as JSON.
    for (const form of [text, JSON.stringify(text).slice(1, -1)]) {
      if (this.texts.has(form)) continue;
      this.texts.add(form);
      this.ordered = undefined;
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
