import type { FaultPlan, InjectedFault, Leftover, PathStep, UsedFact } from "gabion-sandbox/aws";
import type { ExitCode } from "../errors";
import { exitCodes } from "../errors";
import type { EngineName } from "./choose";
import type { EngineEvent, RunResult, RunStatus } from "./contract";

export type OperationName = "preview" | "up" | "refresh" | "destroy";

export type Diagnostic = Pick<Extract<EngineEvent, { type: "diagnostic" }>, "severity" | "urn" | "message">;

/** What became of one stack. */
export interface StackOutcome {
  stack: string;
  layer: string;
  engine: EngineName;
  simulated: boolean;
  /** `not-started`: an earlier stack did not get to its end. `kept`: other environments are built on it, so it is not destroyed. */
  status: RunStatus | "not-started" | "kept";
  exitCode: ExitCode;
  /** Of the embedded engine only. */
  result?: RunResult;
  /** Why there is no result. */
  failure?: string;
  /** Of a stack that is kept: the stacks that are built on it. */
  usedBy?: readonly string[];
  /** Warnings and errors. */
  diagnostics: Diagnostic[];
  /** URNs of resources whose operation failed. */
  failed: readonly string[];
  /** Of the embedded engine only, when it asked the AWS twin for anything. */
  simulation?: Simulation;
}

/** What the AWS twin knows of a run. */
export interface Simulation {
  /** That the run would have taken on AWS; 0 when it changed nothing. */
  seconds: number;
  /** The operations that decide the time, first one first. */
  criticalPath: PathStep[];
  /** Resource types of which the simulation knows nothing but names. */
  genericTypes: string[];
  /** What the simulation says of the types in use without being certain of it. */
  unsureFacts: UsedFact[];
  /** What is in the accounts and belongs to no stack. */
  leftovers: Leftover[];
  /** Roles and users that the settings name and that were therefore taken to exist, as far as a resource needed them. */
  assumedPrincipals: string[];
  /** The plan of what was to go wrong, and what did; absent without a plan. */
  faults?: InjectedPlan;
}

export interface InjectedPlan extends FaultPlan {
  injected: InjectedFault[];
}

const exitCodesOfStatus: Readonly<Record<StackOutcome["status"], ExitCode>> = {
  succeeded: exitCodes.ok,
  failed: exitCodes.failed,
  rejected: exitCodes.failed,
  cancelled: exitCodes.interrupted,
  "not-started": exitCodes.ok,
  kept: exitCodes.ok,
};

export const exitCodeOfStatus = (status: StackOutcome["status"]): ExitCode => exitCodesOfStatus[status];

/** The exit code of all stacks together: interrupted before everything else, then that of the first that did not succeed. */
export function exitCodeOf(outcomes: readonly StackOutcome[]): ExitCode {
  const codes = outcomes.map((outcome) => outcome.exitCode).filter((code) => code !== exitCodes.ok);
  return codes.find((code) => code === exitCodes.interrupted) ?? codes[0] ?? exitCodes.ok;
}
