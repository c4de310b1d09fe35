import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { TestProvider } from "../support/test-provider";
import { type RawResult, resultOf, type StepResult } from "./result";
import { type Scenario, type ScenarioStep, stackOf } from "./scenario";

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

/** The states of an engine. */
export interface States {
  /** The state of a stack as `pulumi stack export` prints it; empty when there is none. */
  give(place: Place, stack: string): Promise<string>;
  take(place: Place, stack: string, text: string): Promise<void>;
}

/** Engines that take turns: each goes on from the states that the one before it has left. */
export function inTurns(...engines: { run: Engine; states: States }[]): Engine {
  const stacks = new Set<string>();
  let turn = -1;
  return async (step, place) => {
    const before = engines[turn % engines.length]?.states;
    const next = engines[(turn + 1) % engines.length] as (typeof engines)[number];
    const given = before === undefined ? [] : await statesOf(before, place, stacks);
    // An import forgets what was under way, as Pulumi's does: whoever began it settles it.
    const turns = turn < 0 || !given.some(([, text]) => isPending(text));
    if (turns) for (const [stack, text] of given) await next.states.take(place, stack, text);
    if (turns) turn += 1;
    stacks.add(stackOf(step));
    return (turns ? next : (engines[turn % engines.length] as typeof next)).run(step, place);
  };
}

async function statesOf(states: States, place: Place, stacks: Iterable<string>): Promise<[string, string][]> {
  const given: [string, string][] = [];
  for (const stack of stacks) given.push([stack, await states.give(place, stack)]);
  return given.filter(([, text]) => text !== "");
}

const isPending = (text: string): boolean =>
  ((JSON.parse(text) as { deployment: { pending_operations?: unknown[] } }).deployment.pending_operations ?? [])
    .length > 0;

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
