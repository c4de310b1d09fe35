import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { installProblem, type Packages, versionProblem } from "../../tools/install.js";

const root = path.resolve(__dirname, "../..");
const linux = { os: "linux", cpu: "x64" };
const lock: Packages = {
  "": {},
  "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
  "node_modules/a/node_modules/@s/b": { version: "2.0.0", integrity: "sha512-b" },
  "node_modules/binary-linux": { version: "1.0.0", optional: true, os: ["linux"], cpu: ["x64"] },
  "node_modules/binary-darwin": { version: "1.0.0", optional: true, os: ["darwin"], cpu: ["arm64"] },
  "node_modules/binary-musl": { version: "1.0.0", optional: true, os: ["linux"], cpu: ["x64"], libc: ["musl"] },
};
const { "": _root, "node_modules/binary-darwin": _darwin, "node_modules/binary-musl": _musl, ...installed } = lock;

const problem = (found: Packages | undefined, missing?: string, host = linux): string | undefined =>
  installProblem(lock, found, (folder) => folder !== missing, host);

describe("what is installed", () => {
  it("fits the lock file when all of it is there that this system can use", () => {
    expect(problem(installed)).toBeUndefined();
  });

  it.each([
    ["nothing", undefined, undefined, "nothing is installed yet"],
    ["too little", { ...installed, "node_modules/a": undefined }, undefined, "a is missing"],
    [
      "another version",
      { ...installed, "node_modules/a/node_modules/@s/b": { version: "2.0.1", integrity: "sha512-b" } },
      undefined,
      "@s/b has changed",
    ],
    [
      "another content",
      { ...installed, "node_modules/a": { version: "1.0.0", integrity: "sha512-x" } },
      undefined,
      "a has changed",
    ],
    ["a folder too little", installed, "node_modules/a", "a is missing"],
    ["too much", { ...installed, "node_modules/c": { version: "1.0.0" } }, undefined, "c is not needed any more"],
  ])("does not fit when it is %s", (_name, found, missing, message) => {
    expect(problem(found as Packages | undefined, missing)).toBe(message);
  });

  it("does not fit another system", () => {
    expect(problem(installed, undefined, { os: "darwin", cpu: "arm64" })).toBe("binary-darwin is missing");
  });

  it("is told from npm's own record of this checkout", () => {
    const packages = (file: string): Packages => JSON.parse(fs.readFileSync(path.join(root, file), "utf8")).packages;
    const record = packages("node_modules/.package-lock.json");
    expect(Object.keys(record).length).toBeGreaterThan(100);
    expect(Object.values(record).every(({ version }) => version !== "")).toBe(true);
  });
});

describe("the version of Node", () => {
  it.each(["20.20.0", "20.20.2", "20.21.0", "22.0.0", "24.11.1"])("%s will do", (version) => {
    expect(versionProblem(version, ">=20.20")).toBeUndefined();
  });

  it.each(["18.20.8", "20.19.9", "8.0.0"])("%s is refused", (version) => {
    expect(versionProblem(version, ">=20.20")).toBe(
      `Gabion needs Node.js 20.20 or newer; this is ${version}. Install it from https://nodejs.org and try again.`,
    );
  });
});
