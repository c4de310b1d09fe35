export type { PolicyExemption, PolicyExemptions } from "gabion-knowledge";
export {
  EngineError,
  type InlineProgram,
  type PolicyPackSource,
  type ProgramAddresses,
  type ProjectSource,
  type ProviderStarter,
  type Run,
  type RunningProvider,
  type RunOptions,
  type RunResult,
  type RunStatus,
  type StackConfig,
} from "./api";
export type {
  DiffKind,
  EngineEvent,
  Operation,
  PolicyFinding,
  PropertyDiff,
  ResourceSnapshot,
  RunSummary,
  Severity,
  StepMetadata,
} from "./events";
export { run } from "./run";
export {
  exportState,
  findPassphrase,
  importState,
  openConfigSecrets,
  readStackOutputs,
} from "./state";
