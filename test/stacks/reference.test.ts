import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ASSURANCE_LEVELS, LAYERS } from "../../stacks/settings";
import { layerSettings } from "../../stacks/settings/read";
import { referenceFiles } from "../../stacks/settings/reference";
import { stackFileSchema } from "../../stacks/settings/reference/json-schema";
import { allFields, readNode } from "../../stacks/settings/schema-tree";

const root = path.resolve(__dirname, "../..");

describe("the files that are made from the settings' schemas", () => {
  it.each(Object.entries(referenceFiles()))("%s is up to date (npm run settings-reference)", (file, text) => {
    expect(readFileSync(path.join(root, file), "utf8")).toBe(text);
  });
});

describe("the settings reference", () => {
  const page = referenceFiles()["docs/settings.md"] as string;
  const section = (heading: string) => page.split(/^##+ /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";

  it("has every field of every layer, with its description", () => {
    const common = section("Settings of every stack");
    for (const layer of LAYERS) {
      const own = section(`Settings of the layer \`${layer}\``);
      for (const { path: at, node } of allFields(layerSettings(layer).schema())) {
        if (at.at(-1) === 0) continue;
        const name = at.map((part, index) => (part === 0 ? "[]" : index === 0 ? part : `.${part}`)).join("");
        expect(common + own, name).toContain(`| \`${name}\` |`);
        expect(common + own, name).toContain(node.info.description.replaceAll("|", "\\|"));
      }
    }
  });

  it("has every control of every layer, with what it asks for at each level", () => {
    for (const layer of LAYERS) {
      const table = section(`Controls of the layer \`${layer}\``);
      for (const { id, title, field } of layerSettings(layer).controls) {
        expect(table).toContain(`| \`${id}\` | ${title} | \`${field}\` |`);
      }
    }
  });
});

type Json = Record<string, unknown>;
interface LayerSchema {
  properties: Record<string, Json>;
  required: string[];
  additionalProperties: unknown;
}

describe("the schema for editors", () => {
  const { config } = stackFileSchema().properties as { config: { allOf: { then: LayerSchema }[] } };
  const schemaOf = (index: number) => (config.allOf[index] as { then: LayerSchema }).then;

  it.each(LAYERS.map((layer, index) => [layer, index] as const))("knows the settings of %s", (layer, index) => {
    const { properties, required, additionalProperties } = schemaOf(index);
    const { shape } = readNode(layerSettings(layer).schema());
    expect(Object.keys(properties)).toEqual(Object.keys(shape).map((key) => `gabion:${key}`));
    expect(additionalProperties).toBe(false);
    const needed = Object.entries(shape).filter(([, schema]) => !readNode(schema).optional);
    expect(required).toEqual(needed.map(([key]) => `gabion:${key}`));
    for (const [key, property] of Object.entries(properties)) expect(property.description, key).toMatch(/\.$/);
  });

  it("says what each level asks for, and gives no level's value for all", () => {
    for (const [index, layer] of LAYERS.entries()) {
      const { properties } = schemaOf(index);
      for (const control of layerSettings(layer).controls) {
        if (control.required === undefined) continue;
        const field = control.field.replaceAll("[]", ".items").split(".");
        const schema = field.slice(1).reduce<Json>((parent, name) => {
          if (name === "items") return parent.items as Json;
          return (parent.properties as Record<string, Json>)[name] as Json;
        }, properties[`gabion:${field[0]}`] as Json);
        for (const level of ASSURANCE_LEVELS) {
          expect(schema.description, control.id).toContain(`${control.required[level]} (${level})`);
        }
        expect(schema.description).toContain(`loosened only by a deviation from ${control.id}.`);
        expect(schema).not.toHaveProperty("default");
      }
    }
  });

  it("holds nothing of ours that editors do not know", () => {
    const words = JSON.stringify(stackFileSchema()).match(/"(allowed|example|quoted|control)":/g) ?? [];
    // The one setting of that name, in each layer's deviations.
    expect(new Set(words)).toEqual(new Set(['"control":']));
    expect(words).toHaveLength(LAYERS.length);
  });
});
