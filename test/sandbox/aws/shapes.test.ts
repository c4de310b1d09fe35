import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, it } from "vitest";
import type * as generator from "../../../sandbox/aws/spec/generate";

const root = join(__dirname, "../../..");
const fromSource = createRequire(__filename)("../../../tools/from-source") as { load(entry: string): unknown };

it("has the shapes that the installed packages give", () => {
  // By name, as `generate.js` beside it does: without an extension the two are the same module.
  const { generate, problems, render, shapesFile } = fromSource.load(
    "sandbox/aws/spec/generate.ts",
  ) as typeof generator;
  expect(render(generate())).toBe(readFileSync(join(root, shapesFile), "utf8"));
  expect(problems).toEqual([]);
});
