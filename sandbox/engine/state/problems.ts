import { EngineError } from "../api";

const shown = 20;

/** Collects all that is wrong with a document, each with its path, and says it at once. Values are described by their kind: they may be secret. */
export class Problems {
  private readonly found: string[] = [];

  add(path: string, problem: string): void {
    this.found.push(path === "" ? problem : `${path}: ${problem}`);
  }

  get any(): boolean {
    return this.found.length > 0;
  }

  /** Throws when something was found. */
  check(intro: string, wayOut: string): void {
    if (!this.any) return;
    const listed = this.found.slice(0, shown).map((problem) => `  ${problem}`);
    if (this.found.length > shown) listed.push(`  and ${this.found.length - shown} more`);
    throw new EngineError([intro, ...listed, wayOut].join("\n"), "usage");
  }
}

/** "a string", "a list", … for messages. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return `a ${typeof value}`;
}
