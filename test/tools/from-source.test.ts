import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect, it, onTestFinished } from "vitest";

const root = path.resolve(__dirname, "../..");

/** A checkout with one entry, its packages shared with this one. */
function checkout(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-from-source-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  fs.mkdirSync(path.join(folder, "tools"));
  fs.copyFileSync(path.join(root, "tools/from-source.js"), path.join(folder, "tools/from-source.js"));
  fs.mkdirSync(path.join(folder, "node_modules"));
  for (const name of ["esbuild", "@esbuild"])
    fs.symlinkSync(path.join(root, "node_modules", name), path.join(folder, "node_modules", name));
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ workspaces: [] }));
  fs.writeFileSync(
    path.join(folder, "entry.ts"),
    `import { text } from "./part";\nexport const said: string = text;\n`,
  );
  return folder;
}

/** What the entry exports, as seen by a new process. */
function load(folder: string): { said: string; bundles: number } {
  const script = `console.log(require(${JSON.stringify(path.join(folder, "tools/from-source.js"))}).load("entry.ts").said)`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  const bundles = fs.readdirSync(path.join(folder, "node_modules/.cache/gabion/bundles"));
  return { said: (stdout || stderr).trim(), bundles: bundles.filter((name) => name.endsWith(".js")).length };
}

/** What a new process says of the error that the entry throws. */
function stackOf(folder: string): string {
  const script = `require(${JSON.stringify(path.join(folder, "tools/from-source.js"))}).load("entry.ts")`;
  return spawnSync(process.execPath, ["-e", script], { encoding: "utf8" }).stderr;
}

it("an error names the line of the source", () => {
  const folder = checkout();
  fs.writeFileSync(
    path.join(folder, "part.ts"),
    `export type A = string;\n\nexport const text = fail();\n\nfunction fail(): string {\n  throw new Error("x");\n}\n`,
  );
  expect(stackOf(folder)).toContain(`${path.join(fs.realpathSync(folder), "part.ts")}:6:9`);
});

it("bundles that are old are removed, others stay for whoever has loaded them", () => {
  const folder = checkout();
  const bundles = path.join(folder, "node_modules/.cache/gabion/bundles");
  const loadAs = (text: string): { said: string; bundles: number } => {
    fs.writeFileSync(path.join(folder, "part.ts"), `export const text = "${text}";\n`);
    return load(folder);
  };
  expect(loadAs("one")).toEqual({ said: "one", bundles: 1 });
  for (const name of fs.readdirSync(bundles)) fs.utimesSync(path.join(bundles, name), new Date(0), new Date(0));
  expect(loadAs("two")).toEqual({ said: "two", bundles: 1 });
  expect(loadAs("three")).toEqual({ said: "three", bundles: 2 });
});

it("source is never stale, and is compiled only when it has changed", () => {
  const folder = checkout();
  const part = path.join(folder, "part.ts");
  fs.writeFileSync(part, `export const text = "one";\n`);
  expect(load(folder)).toEqual({ said: "one", bundles: 1 });
  expect(load(folder)).toEqual({ said: "one", bundles: 1 });
  // The same size, and a time that a tool may have set: what counts is that it is another one.
  fs.writeFileSync(part, `export const text = "two";\n`);
  fs.utimesSync(part, new Date(0), new Date(0));
  expect(load(folder).said).toBe("two");
  // Types are the business of the check, not of a start.
  fs.writeFileSync(part, `export const text: number = "three";\n`);
  expect(load(folder).said).toBe("three");
  fs.rmSync(part);
  expect(load(folder).said).toContain(`Could not resolve "./part"`);
});
