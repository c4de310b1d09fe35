import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { TestProvider } from "../support/test-provider";
import { type RawResult, resultOf, type StepResult } from "./result";
import type { Scenario, ScenarioStep } from "./scenario";

/** Where a step runs. */
export interface Place {
  /** An empty folder of the scenario's own. */
  folder: string;
  /** Folder of the program, absolute. */
  program: string;
  provider: TestProvider;
}

/** An engine under test: carries out one step. Whatever it has to remember it keeps in the folder. */
export type Engine = (step: ScenarioStep, place: Place) => Promise<RawResult>;

const programs = path.join(__dirname, "../fixtures/programs");

/** Runs all steps of a scenario one after the other on one state and one world. */
export async function drive(engine: Engine, scenario: Scenario): Promise<StepResult[]> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), `fidelity-${scenario.name}-`));
  const provider = new TestProvider();
  const place = { folder, program: path.join(programs, scenario.program ?? scenario.name), provider };
  const results: StepResult[] = [];
  try {
    for (const step of scenario.steps) {
      if (!provider.running) await provider.start();
      step.before?.(provider);
      const callsBefore = provider.calls.length;
      const raw = await engine(step, place);
      results.push(resultOf(raw, provider.calls.slice(callsBefore), step.run === "preview"));
    }
    return results;
  } finally {
    provider.stop();
    await fs.rm(folder, { recursive: true, force: true });
  }
}
