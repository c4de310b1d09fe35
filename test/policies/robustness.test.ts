import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRules } from "../../policies/kit/compile";
import { type Plain, UNKNOWN } from "../../policies/kit/property";
import type { ExampleResource, Rule } from "../../policies/kit/rule";
import { rules } from "../../policies/rules";
import { Analyzer, SecretValue, type WireResource, type WireValue } from "./support/analyzer";

const settings = { profile: "isolated", today: "2026-11-24", preview: true } as const;
const all = new Analyzer(compileRules(rules, settings));
const brokenRule = "the rule itself failed";
const secret = "hunter2-planted-secret";

/** Every place in a value, as paths from the top. */
function places(value: Plain, path: (string | number)[] = []): (string | number)[][] {
  const inside =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, item]) =>
          places(item as Plain, [...path, Array.isArray(value) ? Number(key) : key]),
        )
      : [];
  return path.length === 0 ? inside : [path, ...inside];
}

const removed = Symbol("removed");

function changed(value: WireValue, path: readonly (string | number)[], to: WireValue | typeof removed): WireValue {
  const [first, ...rest] = path;
  if (first === undefined) return to as WireValue;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  const holder = copy as Record<string | number, WireValue>;
  if (rest.length === 0 && to === removed) delete holder[first];
  else holder[first] = changed(holder[first] as WireValue, rest, to);
  return (Array.isArray(copy) ? copy.filter(() => true) : copy) as WireValue;
}

function exampleResources(rule: Rule): ExampleResource[] {
  return rule.examples.flatMap((example) => example.resources);
}

const wrongValues: WireValue[] = [
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

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
  const cases = exampleResources(rule).flatMap((resource) =>
    places(resource.properties).map((path) => ({ resource, path })),
  );

  it("never fails on a resource without properties", async () => {
    for (const type of Object.keys(rule.checks)) {
      for (const found of [
        await all.resource({ type, name: "x", properties: {} }),
        await all.stack([{ type, name: "x", properties: {} }]),
      ]) {
        for (const diagnostic of found) expect(diagnostic.message).not.toContain(brokenRule);
      }
    }
  });

  it("never fails when a property is removed, unknown, or of another type", async () => {
    for (const { resource, path } of cases) {
      for (const value of [removed, ...wrongValues] as const) {
        const properties = changed(resource.properties, path, value as never) as WireResource["properties"];
        for (const diagnostic of await all.program([{ ...resource, properties }])) {
          expect(diagnostic.message).not.toContain(brokenRule);
        }
      }
    }
  });

  it("never repeats a secret, wherever it stands", async () => {
    for (const { resource, path } of cases) {
      for (const planted of [
        secret,
        new SecretValue(secret),
        `arn:aws:iam::1:${secret}`,
        `{"Statement":{"${secret}":1}}`,
      ]) {
        const properties = changed(resource.properties, path, planted) as WireResource["properties"];
        for (const diagnostic of await all.program([{ ...resource, properties }])) {
          expect(JSON.stringify(diagnostic)).not.toContain(secret);
        }
      }
    }
  });

  it("never passes in silence what fails when a part of it is unknown", async () => {
    const policies = new Analyzer(compileRules([rule], settings));
    for (const example of rule.examples.filter(
      (candidate) => candidate.verdict === "fail" && candidate.config === undefined,
    )) {
      for (const [index, resource] of example.resources.entries()) {
        for (const path of places(resource.properties)) {
          const properties = changed(resource.properties, path, UNKNOWN) as WireResource["properties"];
          const resources = example.resources.with(index, { ...resource, properties } as ExampleResource);
          const found = await policies.program(resources);
          if (found.length === 0) expect(`${example.title}: ${path.join(".")}`).toBe("reported");
        }
      }
    }
  });
});

describe("all rules together", () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  const types = [...new Set(rules.flatMap((rule) => Object.keys(rule.checks)))];
  const keys = [
    ...new Set(rules.flatMap((rule) => exampleResources(rule).flatMap((resource) => Object.keys(resource.properties)))),
  ];

  it("survive generated resources", async () => {
    const resource = fc.record({
      type: fc.constantFrom(...types),
      name: fc.constant("generated"),
      properties: fc.dictionary(fc.constantFrom(...keys), json, { maxKeys: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(resource, async (generated) => {
        const found = await all.program([generated as WireResource]);
        for (const diagnostic of found) expect(diagnostic.message).not.toContain(brokenRule);
      }),
      { numRuns: 500 },
    );
  });
});
