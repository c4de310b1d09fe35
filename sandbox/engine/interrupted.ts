import type { Recorder } from "./execute/recorder";
import { type RefreshStep, refreshStep } from "./execute/refresh";
import type { Pass } from "./pass";
import { takeOverRefresh } from "./plan/base";
import { Begun } from "./plan/begun";
import type { ProviderLoader } from "./providers/loader";
import type { PendingOperation, ResourceState, StateStore } from "./state/types";
import { isProviderType, parseReference, providerPackage, urnType } from "./urn";

/** What a run that did not get to its end has left open, sorted by what can be done about it. */
interface Sorted {
  /** Creations whose provider knows what has become of them. */
  begun: PendingOperation[];
  /** Creations that may have left something that nobody knows of. */
  unknown: PendingOperation[];
  /** Resources that were being changed or deleted, whose provider is asked how they are now. */
  touched: ResourceState[];
  /** All that is settled with that. */
  settled: PendingOperation[];
}

export interface Interrupted {
  begun: Begun;
  /** The resources of the state, as far as the interruption had left doubt as they are now. */
  resources: ResourceState[];
}

/**
 * Settles what an interrupted run has begun. With a provider that can resume (see `resumeHeader`) nothing stays in doubt: creations are continued under the mark
 * they were begun with, and what was being changed or deleted is read anew. With other providers creations are warned of, as the Pulumi CLI does, and stay
 * noted; all other operations are simply done again.
 */
export async function settleInterrupted(
  pass: Pass,
  store: StateStore,
  recorder: Recorder,
  loader: ProviderLoader,
): Promise<Interrupted> {
  const sorted = await sort(pass, store, loader);
  const resources = await readAgain(pass, sorted.touched, recorder);
  if (sorted.unknown.length > 0) {
    const urns = sorted.unknown.map(({ resource }) => `  ${resource.urn}`).join("\n");
    pass.reporter.diagnostic(
      "warning",
      `An earlier run was interrupted while it created these, and may have left them without anybody knowing:\n${urns}`,
    );
  }
  if (!pass.dryRun && sorted.settled.length > 0) await store.commit({ end: sorted.settled });
  return { begun: new Begun(sorted.begun), resources };
}

async function sort(pass: Pass, store: StateStore, loader: ProviderLoader): Promise<Sorted> {
  const sorted: Sorted = { begun: [], unknown: [], touched: [], settled: [] };
  for (const operation of store.pendingOperations) {
    const { resource, type } = operation;
    const resumes = await canResume(pass, resource, loader);
    if (type === "creating" && resource.custom && !isProviderType(resource.type)) {
      sorted[resumes && resource.created !== undefined ? "begun" : "unknown"].push(operation);
      continue;
    }
    sorted.settled.push(operation);
    if (!resumes || !["updating", "deleting"].includes(type)) continue;
    sorted.touched.push(
      ...pass.prior.resources.filter(({ urn, id }) => urn === resource.urn && (!resource.id || id === resource.id)),
    );
  }
  return sorted;
}

/** Whether the resource's provider, which may not be there any more, says that it can resume. */
async function canResume(pass: Pass, { custom, provider }: ResourceState, loader: ProviderLoader): Promise<boolean> {
  if (!custom || provider === undefined) return false;
  const { urn, id } = parseReference(provider);
  const state = pass.prior.resources.find((one) => one.urn === urn && one.id === id);
  const packageName = providerPackage(urnType(urn));
  if (state === undefined || packageName === "pulumi") return false;
  const version = typeof state.inputs?.version === "string" ? state.inputs.version : undefined;
  return loader.load(packageName, version, urn).then(
    (loaded) => loaded.resumes,
    () => false,
  );
}

/** A refresh of these resources alone. Returns all resources of the state that are there. */
async function readAgain(pass: Pass, touched: ResourceState[], recorder: Recorder): Promise<ResourceState[]> {
  const steps = new Map<ResourceState, RefreshStep>();
  for (const resource of touched) steps.set(resource, refreshStep(pass, resource));
  await Promise.all([...steps.values()].map((step) => pass.execute([step])));
  return pass.hasErrors || steps.size === 0
    ? [...pass.prior.resources]
    : takeOverRefresh(pass.prior.resources, steps, recorder);
}

/** Deletes what an interrupted run may have created and the program does not want. False when something of it could not be deleted. */
export async function deleteLeft(pass: Pass, store: StateStore): Promise<boolean> {
  const results = await Promise.all(
    pass.begun.left().map(async (operation) => {
      const { resource } = operation;
      try {
        const provider = await pass.providerOf(resource);
        await provider.deleteBegun?.(resource.urn, resource.created ?? "", resource.inputs ?? {});
        await store.commit({ end: [operation] });
        return true;
      } catch (error) {
        pass.reporter.diagnostic("error", error instanceof Error ? error.message : String(error), resource.urn);
        return false;
      }
    }),
  );
  return results.every(Boolean);
}
