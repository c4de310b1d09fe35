import { describe, it } from "vitest";
import { cli, cliVersion } from "./cli";
import { differences } from "./compare";
import { drive } from "./drive";
import { embedded } from "./embedded";
import { allUnmet, stepName } from "./expectation";
import type { StepResult } from "./result";
import { scenarios } from "./scenarios";

const version = cliVersion();

describe.concurrent(`the embedded engine and the Pulumi CLI ${version ?? ""}`, () => {
  if (version === undefined) it.skip("skipped: no pulumi CLI on PATH", () => undefined);
  for (const scenario of version === undefined ? [] : scenarios) {
    it(`${scenario.name}: ${scenario.shows}`, { timeout: 600_000 }, async ({ expect }) => {
      const reference = await drive(cli, scenario);
      expect(allUnmet(scenario, reference), "what the scenario says of the CLI").toEqual([]);
      const found = await drive(embedded, scenario);
      const problems = scenario.steps.flatMap((step, index) =>
        differences(reference[index] as StepResult, found[index] as StepResult).map(
          (difference) => `${stepName(step, index)}: ${difference}`,
        ),
      );
      expect(problems).toEqual([]);
    });
  }
});
