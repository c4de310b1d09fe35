import { describe, it } from "vitest";
import { drive } from "../../fidelity/drive";
import { embedded } from "../../fidelity/embedded";
import { allUnmet } from "../../fidelity/expectation";
import { scenarios } from "../../fidelity/scenarios";

// Most of the time goes into the start of programs, one a step: several scenarios at once.
describe.concurrent("the embedded engine does what the Pulumi CLI was seen to do", () => {
  for (const scenario of scenarios) {
    it(`${scenario.name}: ${scenario.shows}`, { timeout: 120_000 }, async ({ expect }) => {
      expect(allUnmet(scenario, await drive(embedded, scenario))).toEqual([]);
    });
  }
});
