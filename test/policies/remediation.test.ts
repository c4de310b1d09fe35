import { describe, expect, it } from "vitest";
import { compileRules } from "../../policies/kit/compile";
import { UNKNOWN } from "../../policies/kit/property";
import type { Example, ExampleResource, Level, Rule } from "../../policies/kit/rule";
import { rules } from "../../policies/rules";
import { Analyzer, SecretValue, type WireResource } from "./support/analyzer";
import { findingsOf } from "./support/direct";
import { settingsOf } from "./support/run";

const remedied = rules.filter(({ remedies }) => remedies !== undefined);

function settingsFor(rule: Rule, example: Example, level: Level) {
  const settings = settingsOf(rule, example);
  return { ...settings, rules: { [rule.id]: { level, config: example.config ?? {} } } };
}

const analyzerOf = (rule: Rule, example: Example, level: Level) =>
  new Analyzer(compileRules([rule], settingsFor(rule, example, level)));

/** A rule by what it says of single resources alone. */
const single = ({ stack, ...rule }: Rule): Rule => rule;

const isWrong = (rule: Rule, example: Example, resource: ExampleResource): boolean =>
  findingsOf(single(rule), [resource], settingsFor(rule, example, "mandatory")).some(
    ({ verdict }) => verdict === "fail",
  );

/** Resources of the examples that the rule can put right, or not at all. */
function resourcesOf(rule: Rule, wrong: boolean): { example: Example; resource: ExampleResource }[] {
  return rule.examples.flatMap((example) =>
    example.resources
      .filter(({ type }) => rule.remedies !== undefined && Object.hasOwn(rule.remedies, type))
      .filter((resource) => isWrong(rule, example, resource) === wrong)
      .map((resource) => ({ example, resource })),
  );
}

describe.each(remedied.map((rule) => [rule.id, rule] as const))("%s, set to remediate", (_, rule) => {
  const wrong = resourcesOf(rule, true);

  it("puts right what fails, and then passes", async () => {
    let changes = 0;
    for (const { example, resource } of wrong) {
      const analyzer = analyzerOf(rule, example, "remediate");
      for (const { properties, problem } of await analyzer.remediate(resource)) {
        expect(problem).toBe("");
        expect(isWrong(rule, example, { ...resource, properties } as ExampleResource)).toBe(false);
        changes += 1;
      }
    }
    expect(changes).toBeGreaterThan(0);
  });

  it("leaves alone what is right, what is not known, and all else of a resource", async () => {
    for (const { example, resource } of resourcesOf(rule, false))
      expect(await analyzerOf(rule, example, "remediate").remediate(resource)).toEqual([]);
    for (const { example, resource } of wrong) {
      const more: WireResource["properties"] = {
        later: { inside: UNKNOWN, beside: 1 },
        hidden: new SecretValue("s3cr3t"),
        list: [UNKNOWN, "two"],
      };
      const given: WireResource = { ...resource, properties: { ...resource.properties, ...more } };
      for (const { properties } of await analyzerOf(rule, example, "remediate").remediate(given))
        expect(properties).toMatchObject(more);
    }
  });

  it("changes nothing unasked", async () => {
    for (const { example, resource } of wrong)
      expect(await analyzerOf(rule, example, "mandatory").remediate(resource)).toEqual([]);
  });
});
