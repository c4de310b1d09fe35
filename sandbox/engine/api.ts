import type { PolicyExemptions } from "gabion-knowledge";
import type { EngineEvent, PolicyFinding, RunSummary, StepMetadata } from "./events";

/** A running resource provider: anything that serves Pulumi's `ResourceProvider` on a loopback port. */
export interface RunningProvider {
  /** `127.0.0.1:<port>` */
  address: string;
  /** Stops it and keeps what it has to keep. Never throws twice. */
  stop(): Promise<void>;
}

/** Starts the provider of one package (`aws`, `kubernetes`, …) for the stack at hand. Called once for each package and run. */
export type ProviderStarter = (request: { package: string; version?: string; urn: string }) => Promise<RunningProvider>;

/** Where a program reaches the run that it is part of. */
export interface ProgramAddresses {
  /** `127.0.0.1:<port>` of the `ResourceMonitor`. */
  monitor: string;
  /** `127.0.0.1:<port>` of the `Engine`. */
  engine: string;
}

/** A program that is a function of this process. It resolves when it has registered all it wants, and rejects with why it could not. */
export type InlineProgram = (addresses: ProgramAddresses) => Promise<void>;

export interface ProjectSource {
  name: string;
  /** The folder of Pulumi.yaml. */
  root: string;
  /** The folder of the program, absolute. */
  main: string;
  /** Node flags of the program (`runtime.options.nodeargs`). */
  nodeArgs: string[];
  /** Whether the runtime compiles TypeScript (`runtime.options.typescript`). Default true. */
  typescript?: boolean;
  /** What is run instead of the program in `main`, without Pulumi's runtime and without a process of its own. */
  inline?: InlineProgram;
}

export interface PolicyPackSource {
  /** The folder of PulumiPolicy.yaml, absolute. */
  path: string;
  /** Per-rule configuration, as in Pulumi's `--policy-pack-config`. */
  config?: Record<string, unknown>;
}

export interface StackConfig {
  /** Fully qualified keys (`gabion:region`); values as the program gets them: strings, objects as JSON. */
  values: Record<string, string>;
  secretKeys: string[];
}

export interface RunOptions {
  operation: "preview" | "up" | "refresh" | "destroy";
  project: ProjectSource;
  stack: string;
  /** Default `organization`, as in Pulumi's own file backend. */
  organization?: string;
  config: StackConfig;
  /** Tags of the stack that policies see. */
  stackTags?: Record<string, string>;
  /** Stacks of the project besides those with a state: a reference to one that was never deployed finds no outputs instead of no stack. */
  knownStacks?: string[];
  /** Folder that holds the states of this engine; created when missing. */
  stateFolder: string;
  /** Passphrase of the state's secrets. */
  passphrase: string;
  startProvider: ProviderStarter;
  policyPacks: PolicyPackSource[];
  /** Default: none. Read with `readExemptions` of `engine/policy`. */
  policyExemptions?: PolicyExemptions;
  /** The day, `YYYY-MM-DD`, that exemptions are held against. Default: today in UTC. */
  today?: string;
  /** Operations at the same time. Default 16, as in Pulumi 3.260. */
  parallel?: number;
  /** Only of `up`: leave out the preview that runs first. Default false. */
  skipPreview?: boolean;
  /** Extra environment of the program and the packs. */
  environment?: Record<string, string>;
  /** Longest silence of the program, a provider or a pack, in seconds, before the run is given up. Default 600. */
  timeoutSeconds?: number;
  onEvent(event: EngineEvent): void;
  /** Aborted by Ctrl-C: running operations are finished and saved, nothing new is started. */
  signal?: AbortSignal;
}

export type RunStatus = "succeeded" | "failed" | "rejected" | "cancelled";

export interface RunResult {
  /** `rejected`: a mandatory policy was violated. */
  status: RunStatus;
  summary: RunSummary;
  steps: StepMetadata[];
  findings: PolicyFinding[];
  /** Outputs of the stack as known at the end, secrets masked. */
  outputs: Record<string, unknown>;
  /** The file that holds the state. */
  stateFile: string;
}

/** A failure that a person can act on: shown as its message alone, without a stack trace. */
export class EngineError extends Error {
  constructor(
    message: string,
    /** `usage`: bad arguments, settings or state (exit code 2); `failed`: the work failed (exit code 1). */
    readonly kind: "usage" | "failed" = "failed",
  ) {
    super(message);
    this.name = "EngineError";
  }
}

export type Run = (options: RunOptions) => Promise<RunResult>;
