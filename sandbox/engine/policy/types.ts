import type { PolicyExemptions } from "gabion-knowledge";
import type { PolicyPackSource, StackConfig } from "../api";
import type { PolicyFinding } from "../events";
import type { PropertyMap } from "../state/types";

/** A resource as rules see it: checked inputs before its operation, outputs in a stack rule. Secrets are wrapped, unknowns are sentinels. */
export interface PolicyResource {
  urn: string;
  type: string;
  name: string;
  properties: PropertyMap;
  options: {
    protect?: boolean;
    ignoreChanges?: string[];
    deleteBeforeReplace?: boolean;
    additionalSecretOutputs?: string[];
    aliases?: string[];
    /** Seconds. */
    customTimeouts?: { create?: number; update?: number; delete?: number };
    parent?: string;
  };
  /** The provider resource that manages it. */
  provider?: { urn: string; type: string; name: string; properties: PropertyMap };
}

export interface PolicyStackResource extends PolicyResource {
  parent?: string;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
}

export interface RemediationResult {
  /** The inputs to go on with; the given ones when nothing was changed. */
  properties: PropertyMap;
  /** One finding of level `remediate` for each rule that changed something, and an advisory one for each that could not. */
  findings: PolicyFinding[];
}

/** The running policy packs of one run. Findings never hold secret values. */
export interface PolicyHost {
  /** Versions by pack name. */
  readonly packs: Record<string, string>;
  remediate(resource: PolicyResource): Promise<RemediationResult>;
  analyze(resource: PolicyResource): Promise<PolicyFinding[]>;
  /** Comes last: it also tells which exemptions should go. */
  analyzeStack(resources: PolicyStackResource[]): Promise<PolicyFinding[]>;
  /** Ends the processes. Never throws. */
  close(): Promise<void>;
}

export interface StartPolicyHostOptions {
  packs: PolicyPackSource[];
  /** `127.0.0.1:<port>` of the `Engine` service, where the packs send their logs. */
  engineAddress: string;
  project: string;
  stack: string;
  organization: string;
  config: StackConfig;
  stackTags: Record<string, string>;
  dryRun: boolean;
  environment: Record<string, string>;
  timeoutSeconds: number;
  /** Default: none. */
  exemptions?: PolicyExemptions;
  /** The day, `YYYY-MM-DD`, that exemptions are held against. Default: today in UTC. */
  today?: string;
  /** Gets what the packs print, line by line, secrets masked. Without it the last lines are shown when a pack fails. */
  onOutput?(severity: "info" | "info#err", line: string): void;
}

/** Starts all packs at the same time; rejects with an EngineError that names the pack. */
export type StartPolicyHost = (options: StartPolicyHostOptions) => Promise<PolicyHost>;
