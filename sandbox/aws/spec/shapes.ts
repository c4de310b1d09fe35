import generated from "./shapes.json";

/** What kind of value a property takes. */
export type Kind = "string" | "number" | "boolean" | "any" | { list: Kind } | { map: Kind } | { object: string };

export interface ObjectShape {
  inputs: Record<string, Kind>;
  required: string[];
}

export interface TypeShape extends ObjectShape {
  /** Outputs that are no inputs. */
  outputs: string[];
  /** Inputs of the same name for which AWS's own specification says that a change replaces the resource. */
  cloudFormationReplaces?: string[];
}

export interface Shapes {
  generatedFrom: Record<string, string>;
  types: Record<string, TypeShape>;
  objects: Record<string, ObjectShape>;
}

const shapes = (): Shapes => generated as unknown as Shapes;

export const typeShape = (type: string): TypeShape | undefined => shapes().types[type];

export const objectShape = (name: string): ObjectShape => {
  const shape = shapes().objects[name];
  if (shape === undefined) throw new Error(`no shape of ${name}`);
  return shape;
};

export const shapesSource = (): Record<string, string> => shapes().generatedFrom;
