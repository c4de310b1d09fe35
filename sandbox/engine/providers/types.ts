import type { TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { StackConfig } from "../api";
import type { AliasSpec } from "../plan/goal";
import type { PropertyMap } from "../state/types";
import type { DetailedDiff } from "../values/detailed-diff";

export interface CheckFailure {
  property: string;
  reason: string;
}

export interface CheckRequest {
  urn: string;
  name: string;
  type: string;
  /** Inputs of the resource that exists, if one does. */
  olds: PropertyMap;
  news: PropertyMap;
  /** True in a preview. */
  allowUnknowns: boolean;
  /** 32 bytes from which names are made. */
  randomSeed: Uint8Array;
}

export interface CheckResult {
  inputs: PropertyMap;
  failures: CheckFailure[];
}

export interface DiffRequest {
  urn: string;
  name: string;
  type: string;
  id: string;
  oldInputs: PropertyMap;
  oldOutputs: PropertyMap;
  newInputs: PropertyMap;
  allowUnknowns: boolean;
  ignoreChanges: string[];
}

export interface DiffResult {
  changes: "unknown" | "none" | "some";
  replaceKeys: string[];
  changedKeys: string[];
  deleteBeforeReplace: boolean;
  /** Absent when the provider gives none. */
  detailedDiff?: DetailedDiff;
}

export interface CreateRequest {
  urn: string;
  name: string;
  type: string;
  inputs: PropertyMap;
  /** Tells this creation from all others of the URN; the same one again makes nothing new where the provider can resume. Absent in a preview. */
  mark?: string;
  timeoutSeconds: number;
  preview: boolean;
}

export interface UpdateRequest {
  urn: string;
  name: string;
  type: string;
  id: string;
  oldInputs: PropertyMap;
  oldOutputs: PropertyMap;
  newInputs: PropertyMap;
  timeoutSeconds: number;
  ignoreChanges: string[];
  preview: boolean;
}

export interface DeleteRequest {
  urn: string;
  name: string;
  type: string;
  id: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
  timeoutSeconds: number;
}

export interface ReadRequest {
  urn: string;
  name: string;
  type: string;
  id: string;
  inputs?: PropertyMap;
  state: PropertyMap;
  timeoutSeconds: number;
}

/** What an operation left behind. `error` with outputs: the resource exists but did not become ready (`initErrors` says why). */
export interface OperationResult {
  /** Absent in a preview. */
  id?: string;
  outputs: PropertyMap;
  refreshBeforeUpdate: boolean;
  initErrors: string[];
}

export interface ReadResult {
  /** Absent: there is no such resource. */
  id?: string;
  inputs?: PropertyMap;
  outputs?: PropertyMap;
  refreshBeforeUpdate: boolean;
  initErrors: string[];
}

export interface InvokeResult {
  result: PropertyMap;
  failures: CheckFailure[];
}

/** What a provider that registers resources itself has to know of the run. */
export interface RunInfo {
  project: string;
  stack: string;
  organization: string;
  config: StackConfig;
  dryRun: boolean;
  parallel: number;
  /** `127.0.0.1:<port>` of the `ResourceMonitor`. */
  monitorAddress: string;
  /** By it the provider's requests name the stack trace of the program's; empty when there is none. */
  stackTraceHandle: string;
}

/** A component that its provider makes. */
export interface ConstructRequest {
  info: RunInfo;
  type: string;
  name: string;
  parent: string;
  /** With output values. */
  inputs: PropertyMap;
  inputDependencies: Record<string, string[]>;
  dependencies: string[];
  /** References of providers, by package. */
  providers: Record<string, string>;
  aliases: AliasSpec[];
  options: TransformResourceOptions;
}

export interface ConstructResult {
  urn: string;
  /** With output values. */
  outputs: PropertyMap;
  /** URNs that each output depends on. */
  dependencies: Record<string, string[]>;
}

/** A method of a resource. */
export interface CallRequest {
  info: RunInfo;
  token: string;
  /** With output values; the resource is `__self__`. */
  args: PropertyMap;
  argDependencies: Record<string, string[]>;
}

export interface CallResult extends InvokeResult {
  /** URNs that each value of the result depends on. */
  dependencies: Record<string, string[]>;
}

/** What carries out the operations of the resources of one provider instance. */
export interface Provider {
  check(request: CheckRequest): Promise<CheckResult>;
  diff(request: DiffRequest): Promise<DiffResult>;
  create(request: CreateRequest): Promise<OperationResult>;
  update(request: UpdateRequest): Promise<OperationResult>;
  delete(request: DeleteRequest): Promise<void>;
  /** Deletes what the creation with this mark has made, if it has made something. Only providers that can resume have it. */
  deleteBegun?(urn: string, mark: string, inputs: PropertyMap): Promise<void>;
  read(request: ReadRequest): Promise<ReadResult>;
  invoke(token: string, args: PropertyMap, preview: boolean): Promise<InvokeResult>;
  /** Nothing is returned while the provider's configuration is unknown in a preview. The engine's own providers have neither this nor `call`. */
  construct?(request: ConstructRequest): Promise<ConstructResult | undefined>;
  call?(request: CallRequest): Promise<CallResult>;
}

/** The provider's configuration holds values that are unknown in this preview, so that it cannot say what would change. */
export class DiffUnavailable extends Error {
  constructor() {
    super(
      "The provider for this resource has inputs that are not known during preview.\n" +
        "This preview may not correctly represent the changes that will be applied during an update.",
    );
  }
}

/** An operation of a provider that failed. */
export class ProviderError extends Error {
  constructor(
    message: string,
    /** True when nobody knows whether the operation was carried out. */
    readonly outcomeUnknown: boolean,
    /** The provider was lost in the middle of it, so that it has not said that the operation failed. */
    readonly unanswered = false,
  ) {
    super(message);
    this.name = "ProviderError";
  }
}
