import generated from "./shapes.json";

/** What kind of value a property takes. */
export type Kind = "string" | "number" | "boolean" | "any" | { list: Kind } | { map: Kind } | { object: string };

export interface ObjectShape {
  inputs: Record<string, Kind>;
  required: string[];
}

/**
 * What the installed SDK and the provider's schema say of a type. Paths are Pulumi's names without indices: `vpcConfig.subnetIds`.
 */
export interface TypeShape extends ObjectShape {
  /** Outputs that are no inputs. */
  outputs: Record<string, "string" | "number" | "boolean" | "list" | "map" | "any">;
  /** Paths whose change makes the provider replace the resource. */
  replaces: string[];
  /** Inputs that AWS fills in when they are absent, and nested outputs. */
  computed: string[];
  /** Lists without an order. */
  sets: string[];
  /** What the provider fills in by itself when it checks the inputs. */
  defaults: Record<string, unknown>;
  /** Inputs of the same name for which AWS's own specification says that a change replaces the resource. */
  cloudFormationReplaces: string[];
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

/** True for an input that AWS fills in when it is absent. */
export const isComputedPath = (type: string, path: string): boolean =>
  typeShape(type)?.computed.includes(path) ?? false;
