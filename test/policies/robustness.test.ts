import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRules } from "../../policies/kit/compile";
import { type Plain, UNKNOWN } from "../../policies/kit/property";
import type { Example, ExampleResource, Rule } from "../../policies/kit/rule";
import { rules } from "../../policies/rules";
import { Analyzer, SecretValue, type WireResource } from "./support/analyzer";
import { findingsOf } from "./support/direct";
import { settingsOf } from "./support/run";

const settings = { profile: "isolated", today: "2026-11-24", preview: true } as const;
const brokenRule = "the rule itself failed";
const secret = "hunter2-planted-secret";

type Path = readonly (string | number)[];

/** Every place in a value, as paths from the top. */
function places(value: Plain, path: Path = []): Path[] {
  const inside =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, item]) =>
          places(item as Plain, [...path, Array.isArray(value) ? Number(key) : key]),
        )
      : [];
  return path.length === 0 ? inside : [path, ...inside];
}

const removed = Symbol("removed");

function changed(value: Plain, path: Path, to: Plain | typeof removed): Plain {
  const [first, ...rest] = path;
  if (first === undefined) return to as Plain;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  const holder = copy as Record<string | number, Plain>;
  if (rest.length === 0 && to === removed) delete holder[first];
  else holder[first] = changed(holder[first] as Plain, rest, to);
  return (Array.isArray(copy) ? copy.filter(() => true) : copy) as Plain;
}

const wrongValues: Plain[] = [
  "",
  "text",
  0,
  -1,
  1e308,
  true,
  false,
  null,
  [],
  [[]],
  {},
  { a: { b: [] } },
  [null],
  "{}",
  "[]",
  UNKNOWN,
];

const secrets: Plain[] = [
  secret,
  `arn:aws:iam::1:${secret}`,
  `{"Statement":{"${secret}":1}}`,
  [secret],
  { [secret]: secret },
];

/** What a rule judges by itself: programs where resources are seen together, else each resource alone. */
function judgedOf({ stack, examples }: Rule): readonly Example[] {
  if (stack !== undefined) return examples;
  return examples.flatMap((example) => example.resources.map((resource) => ({ ...example, resources: [resource] })));
}

/** Each program of the examples, with each of its places changed to each of some values. */
function* variants(examples: readonly Example[], values: readonly (Plain | typeof removed)[]) {
  const seen = new Set<string>();
  for (const example of examples) {
    for (const [index, resource] of example.resources.entries()) {
      for (const path of places(resource.properties)) {
        const variant = (value: Plain | typeof removed): ExampleResource[] => {
          const properties = changed(resource.properties, path, value) as ExampleResource["properties"];
          return example.resources.with(index, { ...resource, properties });
        };
        // Examples often differ in one place; changed there, they are the same.
        const key = JSON.stringify([variant(removed), example.config, path], (_, item: unknown) =>
          typeof item === "symbol" ? "unknown" : item,
        );
        if (seen.has(key)) continue;
        seen.add(key);
        for (const value of values) yield { example, path, resources: variant(value) };
      }
    }
  }
}

const typesOf = (rule: Rule): string[] => [
  ...new Set([...Object.keys(rule.checks), ...(rule.observes ?? []), ...exampleTypes(rule)]),
];
const exampleTypes = (rule: Rule): string[] =>
  rule.examples.flatMap(({ resources }) => resources.map(({ type }) => type));

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
  it("never fails on a resource without properties", () => {
    for (const type of typesOf(rule)) findingsOf(rule, [{ type, name: "x", properties: {} }], settings);
  });

  it("never fails when a property is removed, unknown, or of another type", () => {
    for (const { example, resources } of variants(judgedOf(rule), [removed, ...wrongValues])) {
      findingsOf(rule, resources, settingsOf(rule, example));
    }
  });

  it("never repeats a secret, wherever it stands", () => {
    for (const { example, resources } of variants(judgedOf(rule), secrets)) {
      const found = findingsOf(rule, resources, settingsOf(rule, example));
      for (const { path, text } of found) expect(`${path} ${text}`).not.toContain(secret);
    }
  });

  it("never repeats what the engine marks as a secret", async () => {
    const policies = new Analyzer(compileRules([rule], settings));
    for (const { resources } of rule.examples.slice(0, 3)) {
      const marked = resources.map((resource) => ({
        ...resource,
        properties: Object.fromEntries(Object.keys(resource.properties).map((name) => [name, new SecretValue(secret)])),
      }));
      for (const diagnostic of await policies.program(marked)) {
        expect(diagnostic.message).not.toContain(brokenRule);
        expect(JSON.stringify(diagnostic)).not.toContain(secret);
      }
    }
  });

  it("never passes in silence what fails when a part of it is unknown", () => {
    const failing = rule.examples.filter((example) => example.verdict === "fail");
    for (const { example, path, resources } of variants(failing, [UNKNOWN])) {
      const found = findingsOf(rule, resources, settingsOf(rule, example));
      if (found.length === 0) expect(`${example.title}: ${path.join(".")}`).toBe("reported");
    }
  });
});

describe("all rules together", () => {
  const types = [...new Set(rules.flatMap((rule) => Object.keys(rule.checks)))];
  const examples = rules.flatMap((rule) => rule.examples.flatMap((example) => example.resources));
  const json = fc.jsonValue({ maxDepth: 4 });
  /** A type with the names of properties that it has somewhere in the examples, and any values. */
  const generated = fc.constantFrom(...types).chain((type) => {
    const keys = [
      ...new Set(
        examples.filter((resource) => resource.type === type).flatMap(({ properties }) => Object.keys(properties)),
      ),
    ];
    return fc.record({
      type: fc.constant(type),
      name: fc.constant("generated"),
      properties: fc.dictionary(fc.constantFrom("tags", ...keys), json, { maxKeys: 6 }),
    });
  });

  it("survive 10,000 generated resources", () => {
    const concerned = new Map(types.map((type) => [type, rules.filter((rule) => typesOf(rule).includes(type))]));
    fc.assert(
      fc.property(generated, (resource) => {
        for (const rule of concerned.get(resource.type) ?? [])
          findingsOf(rule, [resource as ExampleResource], settings);
      }),
      { numRuns: 10_000 },
    );
  });

  it("survive generated resources that come through the SDK", async () => {
    const all = new Analyzer(compileRules(rules, settings));
    await fc.assert(
      fc.asyncProperty(generated, async (resource) => {
        for (const diagnostic of await all.program([resource as WireResource])) {
          expect(diagnostic.message).not.toContain(brokenRule);
        }
      }),
      { numRuns: 200 },
    );
  });
});
