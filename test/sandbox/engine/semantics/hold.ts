import { describe, it } from "vitest";
import { drive } from "../../../fidelity/drive";
import { embedded } from "../../../fidelity/embedded";
import { allUnmet } from "../../../fidelity/expectation";
import type { Scenario } from "../../../fidelity/scenario";

/** Holds the embedded engine to scenarios. Most of the time goes into the start of programs, one a step: several scenarios at once. */
export function hold(scenarios: Scenario[]): void {
  describe.concurrent("the embedded engine does what the Pulumi CLI was seen to do", () => {
    for (const scenario of scenarios) {
      it(`${scenario.name}: ${scenario.shows}`, async ({ expect }) => {
        expect(allUnmet(scenario, await drive(embedded, scenario))).toEqual([]);
      });
    }
  });
}
