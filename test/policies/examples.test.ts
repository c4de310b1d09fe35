import { describe, expect, it } from "vitest";
import { compileRules } from "../../policies/kit/compile";
import type { Example, Rule } from "../../policies/kit/rule";
import { rules } from "../../policies/rules";
import { Analyzer, type Diagnostic } from "./support/analyzer";

/** What the pack says about a rule's example, run as the engine runs a preview. */
async function run(rule: Rule, example: Example, preview = true): Promise<Diagnostic[]> {
  const settings = { profile: example.profile ?? "baseline", today: example.today ?? "2026-11-24", preview } as const;
  // Configuration is set by the engine through a call of its own; here it becomes the rule's defaults.
  const config = Object.fromEntries(
    Object.entries(rule.config ?? {}).map(([name, property]) => [
      name,
      { ...property, default: example.config?.[name] ?? property.default },
    ]),
  );
  return new Analyzer(
    compileRules([{ ...rule, ...(rule.config ? { config: config as Rule["config"] } : {}) } as Rule], settings),
  ).program(example.resources);
}

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  it.each(rule.examples.map((example) => [`${example.verdict}: ${example.title}`, example] as const))(
    "%s",
    async (_, example) => {
      const found = await run(rule, example);
      for (const diagnostic of found) expect(diagnostic.policyName).toBe(id);
      const failed = found.filter((diagnostic) => diagnostic.level === "mandatory");
      const open = found.filter((diagnostic) => diagnostic.message.startsWith("Undecided: "));
      switch (example.verdict) {
        case "pass":
          expect(found).toEqual([]);
          break;
        case "fail":
          expect(failed.length).toBeGreaterThan(0);
          for (const diagnostic of failed) {
            expect(diagnostic.message).toContain(rule.title);
            expect(diagnostic.message).toContain(`Why: ${rule.rationale}`);
            expect(diagnostic.message).toContain(`Remedy: ${rule.remediation}`);
            expect(diagnostic.urn).toMatch(/^urn:pulumi:/);
          }
          break;
        case "undecided":
          expect(failed).toEqual([]);
          expect(open.length).toBeGreaterThan(0);
          for (const diagnostic of open) expect(diagnostic.level).toBe("advisory");
      }
    },
  );

  it("does not pass in an update what is still open then", async () => {
    for (const example of rule.examples.filter((candidate) => candidate.verdict === "undecided")) {
      const found = await run(rule, example, false);
      expect(found.map((diagnostic) => diagnostic.level)).toContain("mandatory");
    }
  });
});
