import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { scenarios } from "../../fidelity/scenarios";

const root = path.resolve(__dirname, "..", "..", "..");
const text = fs.readFileSync(path.join(root, "docs", "engine.md"), "utf8");

/** Names in the last column of the table under a heading. */
function named(heading: string): string[] {
  const section = text.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| "));
  return rows
    .slice(2)
    .flatMap((row) => [...(row.split("|")[2] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ""));
}

/** What the monitor refuses, by the words of its source. */
function refused(): string[] {
  const folder = path.join(root, "sandbox", "engine", "monitor");
  const source = fs.readdirSync(folder).map((file) => fs.readFileSync(path.join(folder, file), "utf8"));
  const calls = source.join("\n").matchAll(/\brefuse\(.*, "([^"]+)"\);|\b(?:refuse|unsupported)\("([^"]+)"/g);
  return [...new Set([...calls].map(([, last, first]) => last ?? first ?? ""))];
}

describe("the documentation of the engine", () => {
  it("names every scenario in its table, once, and no other", () => {
    expect(named("What it has").sort()).toEqual(scenarios.map(({ name }) => name).sort());
  });

  it("names only scenarios that `make test` holds the engine to, group by group", () => {
    const folder = path.join(root, "test", "sandbox", "engine", "semantics");
    const held = fs.readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
    const groups = fs.readdirSync(path.join(root, "test", "fidelity", "scenarios"));
    const others = ["index.ts", "world.ts"];
    expect(held.map((file) => file.replace(".test.ts", ".ts")).sort()).toEqual(
      groups.filter((file) => !others.includes(file)).sort(),
    );
  });

  it("names everything that is refused, and nothing else", () => {
    expect(named("What it refuses").sort()).toEqual([...refused(), "archives"].sort());
  });
});
