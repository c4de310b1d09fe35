import type { PropertyDiff } from "../events";
import type { Begun } from "../plan/begun";
import { type HookKind, hooksOf } from "../plan/goal";
import type { Provider } from "../providers/types";
import type { PropertyMap, ResourceState } from "../state/types";
import { isProviderType, parseUrn } from "../urn";
import { sameProperties } from "../values/compare";
import { isUnknown } from "../values/signatures";
import { InitError, type Step, type StepOperation } from "./step";

/** What hooks are told of the resource at hand. */
export interface HookSubject {
  urn: string;
  id?: string;
  newInputs?: PropertyMap;
  oldInputs?: PropertyMap;
  newOutputs?: PropertyMap;
  oldOutputs?: PropertyMap;
}

/** What steps need of the pass they are part of. */
export interface StepContext {
  readonly dryRun: boolean;
  /** The configured provider of a resource. */
  providerOf(state: ResourceState): Promise<Provider>;
  /** The unchanged provider resource goes on with the configuration it had. */
  sameProvider(urn: string, id: string, oldInputs: PropertyMap): Promise<void>;
  /** Runs the named hooks one after the other; the first that fails rejects. */
  runHooks(names: string[], kind: HookKind, subject: HookSubject): Promise<void>;
  /** A hook after a finished operation failed: the operation stays, the run has failed. */
  hookFailedAfter(urn: string, error: unknown): void;
  /** Creations that an earlier run has begun. */
  readonly begun: Begun;
  /** URNs that are being deleted in this pass. */
  isDeleted(urn: string): boolean;
  warn(urn: string, message: string): void;
}

export interface DiffDetails {
  keys?: string[];
  diffs?: string[];
  detailedDiff?: Record<string, PropertyDiff>;
}

export const now = (): string => new Date().toISOString();

/** Default providers come and go without being shown. */
export const isInternal = (urn: string): boolean => {
  const { type, name } = parseUrn(urn);
  return isProviderType(type) && /^default(_|$)/.test(name);
};

function base(
  op: StepOperation,
  state: ResourceState,
  logical: boolean,
): Pick<Step, "op" | "urn" | "type" | "provider" | "logical" | "internal"> {
  return {
    op,
    urn: state.urn,
    type: state.type,
    ...(state.provider === undefined ? {} : { provider: state.provider }),
    logical,
    internal: isInternal(state.urn),
  };
}

async function afterHook(
  context: StepContext,
  state: ResourceState,
  kind: HookKind,
  subject: HookSubject,
): Promise<void> {
  const names = hooksOf(state, kind);
  if (names.length === 0) return;
  await context.runHooks(names, kind, subject).catch((error: unknown) => context.hookFailedAfter(state.urn, error));
}

export function sameStep(context: StepContext, old: ResourceState, next: ResourceState): Step {
  return {
    ...base("same", next, true),
    old,
    next,
    async apply() {
      if (old.id !== undefined) next.id = old.id;
      if (old.outputs !== undefined) next.outputs = old.outputs;
      if (isProviderType(next.type)) await context.sameProvider(next.urn, old.id ?? "", old.inputs ?? {});
    },
  };
}

/** Creates a resource; with `old` it replaces it, and `keepsOld` leaves the old one to be deleted at the end. */
export function createStep(
  context: StepContext,
  next: ResourceState,
  replaced?: { old: ResourceState; keepsOld: boolean; details: DiffDetails },
): Step {
  const continues = context.begun.take(next);
  // The mark of the creation: it reaches the disk with the pending operation, before the provider is asked.
  if (!context.dryRun) next.created = continues[0]?.resource.created ?? now();
  return {
    ...(continues.length === 0 ? {} : { continues }),
    ...base(replaced === undefined ? "create" : "create-replacement", next, replaced === undefined),
    ...(replaced === undefined ? {} : { old: replaced.old, ...replaced.details }),
    next,
    pending: "creating",
    async apply() {
      await context.runHooks(hooksOf(next, "BeforeCreate"), "BeforeCreate", { urn: next.urn, newInputs: next.inputs });
      const failure = next.custom ? await create(context, next) : undefined;
      next.created = now();
      next.modified = next.created;
      if (replaced?.keepsOld) leave(replaced.old);
      if (failure !== undefined) throw failure;
      if (next.custom) await afterHook(context, next, "AfterCreate", { ...subjectOf(next), newOutputs: next.outputs });
    },
  };
}

/** What was replaced waits for its deletion, unless an earlier run has deleted it: by now its name may be that of its successor. */
function leave(old: ResourceState): void {
  if (!old.pendingReplacement) old.delete = true;
}

const subjectOf = (state: ResourceState): HookSubject => ({
  urn: state.urn,
  ...(state.id === undefined ? {} : { id: state.id }),
  newInputs: state.inputs,
});

async function create(context: StepContext, next: ResourceState): Promise<InitError | undefined> {
  const provider = await context.providerOf(next);
  const result = await provider.create({
    ...identity(next),
    inputs: next.inputs ?? {},
    ...(context.dryRun || next.created === undefined ? {} : { mark: next.created }),
    timeoutSeconds: next.customTimeouts?.create ?? 0,
    preview: context.dryRun,
  });
  if (result.id !== undefined && result.id !== "") next.id = result.id;
  next.outputs = result.outputs;
  return settle(next, result.refreshBeforeUpdate, result.initErrors);
}

/** Takes over what an operation says besides the outputs; gives the failure of a resource that did not become ready. */
function settle(next: ResourceState, refreshBeforeUpdate: boolean, initErrors: string[]): InitError | undefined {
  if (refreshBeforeUpdate) next.refreshBeforeUpdate = true;
  else delete next.refreshBeforeUpdate;
  if (initErrors.length === 0) return undefined;
  next.initErrors = initErrors;
  return new InitError(initErrors);
}

const identity = (state: ResourceState): { urn: string; name: string; type: string } => {
  const { name, type } = parseUrn(state.urn);
  return { urn: state.urn, name, type };
};

export function updateStep(context: StepContext, old: ResourceState, next: ResourceState, details: DiffDetails): Step {
  return {
    ...base("update", next, true),
    old,
    next,
    ...details,
    pending: "updating",
    async apply() {
      if (old.id !== undefined) next.id = old.id;
      const subject = { ...subjectOf(next), oldInputs: old.inputs, oldOutputs: old.outputs };
      await context.runHooks(hooksOf(next, "BeforeUpdate"), "BeforeUpdate", subject);
      if (!next.custom) return;
      const failure = await update(context, old, next);
      next.modified = now();
      if (failure !== undefined) throw failure;
      await afterHook(context, next, "AfterUpdate", { ...subject, newOutputs: next.outputs });
    },
  };
}

async function update(context: StepContext, old: ResourceState, next: ResourceState): Promise<InitError | undefined> {
  const provider = await context.providerOf(next);
  const result = await provider.update({
    ...identity(next),
    id: old.id ?? "",
    oldInputs: old.inputs ?? {},
    oldOutputs: old.outputs ?? {},
    newInputs: next.inputs ?? {},
    timeoutSeconds: next.customTimeouts?.update ?? 0,
    ignoreChanges: next.ignoreChanges ?? [],
    preview: context.dryRun,
  });
  next.outputs = result.outputs;
  return settle(next, result.refreshBeforeUpdate, result.initErrors);
}

/** The step that shows a replacement as one operation; the work is done by its two halves. */
export function replaceStep(old: ResourceState, next: ResourceState, details: DiffDetails): Step {
  return { ...base("replace", next, true), old, next, ...details, apply: () => Promise.resolve() };
}

export interface DeleteOptions {
  /** Part of a replacement. */
  replacing: boolean;
  /** Deleted before its replacement is created: it stays in the state as pending until then. */
  pendingReplacement?: boolean;
}

export function deleteStep(context: StepContext, old: ResourceState, options: DeleteOptions): Step {
  const op = old.external
    ? options.replacing
      ? "discard-replaced"
      : "discard"
    : options.replacing
      ? "delete-replaced"
      : "delete";
  return {
    ...base(op, old, !options.replacing),
    old,
    pending: "deleting",
    async apply() {
      const subject: HookSubject = {
        urn: old.urn,
        ...(old.id === undefined ? {} : { id: old.id }),
        oldInputs: old.inputs,
        oldOutputs: old.outputs,
      };
      await context.runHooks(hooksOf(old, "BeforeDelete"), "BeforeDelete", subject);
      if (!options.replacing && old.protect) throw new Error(protectedMessage(old.urn));
      const spared =
        old.external || old.retainOnDelete || (old.deletedWith !== undefined && context.isDeleted(old.deletedWith));
      if (!context.dryRun && !spared && old.custom) await destroy(context, old);
      if (options.pendingReplacement) old.pendingReplacement = true;
      await afterHook(context, old, "AfterDelete", subject);
    },
  };
}

export const protectedMessage = (urn: string): string =>
  `resource ${JSON.stringify(urn)} cannot be deleted\nbecause it is protected. To unprotect the resource, remove the \`protect\` flag from the resource in your Pulumi program and run an update.`;

async function destroy(context: StepContext, old: ResourceState): Promise<void> {
  const provider = await context.providerOf(old);
  await provider.delete({
    ...identity(old),
    id: old.id ?? "",
    inputs: old.inputs ?? {},
    outputs: old.outputs ?? {},
    timeoutSeconds: old.customTimeouts?.delete ?? 0,
  });
}

/** Only forgets a resource that was deleted for a replacement that never came. */
export function forgetStep(old: ResourceState): Step {
  return { ...base("remove-pending-replace", old, false), old, internal: true, apply: () => Promise.resolve() };
}

/** Reads a resource that somebody else manages. `old`, if it was ours, is deleted in the end. */
export function readStep(
  context: StepContext,
  next: ResourceState,
  old: ResourceState | undefined,
  replacing: boolean,
): Step {
  return {
    ...base(replacing ? "read-replacement" : "read", next, !replacing),
    ...(old === undefined ? {} : { old }),
    next,
    pending: "reading",
    async apply() {
      let failure: InitError | undefined;
      if (isUnknown(next.id)) next.outputs = {};
      else {
        const provider = await context.providerOf(next);
        const result = await provider.read({
          ...identity(next),
          id: next.id ?? "",
          inputs: next.inputs ?? {},
          state: next.inputs ?? {},
          timeoutSeconds: next.customTimeouts?.read ?? 0,
        });
        if (result.outputs === undefined) throw new Error(`resource '${next.id}' does not exist`);
        next.outputs = result.outputs;
        if (result.id !== undefined && result.id !== "") next.id = result.id;
        failure = settle(next, result.refreshBeforeUpdate, result.initErrors);
      }
      if (replacing && old !== undefined) leave(old);
      keepTimes(old, next);
      if (failure !== undefined) throw failure;
    },
  };
}

function keepTimes(old: ResourceState | undefined, next: ResourceState): void {
  if (old === undefined) return;
  const changed = !sameProperties(old.inputs, next.inputs) || !sameProperties(old.outputs, next.outputs);
  if (old.created !== undefined) next.created = old.created;
  const modified = changed ? now() : old.modified;
  if (modified !== undefined) next.modified = modified;
}

/** Takes a resource that exists under management, with the inputs that the provider reads. `original`: what it takes the place of. */
export function importStep(context: StepContext, next: ResourceState, original: ResourceState | undefined): Step {
  const step: Step = {
    ...base(original === undefined ? "import" : "import-replacement", next, original === undefined),
    next,
    ...(original === undefined ? {} : { replaces: original }),
    pending: "importing",
    async apply() {
      const provider = await context.providerOf(next);
      const read = await provider.read({
        ...identity(next),
        id: next.importID ?? "",
        state: {},
        timeoutSeconds: next.customTimeouts?.read ?? 0,
      });
      if (read.outputs === undefined) throw new Error(`resource '${next.importID}' does not exist`);
      if (read.inputs === undefined) {
        throw new Error(
          `the provider of ${next.type} cannot import resources; take \`import\` out of the options of ${next.urn}`,
        );
      }
      next.id = read.id === undefined || read.id === "" ? next.importID : read.id;
      next.inputs = read.inputs;
      next.outputs = read.outputs;
      next.created = now();
      next.modified = next.created;
      step.old = { ...next };
      if (original !== undefined) leave(original);
      const failure = settle(next, read.refreshBeforeUpdate, read.initErrors);
      if (failure !== undefined)
        context.warn(next.urn, `Imported resource is in an unhealthy state: ${failure.message}`);
    },
  };
  return step;
}
