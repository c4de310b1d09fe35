import { changes, changingCalls, errorsOf, type StepResult } from "./result";
import type { Expectation, Scenario, ScenarioStep } from "./scenario";
import { stateLines } from "./state";

/** What of an expectation is not met; empty when all is. */
export function unmet(expected: Expectation, found: StepResult): string[] {
  const errors = errorsOf(found).map(({ subject, text }) => `${subject}: ${text}`);
  const others = found.messages.filter(({ severity }) => severity !== "error").map(({ text }) => text);
  return [
    ...differ("status", expected.status ?? "succeeded", found.status),
    ...differ("operations", [...expected.operations].sort(), changes(found).sort()),
    ...(expected.calls === undefined ? [] : differ("calls", expected.calls, changingCalls(found))),
    ...(expected.state === undefined ? [] : differ("state", expected.state, stateLines(found.state))),
    ...missing("error", expected.errors ?? [], errors),
    ...(expected.errors === undefined ? errors.map((text) => `unexpected error: ${text}`) : []),
    ...(expected.errors !== undefined && errors.length === 0 ? ["no error is told"] : []),
    ...missing("message", expected.messages ?? [], others),
  ];
}

function differ(what: string, expected: unknown, found: unknown): string[] {
  const texts = [JSON.stringify(expected), JSON.stringify(found)];
  return texts[0] === texts[1] ? [] : [`${what}: expected ${texts[0]}, found ${texts[1]}`];
}

const missing = (what: string, fragments: string[], texts: string[]): string[] =>
  fragments
    .filter((fragment) => !texts.some((text) => text.includes(fragment)))
    .map((fragment) => `no ${what} with ${JSON.stringify(fragment)} among ${JSON.stringify(texts)}`);

export const stepName = (step: ScenarioStep, index: number): string =>
  [`step ${index + 1}:`, step.run, step.variant, step.stack].filter(Boolean).join(" ");

/** What of a whole scenario is not met, each with its step. */
export const allUnmet = (scenario: Scenario, results: StepResult[]): string[] =>
  scenario.steps.flatMap((step, index) =>
    unmet(step.expect, results[index] as StepResult).map((problem) => `${stepName(step, index)}: ${problem}`),
  );
