import type { Operation } from "../events";
import { providerDiff } from "../plan/diff";
import type { ReadResult } from "../providers/types";
import type { ResourceState } from "../state/types";
import { isProviderType, parseUrn } from "../urn";
import { sameProperties } from "../values/compare";
import { inverted } from "../values/detailed-diff";
import type { Step } from "./step";
import { isInternal, now, type StepContext } from "./steps";

/** A step of a refresh: `refreshed` is what was found, `undefined` when the resource is gone. */
export interface RefreshStep extends Step {
  readonly old: ResourceState;
  refreshed(): ResourceState | undefined;
}

/** Reads what has become of a resource. What is found is kept apart: the state takes it over when all are read. */
export function refreshStep(context: StepContext, old: ResourceState): RefreshStep {
  let result: Operation = "same";
  const step: RefreshStep = {
    op: "refresh",
    urn: old.urn,
    type: old.type,
    ...(old.provider === undefined ? {} : { provider: old.provider }),
    old,
    next: old,
    logical: false,
    internal: isInternal(old.urn),
    resultOp: () => result,
    refreshed: () => step.next,
    async apply() {
      if (!old.custom || isProviderType(old.type) || old.pendingReplacement) return;
      const found = await read(context, old);
      if (found === undefined) {
        result = "delete";
        delete step.next;
        return;
      }
      step.next = found;
      if (await changed(context, step, found)) result = "update";
    },
  };
  return step;
}

async function read(context: StepContext, old: ResourceState): Promise<ResourceState | undefined> {
  const { name, type } = parseUrn(old.urn);
  const provider = await context.providerOf(old);
  const result: ReadResult = await provider.read({
    urn: old.urn,
    name,
    type,
    id: old.id ?? "",
    inputs: old.inputs ?? {},
    state: old.outputs ?? {},
    timeoutSeconds: old.customTimeouts?.read ?? 0,
  });
  if (result.id === undefined || result.outputs === undefined) return undefined;
  if (result.initErrors.length > 0) {
    context.warn(old.urn, `Refreshed resource is in an unhealthy state:\n* ${result.initErrors.join("\n* ")}`);
  }
  const found: ResourceState = {
    ...old,
    id: result.id,
    inputs: result.inputs ?? old.inputs ?? {},
    outputs: result.outputs,
  };
  delete found.initErrors;
  delete found.refreshBeforeUpdate;
  if (result.initErrors.length > 0) found.initErrors = result.initErrors;
  if (result.refreshBeforeUpdate) found.refreshBeforeUpdate = true;
  if (!sameProperties(found.inputs, old.inputs) || !sameProperties(found.outputs, old.outputs)) found.modified = now();
  return found;
}

/** Whether a program that wants what it wanted before would now change something. Told the other way round: from the program's world to the real one. */
async function changed(context: StepContext, step: RefreshStep, found: ResourceState): Promise<boolean> {
  const { old } = step;
  if (old.external) return !sameProperties(old.outputs, found.outputs);
  const diff = await providerDiff(await context.providerOf(old), {
    resource: found,
    oldInputs: found.inputs ?? {},
    oldOutputs: found.outputs ?? {},
    newInputs: old.inputs ?? {},
    ignoreChanges: old.ignoreChanges ?? [],
    allowUnknowns: context.dryRun,
  });
  if (diff.changedKeys.length > 0) step.diffs = diff.changedKeys;
  if (diff.detailedDiff !== undefined) step.detailedDiff = inverted(diff.detailedDiff);
  return diff.changes === "some";
}
