import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { compileRules } from "../../policies/kit/compile";
import { rules } from "../../policies/rules";

const packageFolder = path.resolve(__dirname, "../../node_modules/@pulumi/aws");

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  it("is described: id, title, rationale, remediation", () => {
    expect(id).toMatch(/^(aws|k8s|vault|ml)(-[a-z0-9]+)+$/);
    for (const text of [rule.title, rule.rationale, rule.remediation]) expect(text.length).toBeGreaterThan(20);
    expect(rule.title).not.toMatch(/\.$/);
    for (const text of [rule.rationale, rule.remediation]) expect(text).toMatch(/\.$/);
  });

  it("has examples of every verdict, each with a title of its own", () => {
    expect(new Set(rule.examples.map((example) => example.verdict))).toEqual(new Set(["pass", "fail", "undecided"]));
    expect(new Set(rule.examples.map((example) => example.title)).size).toBe(rule.examples.length);
  });

  it("has an example for each resource type, or one for a type that shares its check", () => {
    const shown = new Set(rule.examples.flatMap((example) => example.resources.map((resource) => resource.type)));
    const checks = Object.entries(rule.checks);
    for (const [type, check] of checks) {
      const sharers = checks.filter(([, other]) => other === check).map(([other]) => other);
      expect(sharers.some((sharer) => shown.has(sharer)) ? type : `no example for ${type}`).toBe(type);
    }
  });

  it("names resource types that the provider's package has", () => {
    for (const type of Object.keys(rule.checks)) {
      const [, module, name] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
      const file = path.join(packageFolder, `${module}/${name?.[0]?.toLowerCase()}${name?.slice(1)}.js`);
      expect(fs.readFileSync(file, "utf8")).toContain(`__pulumiType = '${type}'`);
    }
  });
});

describe("the pack", () => {
  it("gives each rule, policy and deviation a name of its own", () => {
    const unique = (names: readonly string[]) => expect(new Set(names).size).toBe(names.length);
    unique(rules.map((rule) => rule.id));
    unique(rules.flatMap((rule) => rule.deviation ?? []));
    unique(
      compileRules(rules, { profile: "isolated", today: "2026-11-24", preview: true }).map((policy) => policy.name),
    );
  });

  it("serves single typed functions only, which the SDK skips without reading the resource", () => {
    for (const policy of compileRules(rules, { profile: "baseline", today: "2026-11-24", preview: true })) {
      if (!("validateResource" in policy)) continue;
      expect(policy.validateResource).toBeTypeOf("function");
      expect((policy.validateResource as unknown as { __pulumiType: string }).__pulumiType).toMatch(/^[a-z]+:/);
    }
  });

  it("lists every rule file", () => {
    const files = fs.readdirSync(path.resolve(__dirname, "../../policies/rules"), {
      recursive: true,
      encoding: "utf8",
    });
    const ruleFiles = files.filter((file) => file.includes(path.sep) && file.endsWith(".ts"));
    expect(ruleFiles.length).toBe(rules.length);
  });
});
