import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { compileRules } from "../../policies/kit/compile";
import { resolveConfig } from "../../policies/kit/config";
import { Property } from "../../policies/kit/property";
import type { ExampleResource, Finding } from "../../policies/kit/rule";
import { rules } from "../../policies/rules";
import { settingsOf } from "./support/run";

const modules = path.resolve(__dirname, "../../node_modules");

/** The file of a provider's package that declares a resource type. */
function fileOf(type: string): string {
  const [, provider, module, name] = /^(\w+):([\w./]+?)(?:\/\w+)?:(\w+)$/.exec(type) ?? [];
  const file = `${name?.[0]?.toLowerCase()}${name?.slice(1)}.js`;
  if (provider === "kubernetes") return path.join(modules, `@pulumi/kubernetes/${moduleOf(type)}/${file}`);
  if (provider === "pulumi") return path.join(modules, `@pulumi/${name}/provider.js`);
  // Vault's package has its folders in lower case.
  const folder = provider === "vault" ? module?.toLowerCase() : module;
  return path.join(modules, `@pulumi/${provider}/${folder === "index" ? "" : `${folder}/`}${file}`);
}

/** Kubernetes' tokens have the API's group with its domain, and its version where others have the name of the file. */
const moduleOf = (type: string): string => (type.split(":")[1] ?? "").replace(/\.[\w.]+(?=\/)/, "");

/** Groups of custom resources: their kinds are in no package. */
const customGroups = /^kubernetes:((policies\.)?kyverno\.io|policy\.sigstore\.dev|serving\.kserve\.io)\//;

type AnyCheck = (view: object, context: object) => readonly Finding[];
type AnyRemedy = (view: object, context: object) => ExampleResource["properties"] | undefined;

/** Every place in a value, list positions left out. */
function pathsOf(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = Array.isArray(value) ? path : `${path}.${key}`;
    return [at, ...pathsOf(item, at)];
  });
}

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  it("is described: id, title, rationale, remediation", () => {
    expect(id).toMatch(/^(aws|k8s|pss|vault|ml)(-[a-z0-9]+)+$/);
    for (const text of [rule.title, rule.rationale, rule.remediation]) expect(text.length).toBeGreaterThan(20);
    expect(rule.title).not.toMatch(/\.$/);
    for (const text of [rule.rationale, rule.remediation]) expect(text).toMatch(/\.$/);
  });

  it("has examples of every verdict, each with a title of its own", () => {
    expect(new Set(rule.examples.map((example) => example.verdict))).toEqual(new Set(["pass", "fail", "undecided"]));
    expect(new Set(rule.examples.map((example) => example.title)).size).toBe(rule.examples.length);
  });

  it("says which controls of catalogues it decides, or why there are none", () => {
    if (rule.mappings.length === 0) expect(rule.unmapped?.length).toBeGreaterThan(20);
    else expect(rule.unmapped).toBeUndefined();
    const named = rule.mappings.map(({ framework, control }) => `${framework} ${control}`);
    expect(new Set(named).size).toBe(named.length);
  });

  it("shows what it says where the setting is absent", () => {
    const absent = rule.examples.filter((example) => example.absent);
    expect(absent.length).toBeGreaterThan(0);
    const places = (resources: (typeof absent)[number]["resources"]) =>
      new Set(resources.flatMap(({ type, properties }) => [type, ...pathsOf(properties).map((at) => `${type} ${at}`)]));
    const shown = rule.examples
      .filter((example) => !example.absent)
      .flatMap((example) => [...places(example.resources)]);
    for (const example of absent) {
      const here = places(example.resources);
      expect(shown.some((place) => !here.has(place)) ? "lacks something" : example.title).toBe("lacks something");
    }
  });

  it("remedies types that it checks, and what it makes of a failing resource passes", () => {
    for (const [type, remedy] of Object.entries(rule.remedies ?? {})) {
      const check = rule.checks[type as keyof typeof rule.checks] as unknown as AnyCheck | undefined;
      expect(check).toBeTypeOf("function");
      const outcomes = rule.examples.flatMap((example) => {
        const { config } = settingsOf(rule, example).rules?.[rule.id] ?? { config: {} };
        const context = { ...settingsOf(rule, example), config: resolveConfig(rule.config ?? {}, config).values };
        return example.resources.flatMap((resource) => {
          if (resource.type !== type) return [];
          const judge = (properties: ExampleResource["properties"]) =>
            check?.({ urn: "", name: "", type, properties: new Property(properties, "") }, context) ?? [];
          if (!judge(resource.properties).some(({ verdict }) => verdict === "fail")) return [];
          const view = { urn: "", name: "", type, properties: new Property(resource.properties, "") };
          const change = (remedy as unknown as AnyRemedy)(view, context);
          if (change === undefined) return [];
          return [judge({ ...resource.properties, ...change }).filter(({ verdict }) => verdict === "fail")];
        });
      });
      expect(outcomes.length).toBeGreaterThan(0);
      for (const left of outcomes) expect(left).toEqual([]);
    }
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
    for (const type of Object.keys(rule.checks).filter((name) => !customGroups.test(name))) {
      expect(fs.readFileSync(fileOf(type), "utf8")).toContain(
        `__pulumiType = '${type.replace(/^pulumi:providers:/, "")}'`,
      );
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
    const ruleFiles = files.filter((file) => file.endsWith(".ts") && path.basename(file) !== "index.ts");
    expect(ruleFiles.length).toBe(rules.length);
  });
});
