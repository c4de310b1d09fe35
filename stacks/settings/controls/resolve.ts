import { addDays } from "../dates";
import type { Document } from "../decode";
import { formatPath, type PathSegment, printValue, type SettingsProblem } from "../problem";
import { type Assurance, type Control, isWeaker, requirementText } from "./order";

/** One place where a setting gives less than its control requires. */
export interface Loosening {
  readonly control: Control;
  readonly path: readonly PathSegment[];
  readonly value: unknown;
}

/**
 * Fills in what an assurance level asks for wherever a control's field is left out. Groups that are left out are made; values of
 * another kind than the schema wants are left alone for the schema to refuse. Returns a new document.
 */
export function fillDefaults(document: Document, controls: readonly Control[], assurance: Assurance): Document {
  const filled = copy(document) as Document;
  for (const control of controls) {
    const required = control.required?.[assurance];
    if (required !== undefined) fill(filled, segmentsOf(control), required);
  }
  return filled;
}

function fill(target: unknown, segments: readonly string[], value: unknown): void {
  const [segment, ...rest] = segments;
  if (segment === "[]") {
    if (Array.isArray(target)) for (const entry of target) fill(entry, rest, value);
    return;
  }
  if (typeof target !== "object" || target === null || Array.isArray(target)) return;
  const group = target as Record<string, unknown>;
  const key = segment as string;
  if (rest.length === 0) {
    if (group[key] === undefined) group[key] = value;
    return;
  }
  if (group[key] === undefined && rest[0] !== "[]") group[key] = {};
  fill(group[key], rest, value);
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== "object" || value === null) return value;
  const result: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of Object.entries(value)) result[key] = copy(entry);
  return result;
}

/** Every place in the settings that is weaker than its control requires. */
export function findLoosenings(settings: unknown, controls: readonly Control[], assurance: Assurance): Loosening[] {
  return controls.flatMap((control) =>
    valuesAt(settings, segmentsOf(control), [])
      .filter(({ value }) => isWeaker(control, value, assurance))
      .map((place) => ({ control, ...place })),
  );
}

/** A loosening that no deviation answers for. */
export function looseningProblem(
  { control, path, value }: Loosening,
  assurance: Assurance,
  today: string,
): SettingsProblem {
  const requirement = requirementText(control, assurance);
  const tighten = control.order.kind === "absent" ? `Remove ${formatPath(path)}` : `Set ${requirement}`;
  return {
    path: formatPath(path),
    found: printValue(value),
    reason: `the control ${control.id} (${control.title}) asks for ${requirement} at assurance "${assurance}"`,
    allowed: `${requirement}; anything else only with a deviation from ${control.id}`,
    remedy: `${tighten}, or add to ${formatPath(["deviations"])}: ${deviationExample(control.id, today)}`,
  };
}

/** A deviation as it is written in a stack file. */
export function deviationExample(control: string, today: string): string {
  return `{control: ${control}, reason: "why, and what protects instead", owner: "team", ticket: "SEC-123", expires: "${addDays(today, 30)}"}`;
}

function valuesAt(
  target: unknown,
  segments: readonly string[],
  at: readonly PathSegment[],
): { path: readonly PathSegment[]; value: unknown }[] {
  const [segment, ...rest] = segments;
  if (segment === undefined) return target === undefined ? [] : [{ path: at, value: target }];
  if (segment === "[]") {
    if (!Array.isArray(target)) return [];
    return target.flatMap((entry, index) => valuesAt(entry, rest, [...at, index]));
  }
  if (typeof target !== "object" || target === null || !Object.hasOwn(target, segment)) return [];
  return valuesAt((target as Record<string, unknown>)[segment], rest, [...at, segment]);
}

function segmentsOf(control: Control): string[] {
  return control.field.replaceAll("[]", ".[]").split(".");
}
