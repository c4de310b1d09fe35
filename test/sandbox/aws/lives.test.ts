import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { typeShape } from "../../../sandbox/aws/spec/shapes";
import { allEntries } from "../../../sandbox/aws/types";
import { type Bench, bench, type Made, unmarked, type Values } from "./client";
import { type Ground, ground } from "./ground";
import { type Life, lives } from "./lives";

let b: Bench;
let g: Ground;
beforeAll(async () => {
  b = await bench();
  g = await ground(b.client);
});
afterAll(() => b.end());

/** Makes what the type needs and lends it; all is gone again afterwards, so that no test knows of another. */
async function withBefore(life: Life, work: (inputs: Values) => Promise<void>): Promise<void> {
  const made: Record<string, Made> = {};
  for (const { name, type, inputs } of life.before ?? []) {
    made[name] = await b.client.create(type, `before-${name}`, inputs(g, made));
  }
  await work(life.inputs(g, made));
  for (const one of Object.values(made).reverse()) await b.client.delete(one);
}

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? "list" : value !== null && typeof value === "object" ? "map" : typeof value;

/** Outputs whose presence or kind is not what the SDK declares. */
function misshapen(type: string, outputs: Values): string[] {
  return Object.entries(typeShape(type)?.outputs ?? {}).flatMap(([name, kind]) => {
    const found = outputs[name];
    if (found === undefined) return kind === "any" || name === "tagsAll" ? [] : [`${name} is missing`];
    return kind === "any" || kindOf(found) === kind ? [] : [`${name} is a ${kindOf(found)}, not a ${kind}`];
  });
}

describe("every type of the table", () => {
  it("has a life here, and only those have", () => {
    const known = allEntries().map((entry) => entry.type);
    expect(lives.map((life) => life.type).sort()).toEqual(known.sort());
  });

  it.each(lives)("$type", async (life) => {
    await withBefore(life, async (inputs) => {
      const made = await b.client.create(life.type, "one", inputs);
      expect(made.id).not.toBe("");
      expect(made.outputs).toMatchObject(unmarked(made.inputs));
      expect(misshapen(life.type, made.outputs)).toEqual([]);
      expect(await b.client.diff(made, inputs)).toEqual({});
      expect(await b.client.read(made)).toEqual({ id: made.id, inputs: made.inputs, outputs: made.outputs });
      const changed = life.change === undefined ? made : await changeInPlace(made, { ...inputs, ...life.change });
      await b.client.delete(changed);
      expect((await b.client.read(changed)).id).toBe("");
    });
  });
});

async function changeInPlace(made: Made, wanted: Values): Promise<Made> {
  const kinds = Object.values(await b.client.diff(made, wanted));
  expect(kinds).not.toEqual([]);
  expect(kinds.filter((kind) => kind.endsWith("_REPLACE"))).toEqual([]);
  const changed = await b.client.update(made, wanted);
  expect(changed.outputs).toMatchObject(unmarked(changed.inputs));
  expect(await b.client.diff(changed, wanted)).toEqual({});
  expect(await b.client.read(changed)).toEqual({ id: made.id, inputs: changed.inputs, outputs: changed.outputs });
  return changed;
}
