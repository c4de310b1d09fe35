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
