/** What the command knows of the embedded engine: its contract alone. */
export type {
  EngineEvent,
  Operation,
  PolicyExemptions,
  PolicyFinding,
  PolicyPackSource,
  PropertyDiff,
  ProviderStarter,
  ResourceSnapshot,
  Run,
  RunOptions,
  RunResult,
  RunStatus,
  RunSummary,
  Severity,
  StackConfig,
  StepMetadata,
} from "gabion-sandbox/engine";
