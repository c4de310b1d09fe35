import { describe, it } from "vitest";
import { cli, cliStates, cliVersion } from "./cli";
import { differences } from "./compare";
import { drive, inTurns } from "./drive";
import { embedded, embeddedStates } from "./embedded";
import { allUnmet, stepName } from "./expectation";
import type { StepResult } from "./result";
import type { Scenario } from "./scenario";
import { scenarios } from "./scenarios";

const version = cliVersion();
const ours = { run: embedded, states: embeddedStates };
const theirs = { run: cli, states: cliStates };

const allDifferences = (scenario: Scenario, reference: StepResult[], found: StepResult[]): string[] =>
  scenario.steps.flatMap((step, index) =>
    differences(reference[index] as StepResult, found[index] as StepResult).map(
      (difference) => `${stepName(step, index)}: ${difference}`,
    ),
  );

describe.concurrent(`the embedded engine and the Pulumi CLI ${version ?? ""}`, () => {
  if (version === undefined) it.skip("skipped: no pulumi CLI on PATH", () => undefined);
  for (const scenario of version === undefined ? [] : scenarios) {
    it(`${scenario.name}: ${scenario.shows}`, { timeout: 600_000 }, async ({ expect }) => {
      const reference = await drive(cli, scenario);
      expect(allUnmet(scenario, reference), "what the scenario says of the CLI").toEqual([]);
      const found = await drive(embedded, scenario);
      expect(allDifferences(scenario, reference, found)).toEqual([]);
      for (const [name, turns] of Object.entries({ "embedded first": [ours, theirs], "CLI first": [theirs, ours] })) {
        const mixed = await drive(inTurns(...turns), scenario);
        expect(allDifferences(scenario, reference, mixed), `in turns, ${name}`).toEqual([]);
      }
    });
  }
});
