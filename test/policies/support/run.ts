import { compileRules } from "../../../policies/kit/compile";
import type { Example, Rule } from "../../../policies/kit/rule";
import type { PackSettings } from "../../../policies/kit/settings";
import { Analyzer, type Diagnostic } from "./analyzer";

/** The settings that an example is judged with. */
export function settingsOf(rule: Rule, example: Example, preview = true): PackSettings {
  return {
    profile: example.profile ?? "baseline",
    today: example.today ?? "2026-11-24",
    preview,
    // An example shows the rule, whatever the profile's level for it.
    rules: { [rule.id]: { level: "mandatory", config: example.config ?? {} } },
  };
}

/** What the pack says about a rule's example, run as the engine runs a preview. */
export function runExample(rule: Rule, example: Example, preview = true): Promise<Diagnostic[]> {
  return new Analyzer(compileRules([rule], settingsOf(rule, example, preview))).program(example.resources);
}
