import { z } from "zod";
import { LAYERS, type LayerName } from "../common";
import { ASSURANCE_LEVELS, type Control } from "../controls/order";
import { type FieldInfo, fieldInfo } from "../field";
import { NAMESPACE } from "../problem";
import { layerSettings } from "../read";
import { readNode } from "../schema-tree";

type JsonSchema = Record<string, unknown>;

/** A generated schema with what fields say about themselves, which zod copies into it as it is. */
type Annotated = JsonSchema & { -readonly [K in keyof FieldInfo]?: FieldInfo[K] };

/** The JSON Schema of stack files, for editors: completion, descriptions, and the errors that a single field can have. */
export function stackFileSchema(): JsonSchema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Gabion stack settings",
    type: "object",
    properties: {
      config: {
        type: "object",
        required: [`${NAMESPACE}:layer`],
        properties: { [`${NAMESPACE}:layer`]: { enum: [...LAYERS] } },
        allOf: LAYERS.map((layer) => ({
          if: { properties: { [`${NAMESPACE}:layer`]: { const: layer } }, required: [`${NAMESPACE}:layer`] },
          // biome-ignore lint/suspicious/noThenProperty: the word is JSON Schema's own.
          then: layerSchema(layer),
        })),
      },
    },
    required: ["config"],
  };
}

function layerSchema(layer: LayerName): JsonSchema {
  const { schema, controls } = layerSettings(layer);
  const generated = z.toJSONSchema(schema(), {
    target: "draft-7",
    io: "input",
    metadata: fieldInfo,
    override: ({ zodSchema, jsonSchema }) => {
      finish(jsonSchema as Annotated, controls);
      if (hasDefaultByLevel(zodSchema as unknown as z.ZodType, controls)) delete jsonSchema.default;
    },
  }) as JsonSchema & { properties: Record<string, JsonSchema>; required?: string[] };
  const { $schema: _, properties, required = [], additionalProperties: __, ...rest } = generated;
  return {
    ...rest,
    properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [`${NAMESPACE}:${key}`, value])),
    // Keys of other namespaces configure providers and the engine.
    patternProperties: { [`^(?!${NAMESPACE}:)`]: {} },
    additionalProperties: false,
    required: required.map((key) => `${NAMESPACE}:${key}`),
  };
}

function finish(target: Annotated, controls: readonly Control[]): void {
  const { allowed, example, control: controlId } = target;
  delete target.allowed;
  delete target.example;
  delete target.quoted;
  delete target.control;
  if (isEmptyGroup(target.default)) delete target.default;
  if (example !== undefined) target.examples = [example];
  const sentences = [target.description, allowed === undefined ? undefined : `Takes ${allowed}.`];
  const control = controls.find(({ id }) => id === controlId);
  if (control?.required !== undefined) {
    const levels = ASSURANCE_LEVELS.map((level) => `${control.required?.[level]} (${level})`);
    sentences.push(`Default and floor: ${levels.join(", ")}; loosened only by a deviation from ${control.id}.`);
  }
  const description = sentences.filter((sentence) => sentence !== undefined).join(" ");
  if (description !== "") target.description = description;
}

/** Whether a field's default is its assurance level's, so that the one in the schema is only baseline's. */
function hasDefaultByLevel(schema: z.ZodType, controls: readonly Control[]): boolean {
  if (schema.def.type !== "default") return false;
  const guard = readNode(schema).info.control;
  return controls.find(({ id }) => id === guard)?.required !== undefined;
}

function isEmptyGroup(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}
