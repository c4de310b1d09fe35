import type { z } from "zod";
import { type FieldInfo, fieldInfo } from "../field";
import type { Control } from "./order";

/** Finds controls by id while a layer's schema is made, and marks the fields that they guard. */
export function guardedBy(controls: readonly Control[]) {
  const find = (id: string): Control => {
    const control = controls.find((candidate) => candidate.id === id);
    if (control === undefined) throw new Error(`There is no control ${id}`);
    return control;
  };
  const mark = (schema: z.ZodType, control: string): void => {
    fieldInfo.add(schema, { ...(fieldInfo.get(schema) as FieldInfo), control });
  };
  return {
    /** A field whose default and floor its control gives. The reader fills in the level's value; baseline stands here for types. */
    guarded<T extends z.ZodType>(id: string, schema: T): z.ZodDefault<T> {
      const control = find(id);
      mark(schema, id);
      return schema.default(control.required?.baseline as never);
    },
    /** A field whose presence, or a check of the layer, decides whether its control is loosened. */
    watched<T extends z.ZodType>(id: string, schema: T): T {
      find(id);
      mark(schema, id);
      return schema;
    },
  };
}

/** The ids of controls, in the form a choice takes. */
export function controlIds(controls: readonly Control[]): [string, ...string[]] {
  return controls.map(({ id }) => id) as [string, ...string[]];
}

/** What marks the fields of a layer that its controls guard. */
export type Guards = ReturnType<typeof guardedBy>;
