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

/** What carries out the operations of the resources of one provider instance. */
export interface Provider {
  check(request: CheckRequest): Promise<CheckResult>;
  diff(request: DiffRequest): Promise<DiffResult>;
  create(request: CreateRequest): Promise<OperationResult>;
  update(request: UpdateRequest): Promise<OperationResult>;
  delete(request: DeleteRequest): Promise<void>;
  read(request: ReadRequest): Promise<ReadResult>;
  invoke(token: string, args: PropertyMap, preview: boolean): Promise<InvokeResult>;
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
  ) {
    super(message);
    this.name = "ProviderError";
  }
}
