import * as fs from "node:fs";
import * as path from "node:path";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";
import { type DirectionProblem, problemOf } from "../../tools/lint/directions.js";

const root = path.resolve(__dirname, "../..");
const fixtures = path.join(__dirname, "fixtures");

const found = (file: string, specifier: string): string | undefined => {
  const problem: DirectionProblem | undefined = problemOf(specifier, path.join(root, file));
  return problem?.messageId;
};

describe("the rules on types", () => {
  it("find each misused Output and promise in the fixture, and nothing in what is right", async () => {
    const eslint = new ESLint({
      cwd: root,
      ignore: false,
      overrideConfig: { languageOptions: { parserOptions: { project: path.join(fixtures, "tsconfig.json") } } },
    });
    const file = path.join(fixtures, "misused.ts");
    const [result] = await eslint.lintFiles([file]);
    const reported = (result?.messages ?? []).map(({ line, ruleId }) => `${line} ${ruleId?.split("/").at(-1)}`);
    const marked = fs
      .readFileSync(file, "utf8")
      .split("\n")
      .flatMap((text, at) =>
        (text.split("; // ")[1] ?? "").split(" ").flatMap((rule) => (rule === "" ? [] : `${at + 1} ${rule}`)),
      );
    expect(marked.length).toBeGreaterThan(6);
    expect([...new Set(reported)].sort()).toEqual(marked.sort());
  });
});

describe("the directions between packages", () => {
  it.each([
    ["knowledge/network/cidr.ts", "gabion"],
    ["knowledge/network/cidr.ts", "../../components/network/private-network"],
    ["components/network/private-network.ts", "gabion-policies"],
    ["components/network/private-network.ts", "../../stacks/settings"],
    ["components/network/private-network.ts", "gabion-sandbox/engine"],
    ["policies/rules/index.ts", "gabion"],
    ["policies/rules/index.ts", "../../stacks"],
    ["sandbox/aws/index.ts", "gabion"],
    ["sandbox/aws/index.ts", "../../cli"],
    ["sandbox/aws/index.ts", "../../tools/from-source"],
    ["stacks/index.ts", "gabion-sandbox/aws"],
    ["stacks/index.ts", "../policies/rules"],
    ["cli/index.ts", "gabion"],
    ["cli/index.ts", "gabion-stacks"],
    ["cli/index.ts", "../stacks/layers/foundation"],
    ["cli/commands/up.ts", "../../stacks/settingsbook"],
    ["cli/index.ts", "gabion-policies"],
    ["sandbox/engine/run.ts", "../aws"],
    ["sandbox/engine/plan/goal.ts", "gabion-sandbox/aws"],
    ["sandbox/aws/index.ts", "../engine/state"],
  ])("%s may not use %s", (file, specifier) => {
    expect(found(file, specifier)).toBe("direction");
  });

  it.each([
    ["components/network/private-network.ts", "gabion-knowledge"],
    ["components/network/private-network.ts", "../keys/data-key"],
    ["policies/rules/index.ts", "gabion-knowledge"],
    ["sandbox/engine/run.ts", "gabion-knowledge"],
    ["sandbox/aws/index.ts", "../engine/api"],
    ["stacks/index.ts", "gabion"],
    ["cli/index.ts", "gabion-sandbox/engine"],
    ["test/cli/up.test.ts", "../../stacks/layers/foundation"],
    ["tools/settings-reference.js", "../stacks/settings"],
    ["sandbox/aws/spec/generate.ts", "../../../tools/from-source"],
    ["sandbox/aws/spec/generate.ts", "typescript"],
    ["cli/bin/gabion.js", "../../tools/from-source"],
    ["sandbox/engine/state/lock.ts", "node:fs"],
    ["sandbox/engine/state/lock.ts", "fs"],
  ])("%s may use %s", (file, specifier) => {
    expect(found(file, specifier)).toBeUndefined();
  });

  it("lead through the name of a package, its manifest included", () => {
    expect(found("components/index.ts", "../knowledge/network/cidr")).toBe("path");
    expect(found("stacks/index.ts", "../components")).toBe("path");
    expect(found("knowledge/index.ts", "@pulumi/pulumi")).toBe("forbidden");
    expect(found("knowledge/index.ts", "zod")).toBe("undeclared");
    expect(found("cli/main.ts", "@grpc/grpc-js/build/src/call")).toBe("undeclared");
    expect(found("test/policies/pack.test.ts", "@grpc/grpc-js")).toBeUndefined();
    expect(found("test/policies/pack.test.ts", "left-pad")).toBe("undeclared");
  });

  it("are seen in every way to name a module", async () => {
    const ways = [
      `import "gabion";`,
      `import type { A } from "gabion"; export type B = A;`,
      `export * from "gabion";`,
      `export { a } from "gabion";`,
      `export const a = import("gabion");`,
      `export const a = require("gabion");`,
      `export const a = require.resolve("gabion");`,
      `import a = require("gabion"); export const b = a;`,
      `export type A = import("gabion").A;`,
      `export type A = typeof import("gabion");`,
    ];
    // Without types, so that no file has to be there.
    const eslint = new ESLint({
      cwd: root,
      overrideConfig: {
        languageOptions: { parserOptions: { project: null } },
        rules: { "gabion/directions": "error" },
      },
      ruleFilter: ({ ruleId }) => ruleId === "gabion/directions",
    });
    for (const way of ways) {
      const [result] = await eslint.lintText(way, { filePath: path.join(root, "policies/example.ts") });
      expect([way, result?.messages.map(({ ruleId }) => ruleId)]).toEqual([way, ["gabion/directions"]]);
    }
  });

  it("hold in the tree by the repository's own configuration", async () => {
    const eslint = new ESLint({ cwd: root });
    for (const file of ["knowledge/index.ts", "policies/index.js", "cli/bin/gabion.js", "test/tools/lint.test.ts"]) {
      const { rules } = await eslint.calculateConfigForFile(path.join(root, file));
      expect([file, rules["gabion/directions"]]).toEqual([file, [2]]);
    }
    const { rules } = await eslint.calculateConfigForFile(path.join(root, "components/index.ts"));
    expect(rules["@typescript-eslint/no-restricted-imports"]?.[0]).toBe(2);
  });
});
