import type { PendingOperation, ResourceState, StateChange, StateStore } from "../state/types";
import { deepEqual, sameProperties, sameSet } from "../values/compare";
import type { Step } from "./step";

/** Writes what a pass does into the state, operation by operation. */
export interface Recorder {
  /** On disk when it resolves: the operation may begin. */
  begin(step: Step): Promise<void>;
  /** `exists`: the step reached its state, though perhaps with errors. `isOpen`: nobody knows, and the next run can find out. */
  end(step: Step, exists: boolean, isOpen?: boolean): void;
  /** Outputs of a component or the stack have arrived. */
  outputsChanged(state: ResourceState): void;
  /** A resource of the base changed in place. */
  updated(state: ResourceState): void;
  removed(state: ResourceState): void;
  /** Whoever waits knows that all is on disk. */
  flushed(): Promise<void>;
}

/** A preview leaves no trace. */
export const forgetful: Recorder = {
  begin: () => Promise.resolve(),
  end: () => undefined,
  outputsChanged: () => undefined,
  updated: () => undefined,
  removed: () => undefined,
  flushed: () => Promise.resolve(),
};

export class StateRecorder implements Recorder {
  private readonly operations = new Map<Step, PendingOperation>();
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: StateStore,
    /** The state can no longer be written; the run has to end. */
    private readonly onFailure: (error: Error) => void,
  ) {}

  begin(step: Step): Promise<void> {
    const resource = step.next ?? step.old;
    if (step.pending === undefined || resource === undefined) return Promise.resolve();
    const operation: PendingOperation = { resource: { ...resource }, type: step.pending };
    this.operations.set(step, operation);
    return this.commit({ begin: [operation] });
  }

  end(step: Step, exists: boolean, isOpen = false): void {
    const operation = this.operations.get(step);
    this.operations.delete(step);
    const ended = [
      ...(operation === undefined || isOpen ? [] : [operation]),
      ...(exists ? (step.continues ?? []) : []),
    ];
    const change: StateChange = {
      ...(ended.length === 0 ? {} : { end: ended }),
      ...(exists ? effect(step) : {}),
    };
    if (Object.keys(change).length > 0) void this.commit(change);
  }

  outputsChanged(state: ResourceState): void {
    void this.commit({ update: [state] });
  }

  updated(state: ResourceState): void {
    void this.commit({ update: [state] });
  }

  removed(state: ResourceState): void {
    void this.commit({ remove: [state] });
  }

  flushed(): Promise<void> {
    return this.last;
  }

  private commit(change: StateChange): Promise<void> {
    const written = this.store.commit(change);
    this.last = written;
    written.catch((error: Error) => this.onFailure(error));
    return written;
  }
}

/** What a step that reached its state does to the list of resources. */
function effect(step: Step): StateChange {
  const { old, next } = step;
  switch (step.op) {
    case "same":
      if (old !== undefined && next === old) return { keep: [old] };
      return { ...(next === undefined ? {} : { add: [next] }), ...(old === undefined ? {} : { remove: [old] }) };
    case "create":
    case "import":
      return { add: [next as ResourceState] };
    case "create-replacement":
    case "import-replacement": {
      const replaced = step.replaces ?? old;
      if (replaced?.pendingReplacement) return { add: [next as ResourceState], remove: [replaced] };
      return { add: [next as ResourceState], ...(replaced === undefined ? {} : { update: [replaced] }) };
    }
    case "read-replacement":
      if (old?.pendingReplacement) return { add: [next as ResourceState], remove: [old] };
      return { add: [next as ResourceState], update: [old as ResourceState] };
    case "read":
    case "update":
      return { add: [next as ResourceState], ...(old === undefined ? {} : { remove: [old] }) };
    case "delete":
    case "delete-replaced":
    case "discard":
    case "discard-replaced":
    case "remove-pending-replace":
      if (step.op !== "remove-pending-replace" && old?.pendingReplacement) return { update: [old] };
      return { remove: [old as ResourceState] };
    default:
      return {};
  }
}

/** True when nothing that counts differs, so that the old entry can stay. Times, positions in the source and init errors do not count. */
export function isUnchanged(old: ResourceState, next: ResourceState): boolean {
  return (
    old.urn === next.urn &&
    old.type === next.type &&
    old.custom === next.custom &&
    (old.retainOnDelete ?? false) === (next.retainOnDelete ?? false) &&
    (old.protect ?? false) === (next.protect ?? false) &&
    old.provider === next.provider &&
    old.importID === next.importID &&
    old.parent === next.parent &&
    old.deletedWith === next.deletedWith &&
    deepEqual(old.customTimeouts ?? {}, next.customTimeouts ?? {}) &&
    sameProperties(old.inputs, next.inputs) &&
    sameProperties(old.outputs, next.outputs) &&
    sameSet(old.dependencies, next.dependencies) &&
    deepEqual(old.propertyDependencies ?? {}, next.propertyDependencies ?? {}) &&
    deepEqual(old.resourceHooks ?? {}, next.resourceHooks ?? {}) &&
    sameSet(old.ignoreChanges, next.ignoreChanges) &&
    sameSet(old.replaceOnChanges, next.replaceOnChanges) &&
    sameSet(old.additionalSecretOutputs, next.additionalSecretOutputs) &&
    (old.initErrors ?? []).length === 0 &&
    (old.aliases ?? []).length === (next.aliases ?? []).length
  );
}
