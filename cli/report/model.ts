import { propertyChanges } from "../display/changes";
import { groupFindings } from "../display/findings";
import { isUnchanged } from "../display/operations";
import { countByService } from "../display/summary";
import { mainSteps } from "../display/tree";
import type { PolicyFinding, StepMetadata } from "../engines/contract";
import type { InjectedPlan, OperationName, StackOutcome } from "../engines/outcome";

/** What `report.json` holds. Its shape is described in docs/cli.md; `format` grows when a field changes its meaning. */
export interface Report {
  format: 1;
  operation: OperationName;
  environment: string;
  /** RFC 3339. */
  finished: string;
  durationSeconds: number;
  exitCode: number;
  stacks: StackReport[];
}

export interface StackReport {
  stack: string;
  layer: string;
  engine: "embedded" | "pulumi";
  /** The stack is no sandbox stack, and nothing of what is told here happened on AWS. */
  simulated: boolean;
  status: StackOutcome["status"];
  /** Why there is no result. */
  failure?: string;
  changes: Record<string, number>;
  durationSeconds?: number;
  /** Simulated time that the run would have taken on AWS. */
  simulatedSeconds?: number;
  /** Resources by service, as they are when the run is over. */
  resources: Record<string, number>;
  /** Versions by name. */
  policyPacks: Record<string, string>;
  findings: FindingReport[];
  /** What is not `same`. Paths only: values are no part of a report. */
  steps: StepReport[];
  /** URNs of resources whose operation failed. */
  failed: readonly string[];
  diagnostics: StackOutcome["diagnostics"];
  genericTypes: string[];
  /** What the twin says of the types in use without being certain of it; `*` for all types. */
  unsureFacts: { type: string; about: string; source: string; sure: string }[];
  /** The operations that decide the simulated time, first one first; seconds are simulated ones. */
  criticalPath: { operation: string; urn: string; seconds: number; waits: { seconds: number; reason: string }[] }[];
  /** What is in the simulated account and belongs to no stack, perhaps for some time only (RFC 3339). */
  leftovers: { account: string; what: string; until?: string }[];
  /** Roles and users that no stack makes and that were taken to exist, because the settings name them. */
  assumedPrincipals: string[];
  /** The plan of faults that was given, and what it has done. */
  faults?: InjectedPlan;
  /** Names of the outputs of the stack. */
  outputs: string[];
  stateFile?: string;
}

export type FindingReport = PolicyFinding & { remedy?: string };

export interface StepReport {
  op: string;
  urn: string;
  type: string;
  changed: string[];
  replaceKeys: string[];
}

export interface ReportInput {
  operation: OperationName;
  environment: string;
  finished: Date;
  durationSeconds: number;
  exitCode: number;
  outcomes: readonly StackOutcome[];
}

export function buildReport(input: ReportInput): Report {
  return {
    format: 1,
    operation: input.operation,
    environment: input.environment,
    finished: input.finished.toISOString(),
    durationSeconds: rounded(input.durationSeconds),
    exitCode: input.exitCode,
    stacks: input.outcomes.map(stackReport),
  };
}

const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000;

function stackReport(outcome: StackOutcome): StackReport {
  const { result, simulation } = outcome;
  return {
    stack: outcome.stack,
    layer: outcome.layer,
    engine: outcome.engine,
    simulated: outcome.simulated,
    status: outcome.status,
    ...(outcome.failure === undefined ? {} : { failure: outcome.failure }),
    changes: { ...result?.summary.changes },
    ...(result === undefined ? {} : { durationSeconds: rounded(result.summary.durationSeconds) }),
    ...(simulation === undefined ? {} : { simulatedSeconds: rounded(simulation.seconds) }),
    resources: outcome.result === undefined ? {} : countByService(outcome.result.steps, outcome.failed),
    policyPacks: { ...result?.summary.policyPacks },
    findings: (result?.findings ?? []).map(findingReport),
    steps: mainSteps(result?.steps ?? [])
      .filter(({ op }) => !isUnchanged(op))
      .map(stepReport),
    failed: outcome.failed,
    diagnostics: outcome.diagnostics,
    genericTypes: simulation?.genericTypes ?? [],
    unsureFacts: simulation?.unsureFacts ?? [],
    criticalPath: simulation?.criticalPath ?? [],
    leftovers: simulation?.leftovers ?? [],
    assumedPrincipals: simulation?.assumedPrincipals ?? [],
    ...(simulation?.faults === undefined ? {} : { faults: simulation.faults }),
    outputs: Object.keys(result?.outputs ?? {}).sort(),
    ...(result === undefined ? {} : { stateFile: result.stateFile }),
  };
}

function findingReport(finding: PolicyFinding): FindingReport {
  const [group] = groupFindings([finding]);
  if (group === undefined) return finding;
  const { reason, remedy, undecided } = group;
  return {
    ...finding,
    message: reason,
    ...(remedy === undefined ? {} : { remedy }),
    ...(undecided ? { undecided: true as const } : {}),
  };
}

function stepReport(step: StepMetadata): StepReport {
  return {
    op: step.op,
    urn: step.urn,
    type: step.type,
    changed: propertyChanges(step).map(({ path }) => path),
    replaceKeys: step.keys ?? [],
  };
}
