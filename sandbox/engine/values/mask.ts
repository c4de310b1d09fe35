import { isObject, isOutputValue, isSecret, maskedText } from "./inspect";
import { formsOf, isPlain, shortest } from "./secret-forms";

/** Takes secret values out of texts that others have written, also where they are encoded. */
export class SecretMask {
  /** Texts whose forms are known. */
  private readonly known = new Set<string>();
  /** Forms by their first characters, so that a text is searched once for all of them. */
  private readonly forms = new Map<string, Set<string>>();

  /** Remembers a text that is secret as a whole. */
  addText(text: string): void {
    if (this.known.has(text) || isPlain(text)) return;
    this.known.add(text);
    for (const form of formsOf(text)) {
      const start = form.slice(0, shortest);
      const others = this.forms.get(start);
      if (others === undefined) this.forms.set(start, new Set([form]));
      else others.add(form);
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
    else if (isSecret(value) || (isOutputValue(value) && value.secret === true)) this.addAll(value.value);
    else if (isObject(value)) for (const inner of Object.values(value)) this.addSecrets(inner);
  }

  /** The text with `[secret]` in place of each secret. What is masked already stays as it is. */
  masked(text: string): string {
    if (this.forms.size === 0) return text;
    let result = "";
    let from = 0;
    for (let at = 0; at <= text.length - shortest; ) {
      if (text.startsWith(maskedText, at)) at += maskedText.length;
      else {
        const end = this.endOf(text, at);
        if (end > at) {
          result += text.slice(from, at) + maskedText;
          from = end;
        }
        at = Math.max(end, at + 1);
      }
    }
    return from === 0 ? text : result + text.slice(from);
  }

  /** A plain value with the mask over every text inside. The value itself where nothing is secret. */
  maskedValue<Value>(value: Value): Value {
    return this.forms.size === 0 ? value : (this.cleaned(value) as Value);
  }

  private cleaned(value: unknown): unknown {
    if (typeof value === "string") return this.masked(value);
    if (Array.isArray(value)) return value.map((element) => this.cleaned(element));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.cleaned(inner)]));
  }

  /** Where the secrets end that begin here; those that begin within one belong to it. `at` itself when none does. */
  private endOf(text: string, at: number): number {
    let end = at;
    for (let start = at; start === at || start < end; start += 1) {
      for (const form of this.forms.get(text.slice(start, start + shortest)) ?? []) {
        if (start + form.length > end && text.startsWith(form, start)) end = start + form.length;
      }
    }
    return end;
  }

  /** Remembers every text and number inside a value that is secret as a whole. */
  addAll(value: unknown): void {
    if (typeof value === "string" || typeof value === "number") this.addText(String(value));
    else if (Array.isArray(value)) for (const element of value) this.addAll(element);
    else if (isObject(value)) {
      const isMarked = isSecret(value) || isOutputValue(value);
      for (const inner of isMarked ? [value.value] : Object.values(value)) this.addAll(inner);
    }
  }
}
