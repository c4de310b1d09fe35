import * as fs from "node:fs";
import * as path from "node:path";
import { buildSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { catalogues } from "../../policies/frameworks";
import { rules } from "../../policies/rules";

const controls = new Map(
  catalogues.map(({ framework, controls }) => [framework, new Map(controls.map((control) => [control.id, control]))]),
);
const of = (framework: string) => [...controls.entries()].find(([name]) => name === framework)?.[1] ?? new Map();

describe.each(catalogues.map((catalogue) => [catalogue.framework, catalogue] as const))("%s", (_, catalogue) => {
  it("has controls with ids of their own, titles, and reasons where one cannot be decided", () => {
    expect(catalogue.controls.length).toBeGreaterThan(0);
    expect(new Set(catalogue.controls.map(({ id }) => id)).size).toBe(catalogue.controls.length);
    for (const { id, title, undecidable } of catalogue.controls) {
      expect(id).toMatch(/^[A-Za-z][\w-]*( \d|\.\d|-\d|\(|$)|^\d/);
      expect(title.length).toBeGreaterThan(2);
      if (undecidable !== undefined) expect(undecidable.length).toBeGreaterThan(20);
    }
  });
});

describe("the catalogues", () => {
  it("are complete", () => {
    const sizes = Object.fromEntries(catalogues.map(({ framework, controls }) => [framework, controls.length]));
    expect(sizes).toMatchObject({
      "AWS FSBP": 286,
      "AWS AI Security Framework": 63,
      "CIS AWS Foundations 7.0.0": 70,
      "CIS EKS 1.8.0": 50,
      "ISO 27001:2022": 93,
      "NIST AI RMF 1.0": 72,
      "OWASP ML Top 10": 10,
      "OWASP AISVS 1.0": 191,
      "MITRE ATLAS 5.6.0": 170,
      "Kubernetes Pod Security Standards": 19,
    });
    expect(of("NIST 800-53r5").get("SC-28(1)")).toMatchObject({ high: true });
    expect(of("NIST 800-53r5").get("SC-7(10)")).toMatchObject({ high: false });
  });

  it("hold every control that a rule is mapped to", () => {
    const missing = rules.flatMap((rule) =>
      rule.mappings
        .filter(({ framework, control }) => !controls.get(framework)?.has(control))
        .map(({ framework, control }) => `${rule.id}: ${framework} ${control}`),
    );
    expect(missing).toEqual([]);
  });

  it("call no control undecidable that a rule decides", () => {
    const contradictions = rules.flatMap((rule) =>
      rule.mappings
        .filter(({ framework, control }) => controls.get(framework)?.get(control)?.undecidable !== undefined)
        .map(({ framework, control }) => `${rule.id}: ${framework} ${control}`),
    );
    expect(contradictions).toEqual([]);
  });

  it("are imported by nothing but the documentation that is made from the rules", () => {
    const root = path.resolve(__dirname, "../../policies");
    const files = fs.readdirSync(root, { recursive: true, encoding: "utf8" });
    const others = files.filter((file) => file.endsWith(".ts") && !/^(frameworks|reference|node_modules)/.test(file));
    const importers = others.filter((file) =>
      /from "[./]+(frameworks|reference)/.test(fs.readFileSync(path.join(root, file), "utf8")),
    );
    expect(others.length).toBeGreaterThan(20);
    expect(importers).toEqual([]);
  });

  it("are no part of the pack that runs", () => {
    const { metafile } = buildSync({
      absWorkingDir: path.resolve(__dirname, "../.."),
      entryPoints: ["policies/pack.ts"],
      bundle: true,
      write: false,
      metafile: true,
      platform: "node",
      packages: "external",
    });
    const folders = new Set(Object.keys(metafile.inputs).map((file) => file.split("/").slice(0, 2).join("/")));
    expect([...folders].sort()).toEqual(["policies/kit", "policies/pack.ts", "policies/policies.ts", "policies/rules"]);
  });
});
