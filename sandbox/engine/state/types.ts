/** A property map as plain JSON; secrets, assets, archives, references and outputs are objects with Pulumi's signature key. */
export type PropertyMap = Record<string, unknown>;

/**
 * One resource of a deployment, field for field Pulumi's `ResourceV3`. In memory secrets are in the clear, wrapped as
 * `{ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: … }`; the store encrypts them on the way to the disk.
 */
export interface ResourceState {
  urn: string;
  type: string;
  custom: boolean;
  delete?: boolean;
  id?: string;
  inputs?: PropertyMap;
  outputs?: PropertyMap;
  parent?: string;
  protect?: boolean;
  taint?: boolean;
  external?: boolean;
  dependencies?: string[];
  initErrors?: string[];
  /** `<urn>::<id>` */
  provider?: string;
  propertyDependencies?: Record<string, string[]>;
  pendingReplacement?: boolean;
  additionalSecretOutputs?: string[];
  aliases?: string[];
  /** Seconds. */
  customTimeouts?: {
    create?: number;
    update?: number;
    delete?: number;
    read?: number;
  };
  importID?: string;
  retainOnDelete?: boolean;
  deletedWith?: string;
  /** RFC 3339, UTC. */
  created?: string;
  modified?: string;
  sourcePosition?: string;
  stackTrace?: unknown[];
  ignoreChanges?: string[];
  hideDiff?: string[];
  replaceOnChanges?: string[];
  refreshBeforeUpdate?: boolean;
  viewOf?: string;
  resourceHooks?: Record<string, string[]>;
}

export type OperationType = "creating" | "updating" | "deleting" | "reading" | "importing";

/** An operation that was begun and of which nobody knows how it ended. */
export interface PendingOperation {
  resource: ResourceState;
  type: OperationType;
}

/**
 * One atomic step of the state. All parts of a change reach the disk together (one line of the journal) or not at all. Resources are
 * identified by object: the ones in `StateStore.resources` at the start and those that were added since.
 */
export interface StateChange {
  /** Operations that begin now. */
  begin?: PendingOperation[];
  /** Operations (the same objects that were passed in `begin`, or those found at the start) that have ended. */
  end?: PendingOperation[];
  /** Resources that now exist; they come, in this order, before those of the base that are left. */
  add?: ResourceState[];
  /** Resources of the base that stay exactly as they are; they take their place in the order of `add` (a short line in the journal). */
  keep?: ResourceState[];
  /** Resources that are no longer part of the state. */
  remove?: ResourceState[];
  /** Resources whose fields were changed in place. */
  update?: ResourceState[];
}

/** The state of one stack, opened and locked by one run. */
export interface StateStore {
  /** The state file, absolute. */
  readonly file: string;
  /** Digest of the state file as it was found: the same for the same state. */
  readonly digest: string;
  /** What the last run left, journal replayed, secrets in the clear; the order is the order of dependencies. */
  readonly resources: readonly ResourceState[];
  readonly pendingOperations: readonly PendingOperation[];
  /**
   * Appends the change to the journal. The call returns at once; `flushed` resolves when it is on the disk. Changes keep their order.
   * Rejects with an EngineError (disk full, file gone) which ends the run.
   */
  commit(change: StateChange): Promise<void>;
  /** Writes the compacted state file, removes the journal and releases the lock. Never throws twice. */
  close(): Promise<void>;
}

export interface OpenStateOptions {
  stateFolder: string;
  project: string;
  stack: string;
  organization: string;
  passphrase: string;
  /** A preview only reads: no lock is taken, nothing is written. */
  readOnly?: boolean;
}

/** Opens the state of a stack; an absent file is an empty state. Throws EngineError (`usage`) on a foreign or corrupt file, wrong passphrase, taken lock. */
export type OpenState = (options: OpenStateOptions) => Promise<StateStore>;

/** Outputs of another stack's root resource, for stack references. `undefined`: there is no such stack. `{}`: never deployed. */
export type ReadStackOutputs = (options: {
  stateFolder: string;
  passphrase: string;
  stack: string;
}) => Promise<PropertyMap | undefined>;
