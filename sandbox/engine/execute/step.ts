import type { Operation, PropertyDiff, ResourceSnapshot, StepMetadata } from "../events";
import type { OperationType, PendingOperation, ResourceState } from "../state/types";
import { maskedMap } from "../values/inspect";

/** Pulumi's operations and the one that only takes a half-done replacement out of the state. */
export type StepOperation = Operation | "remove-pending-replace";

/** What a provider reports of a resource that exists but did not become ready. */
export class InitError extends Error {
  constructor(readonly reasons: string[]) {
    super(
      reasons.length === 1
        ? reasons[0]
        : `${reasons.length} errors occurred:\n${reasons.map((reason) => `\t* ${reason}`).join("\n")}`,
    );
  }
}

export interface Step {
  op: StepOperation;
  urn: string;
  type: string;
  provider?: string;
  old?: ResourceState;
  /** The state that the step leads to; absent for deletes. */
  next?: ResourceState;
  /** The resource whose place an import takes. What such a step shows as `old` is what it has found. */
  replaces?: ResourceState;
  keys?: string[];
  diffs?: string[];
  detailedDiff?: Record<string, PropertyDiff>;
  logical: boolean;
  /** Not shown and not counted: default providers, bookkeeping. */
  internal: boolean;
  /** How the operation stands in the state while it runs. */
  pending?: OperationType;
  /** Operations of an earlier run that this one continues: they end when it succeeds. */
  continues?: PendingOperation[];
  /** What the step turned out to be, where that shows only afterwards. */
  resultOp?(): Operation;
  /** Carries the step out. An InitError means that the resource exists nevertheless. */
  apply(): Promise<void>;
}

/** The resource that a step is about. */
export const subject = (step: Step): ResourceState => (step.next ?? step.old) as ResourceState;

export function snapshotOf(state: ResourceState): ResourceSnapshot {
  const { outputs, ...rest } = state;
  return {
    ...rest,
    inputs: maskedMap(state.inputs),
    ...(outputs === undefined ? {} : { outputs: maskedMap(outputs) }),
  };
}

export function metadataOf(step: Step, op: Operation): StepMetadata {
  return {
    op,
    urn: step.urn,
    type: step.type,
    ...(step.provider === undefined ? {} : { provider: step.provider }),
    ...(step.old === undefined ? {} : { old: snapshotOf(step.old) }),
    ...(step.next === undefined ? {} : { new: snapshotOf(step.next) }),
    ...(step.keys === undefined || step.keys.length === 0 ? {} : { keys: step.keys }),
    ...(step.diffs === undefined || step.diffs.length === 0 ? {} : { diffs: step.diffs }),
    ...(step.detailedDiff === undefined ? {} : { detailedDiff: step.detailedDiff }),
    logical: step.logical,
  };
}
