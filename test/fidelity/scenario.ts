import type { TestProvider } from "../support/test-provider";

/** What a step has to lead to, on any engine. Written by hand after seeing what the Pulumi CLI (3.260) does. */
export interface Expectation {
  /** Default `succeeded`. */
  status?: "failed";
  /**
   * Every operation that is not `same`, in any order: `create Resource::first`, with ` failed` behind it when it failed. URNs are
   * without stack, project and the module `test:index:`.
   */
  operations: string[];
  /** The changing calls that the provider gets, in their order: `create first`. For steps where the order is the point. */
  calls?: string[];
  /** Texts that the error messages hold. Without them there is no error message. */
  errors?: string[];
  /** Texts that the warnings and other messages hold. */
  messages?: string[];
  /** The state afterwards, one line a resource, sorted: `Resource::first protect`. Without it the state is not looked at. */
  state?: string[];
}

export interface ScenarioStep {
  run: "preview" | "up" | "refresh" | "destroy";
  /** Which of the program's variants runs (environment variable VARIANT). */
  variant?: string;
  /** Default `dev`. */
  stack?: string;
  /** Configuration of the stack: `app:size`. */
  config?: Record<string, string>;
  secrets?: Record<string, string>;
  /** What happens in the world, behind the engine's back, before the step. */
  before?(provider: TestProvider): void;
  expect: Expectation;
}

/** One small program of `test/fixtures/programs` and what is done with it, step after step on the same state. */
export interface Scenario {
  name: string;
  /** What it shows. */
  shows: string;
  /** Folder of the program. Default: the name. */
  program?: string;
  steps: ScenarioStep[];
}

export const project = "fidelity";
export const passphrase = "only for tests";
export const stackOf = (step: ScenarioStep): string => step.stack ?? "dev";
