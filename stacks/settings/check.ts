import type { z } from "zod";
import type { Control } from "./controls/order";
import type { Loosening } from "./controls/resolve";
import type { Partly } from "./parse";
import { valueAt } from "./parse";
import { type Finding, formatPath, type PathSegment, printValue, type SettingsProblem } from "./problem";
import { allowedText, nodeAt } from "./schema-tree";

export interface CheckInput<T> {
  readonly settings: Partly<T>;
  readonly schema: z.ZodType;
  readonly controls: readonly Control[];
  readonly problems: readonly SettingsProblem[];
  readonly today: string;
  readonly stackName: string;
}

/** What a layer's checks across fields work with: they see what fits its schema and report what does not fit together. */
export class CheckContext<T> {
  readonly problems: SettingsProblem[] = [];
  readonly loosenings: Loosening[] = [];

  constructor(private readonly input: CheckInput<T>) {}

  get settings(): Partly<T> {
    return this.input.settings;
  }

  get today(): string {
    return this.input.today;
  }

  get stackName(): string {
    return this.input.stackName;
  }

  /** Whether nothing at or under a path was refused, so that what stands there can be relied on. */
  isSound(...path: PathSegment[]): boolean {
    const at = formatPath(path);
    return ![...this.input.problems, ...this.problems].some(({ path: other }) => isAtOrUnder(other, at));
  }

  report(path: readonly PathSegment[], finding: Finding & { readonly allowed?: string }): void {
    const node = nodeAt(this.input.schema, path);
    this.problems.push({
      path: formatPath(path),
      found: printValue(valueAt(this.settings, path)),
      reason: finding.reason,
      allowed: finding.allowed ?? (node === undefined ? "nothing" : allowedText(node)),
      remedy: finding.remedy,
    });
  }

  /** Says that a setting gives less than a control of the order `decided` asks for. */
  loosens(control: string, path: readonly PathSegment[]): void {
    const known = this.input.controls.find((candidate) => candidate.id === control);
    if (known === undefined) throw new Error(`There is no control ${control}`);
    this.loosenings.push({ control: known, path, value: valueAt(this.settings, path) });
  }
}

/** Whether a printed path is another one or lies below it. */
export function isAtOrUnder(path: string, ancestor: string): boolean {
  if (!path.startsWith(ancestor)) return false;
  const next = path[ancestor.length];
  return next === undefined || next === "." || next === "[" || ancestor.endsWith(":");
}

/** Reports each name of a list that stood there before. */
export function reportRepeated<T>(
  context: CheckContext<T>,
  names: readonly (string | undefined)[],
  pathOf: (index: number) => PathSegment[],
  what: string,
): void {
  names.forEach((name, index) => {
    if (name !== undefined && names.indexOf(name) !== index) {
      context.report(pathOf(index), {
        reason: `another ${what} has this name`,
        remedy: `Give each ${what} its own name`,
      });
    }
  });
}
