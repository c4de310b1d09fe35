import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import * as ts from "typescript";
import { describe, expect, it } from "vitest";
import { catalogues } from "../../policies/frameworks";
import { referenceFiles } from "../../policies/reference";
import { rules } from "../../policies/rules";

const files = referenceFiles();
const root = path.resolve(__dirname, "../..");
const pageNames = Object.keys(files).filter((file) => file.endsWith(".md") && !file.endsWith("coverage.md"));
const pages = pageNames.map((file) => files[file] as string);
const coverage = files["docs/policies/coverage.md"] as string;
const sectionOf = (page: string, heading: string): string =>
  page.split(/^## /m).find((section) => section.startsWith(`${heading}\n`)) ?? "";

describe("the files that are made from the rules", () => {
  it.each(Object.entries(files))("%s is up to date (npm run policy-reference)", (file, text) => {
    expect(readFileSync(path.join(root, file), "utf8")).toBe(text);
  });
});

describe("the catalogue of rules", () => {
  it("has one section for each rule, with reason, remedy, controls, settings and an example of failing and passing", () => {
    for (const rule of rules) {
      const sections = pages.map((page) => sectionOf(page, rule.id)).filter((section) => section !== "");
      expect(sections, rule.id).toHaveLength(1);
      const [section = ""] = sections;
      for (const part of ["Remedy: ", `- Severity: ${rule.severity}`, "- Controls: ", "\nFails – ", "\nPasses – "])
        expect(section, rule.id).toContain(part);
      for (const { framework, control } of rule.mappings) expect(section, rule.id).toContain(`${framework} ${control}`);
      for (const name of Object.keys(rule.config ?? {})) expect(section, rule.id).toContain(`| \`${name}\` |`);
    }
  });

  it("shows examples as valid TypeScript", () => {
    const snippets = pages.flatMap((page) => [...page.matchAll(/^```typescript\n([\s\S]*?)\n```$/gm)]);
    expect(snippets.length).toBeGreaterThanOrEqual(2 * rules.length);
    for (const [, code = ""] of snippets) {
      const { diagnostics = [] } = ts.transpileModule(code, { reportDiagnostics: true });
      expect(
        diagnostics.map(({ messageText }) => messageText),
        code,
      ).toEqual([]);
    }
  });

  it("is there for programs as well, by rule", () => {
    const { rules: listed } = JSON.parse(files["policies/catalogue.json"] as string) as {
      rules: { id: string; help: string }[];
    };
    expect(listed.map(({ id }) => id)).toEqual(rules.map(({ id }) => id).sort());
    for (const { id, help } of listed) {
      const [page = "", anchor] = help.split("#");
      expect(sectionOf(files[page] ?? "", id), id).not.toBe("");
      expect(anchor).toBe(id);
    }
  });
});

describe("the coverage of frameworks", () => {
  it("names each control once, with the rules that decide it, and counts those of the long frameworks that have none", () => {
    for (const { framework, controls } of catalogues) {
      const section = sectionOf(coverage, framework);
      const isShort = section.includes("### Left") || !section.includes("### All, by family");
      for (const { id, undecidable } of controls) {
        const deciding = rules.filter(({ mappings }) =>
          mappings.some((mapping) => mapping.framework === framework && mapping.control === id),
        );
        const rows = section.split("\n").filter((line) => line.startsWith(`| ${id} |`));
        expect(rows, `${framework} ${id}`).toHaveLength(deciding.length > 0 || isShort ? 1 : 0);
        for (const rule of deciding) expect(rows[0]).toMatch(new RegExp(`\\[${rule.id}\\]\\(\\w+\\.md#${rule.id}\\)`));
        if (undecidable !== undefined && deciding.length === 0) expect(rows[0], id).toContain(undecidable);
      }
    }
  });

  it("adds up", () => {
    for (const { framework, controls } of catalogues) {
      const row = coverage.split("\n").find((line) => line.startsWith(`| [${framework}]`)) ?? "";
      const [total, ...shares] = row
        .split("|")
        .slice(2, -1)
        .map((cell) => Number(cell) || 0);
      expect(total, framework).toBe(controls.length);
      expect(
        shares.reduce((sum, share) => sum + share, 0),
        framework,
      ).toBe(total);
    }
  });

  it("links to headings that are there", () => {
    const anchors = [...coverage.matchAll(/^## (.*)$/gm)].map(([, heading = ""]) =>
      heading.toLowerCase().replace(/[.:]/g, "").replaceAll(" ", "-"),
    );
    expect([...coverage.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor)).toEqual(anchors);
  });
});

describe("the schema of the pack's settings", () => {
  const validate = new Ajv({ strict: true, allErrors: true }).compile(
    JSON.parse(files["policies/settings.schema.json"] as string) as object,
  );
  const accepts = (config: object): boolean => validate({ config }) as boolean;

  it("accepts what the pack accepts", () => {
    expect(
      accepts({
        "aws:region": "eu-central-1",
        "gabion-policies:profile": "regulated",
        "gabion-policies:groups": ["aws-s3", "pss-baseline", "vault"],
        "gabion-policies:rules": {
          "aws-s3-versioning": "advisory",
          "aws-ec2-no-key-pair": { level: "disabled" },
          "aws-s3-block-public-access": "remediate",
          "aws-kms-deletion-window": { level: "mandatory", minimumDays: 14 },
        },
      }),
      JSON.stringify(validate.errors),
    ).toBe(true);
  });

  it.each([
    ["a profile that is none", { "gabion-policies:profile": "paranoid" }],
    ["a group that there is not", { "gabion-policies:groups": ["azure"] }],
    ["a rule that there is not", { "gabion-policies:rules": { "aws-s3-nosuch": "advisory" } }],
    ["a level that is none", { "gabion-policies:rules": { "aws-s3-versioning": "loud" } }],
    ["remediation of a rule without one", { "gabion-policies:rules": { "ml-10-attested-key-no-bypass": "remediate" } }],
    ["a property that the rule does not have", { "gabion-policies:rules": { "aws-s3-versioning": { loudly: true } } }],
  ])("refuses %s", (_, config) => {
    expect(accepts(config)).toBe(false);
  });
});
