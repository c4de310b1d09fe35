import { z } from "zod";
import type { Finding } from "./problem";
import type { QuotedForm } from "./symptoms";

/** What every field says about itself: for messages, for editors and for the settings reference. */
export interface FieldInfo {
  readonly description: string;
  /** What the field takes, in words. Left out where the type says it all: choices, true or false, numbers with bounds. */
  readonly allowed?: string;
  /** A value that is valid, as it is written in the stack file. */
  readonly example?: unknown;
  /** The field's text is of a kind that YAML changes without quotes. */
  readonly quoted?: QuotedForm;
  /** The control whose requirement is the field's default and floor. */
  readonly control?: string;
}

export const fieldInfo = z.registry<FieldInfo>();

/** What {@link text} puts into its issues, so that a message can say more than "does not fit". */
export interface FindingParams {
  readonly finding: Finding;
}

type Check = (value: string) => Finding | undefined;

/** Text of one form. `check` looks at what a pattern cannot say; it may be called with text that does not fit the pattern. */
export function text(info: FieldInfo & { allowed: string; example: string }, form: RegExp | Check, check?: Check) {
  const pattern = form instanceof RegExp ? form : undefined;
  const checks = [pattern === undefined ? (form as Check) : undefined, check].filter((entry) => entry !== undefined);
  const base = pattern === undefined ? z.string() : z.string().regex(pattern);
  return checks
    .reduce((schema, entry) => schema.superRefine((value, context) => addFinding(value, entry, context)), base)
    .register(fieldInfo, info);
}

function addFinding(value: string, check: Check, context: z.RefinementCtx): void {
  const finding = check(value);
  if (finding !== undefined) context.addIssue({ code: "custom", params: { finding } satisfies FindingParams });
}

export function flag(info: FieldInfo) {
  return z.boolean().register(fieldInfo, info);
}

/** A whole number; bounds are inclusive. */
export function integer(info: FieldInfo, bounds: { readonly min: number; readonly max: number }) {
  return z.int().min(bounds.min).max(bounds.max).register(fieldInfo, info);
}

export function choice<const T extends readonly [string, ...string[]]>(info: FieldInfo, values: T) {
  return z.enum(values).register(fieldInfo, info);
}

/** One of a few numbers. */
export function numberChoice<const T extends readonly number[]>(info: FieldInfo, values: T): z.ZodLiteral<T[number]> {
  const schema = z.literal(values);
  fieldInfo.add(schema, info);
  return schema;
}

export function list<T extends z.ZodType>(
  info: FieldInfo,
  element: T,
  bounds: { readonly min?: number; readonly max: number },
) {
  return z
    .array(element)
    .min(bounds.min ?? 0)
    .max(bounds.max)
    .register(fieldInfo, info);
}

/** Fields that belong together; a key that is not in the shape is an error. */
export function group<T extends z.ZodRawShape>(info: FieldInfo, shape: T) {
  return z.strictObject(shape).register(fieldInfo, info);
}
