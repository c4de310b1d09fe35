import type { ResourceState } from "./state/types";

/**
 * What the embedded engine tells while it works. The names follow Pulumi's own engine events, so that one renderer can serve both engines.
 * Secret values are replaced by `[secret]` before an event leaves the engine.
 */

/** What is done with one resource. The names are Pulumi's. */
export type Operation =
  | "same"
  | "create"
  | "update"
  | "delete"
  | "replace"
  | "create-replacement"
  | "delete-replaced"
  | "read"
  | "read-replacement"
  | "refresh"
  | "import"
  | "import-replacement"
  | "discard"
  | "discard-replaced";

export type DiffKind = "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";

export interface PropertyDiff {
  kind: DiffKind;
  /** True where the inputs differ, false where the outside world drifted from the state. */
  inputDiff: boolean;
}

/** A resource as the state holds it, secrets masked. Property values are plain JSON; unknown ones are Pulumi's sentinel string. */
export interface ResourceSnapshot extends ResourceState {
  inputs: Record<string, unknown>;
}

export interface StepMetadata {
  op: Operation;
  urn: string;
  type: string;
  provider?: string;
  old?: ResourceSnapshot;
  new?: ResourceSnapshot;
  /** Property paths that force a replacement. */
  keys?: string[];
  /** Property paths that differ. */
  diffs?: string[];
  /** Per property path, what happens to it. */
  detailedDiff?: Record<string, PropertyDiff>;
  /** True for the operations that a person counts (the second half of a replacement is not). */
  logical: boolean;
}

export type Severity = "debug" | "info" | "info#err" | "warning" | "error";

export interface PolicyFinding {
  /** Empty for a stack rule that names no resource. */
  urn: string;
  policyName: string;
  packName: string;
  packVersion: string;
  enforcementLevel: "advisory" | "mandatory" | "remediate" | "disabled";
  severity?: "low" | "medium" | "high" | "critical";
  /** The rule could not be judged, because it depends on values that are known only after the deployment. */
  undecided?: true;
  /** Where the program declares the resource, `project:///stacks/index.ts#12,3`: the innermost place that is in the project itself. */
  sourcePosition?: string;
  /** Someone answers for it up to a day, so that it does not fail the run. */
  exemption?: { owner: string; ticket: string; reason: string; expires: string };
  message: string;
}

export interface RunSummary {
  /** Counts by logical operation; unchanged resources are counted under `same`. */
  changes: Partial<Record<Operation, number>>;
  durationSeconds: number;
  /** Simulated time the run would have taken on AWS, where the provider can tell. */
  simulatedSeconds?: number;
  policyPacks: Record<string, string>;
  maybeCorrupt: boolean;
}

export type EngineEvent =
  | { type: "prelude"; stack: string; config: Record<string, string>; preview: boolean }
  | { type: "resource-pre"; metadata: StepMetadata; planning: boolean }
  | { type: "resource-outputs"; metadata: StepMetadata; planning: boolean; durationSeconds: number }
  | { type: "resource-failed"; metadata: StepMetadata; message: string }
  | { type: "diagnostic"; severity: Severity; urn?: string; message: string; ephemeral?: boolean; streamId?: number }
  | { type: "policy"; finding: PolicyFinding }
  | { type: "summary"; preview: boolean; summary: RunSummary };
