import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

it("names tests that exist where docs/twin.md says what the twin does", () => {
  const page = readFileSync(join(__dirname, "../../../docs/twin.md"), "utf8");
  const rows = [...page.matchAll(/^\| .+ \| `([\w.-]+)`: (.+) \|$/gm)];
  expect(rows.length).toBeGreaterThan(15);
  const missing = rows.filter(
    ([, file = "", name = ""]) => !readFileSync(join(__dirname, file), "utf8").includes(`"${name}"`),
  );
  expect(missing.map(([row]) => row)).toEqual([]);
});
