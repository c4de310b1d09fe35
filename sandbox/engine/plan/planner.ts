import { createHash } from "node:crypto";
import type { Step } from "../execute/step";
import {
  createStep,
  type DiffDetails,
  deleteStep,
  forgetStep,
  importStep,
  readStep,
  replaceStep,
  type StepContext,
  sameStep,
  updateStep,
} from "../execute/steps";
import { declaredAt } from "../monitor/source-position";
import type { PolicyHost, PolicyResource } from "../policy/types";
import type { DiffResult, Provider } from "../providers/types";
import type { Reporter } from "../report";
import type { PropertyMap, ResourceState } from "../state/types";
import { isProviderType, parseReference, rootStackType } from "../urn";
import { sameProperties } from "../values/compare";
import { type Claim, Claims } from "./claims";
import { dependentReplacements } from "./dependents";
import { availableDiff, isReplacing, noChanges, replacedBecause, withIgnored, withReplaceOnChanges } from "./diff";
import { compacted, type Goal, type ReadGoal, type RegisterResult, stateOf } from "./goal";
import { checkedInputs, isRefused, managerOf, policyResource, remediatedInputs } from "./judge";
import type { Prior } from "./prior";
import { Reported } from "./reported";

export interface PlannerHost extends StepContext {
  readonly stack: string;
  readonly project: string;
  readonly prior: Prior;
  /** Differs between states, is the same for the same state. */
  readonly seed: string;
  readonly policies: Promise<PolicyHost | undefined>;
  readonly reporter: Reporter;
  /** Whether a changed provider makes its resources new ones. */
  providerReplaces(oldReference: string, newReference: string): Promise<boolean>;
  /** Something whose end the pass waits for before it ends. */
  besides(work: Promise<unknown>, urn: string): void;
  /** Carries the steps out, one after the other; false when one failed. */
  execute(steps: Step[]): Promise<boolean>;
}

interface Registration {
  goal: Goal;
  claim: Claim;
  next: ResourceState;
  provider: Provider | undefined;
}

/** Decides what is done with each resource that the program registers, and what with those that it does not. */
export class Planner {
  readonly claims: Claims;
  readonly goals = new Map<string, Goal>();
  /** Provider resources of this pass. */
  readonly providers = new Map<string, ResourceState>();
  /** URNs with a step of their own in this pass. */
  private readonly operated = new Set<string>();
  private readonly replaced = new Set<string>();
  private readonly deleted = new Set<string>();
  private readonly deletedStates = new Set<ResourceState>();
  private readonly dependentKeys = new Map<string, string[]>();

  constructor(private readonly host: PlannerHost) {
    this.claims = new Claims(host.stack, host.project, host.prior);
  }

  isDeleted(urn: string): boolean {
    return this.deleted.has(urn);
  }

  async register(goal: Goal): Promise<RegisterResult> {
    const claim = this.claims.claim(goal);
    this.refuseProblems(goal, claim);
    const next = stateOf(goal, claim.urn, claim.old, claim.alias);
    this.host.reporter.hide(goal.inputs);
    this.goals.set(claim.urn, goal);
    this.host.reporter.declared(claim.urn, declaredAt(goal));
    if (isProviderType(goal.type)) {
      this.providers.set(claim.urn, next);
      if (claim.alias !== undefined) this.providers.set(claim.alias, next);
    }
    const provider = goal.custom ? await this.host.providerOf(next) : undefined;
    const registration: Registration = { goal, claim, next, provider };
    if (this.isImport(goal, claim.old)) return this.import(registration);
    return this.settle(registration, false);
  }

  async read(goal: ReadGoal): Promise<ResourceState> {
    const claim = this.claims.claim({ ...goal, aliases: [] });
    this.refuseProblems(goal, claim);
    if (goal.id === "") throw new Error(`${claim.urn} is read but has no id`);
    const { old, urn } = claim;
    const next = compacted({
      urn,
      custom: true,
      id: goal.id,
      type: goal.type,
      inputs: goal.properties,
      outputs: {},
      parent: goal.parent,
      external: true,
      dependencies: goal.dependencies,
      provider: goal.provider,
      ...(goal.additionalSecretOutputs.length === 0 ? {} : { additionalSecretOutputs: goal.additionalSecretOutputs }),
      sourcePosition: goal.sourcePosition,
      stackTrace: goal.stackTrace,
    });
    const replacing = old !== undefined && !old.external && old.id !== goal.id;
    this.operated.add(urn);
    if (replacing) this.replaced.add(urn);
    const step = readStep(this.host, next, old, replacing);
    const done = await this.host.execute(replacing && old !== undefined ? [step, replaceStep(old, next, {})] : [step]);
    if (!done) throw new Reported();
    return step.next ?? next;
  }

  /** Steps for everything of the last state that the program does not want any more. */
  deletions(): Step[] {
    const steps: Step[] = [];
    for (const old of this.host.prior.resources) {
      if (old.delete) {
        if (this.deletedStates.has(old)) continue;
        this.deleted.add(old.urn);
        steps.push(deleteStep(this.host, old, { replacing: true }));
      } else if (!this.operated.has(this.claims.successor(old.urn) ?? old.urn)) {
        this.deleted.add(old.urn);
        steps.push(old.pendingReplacement ? forgetStep(old) : deleteStep(this.host, old, { replacing: false }));
      }
    }
    return steps;
  }

  private refuseProblems({ type, name }: { type: string; name: string }, claim: Claim): void {
    if (claim.problems.length === 0) return;
    for (const problem of claim.problems) {
      this.host.reporter.diagnostic("error", `${type} ${JSON.stringify(name)}: ${problem}`, claim.urn);
    }
    throw new Reported();
  }

  private isImport(goal: Goal, old: ResourceState | undefined): boolean {
    if (!goal.custom || goal.importId === "") return false;
    return old === undefined || old.external === true || (old.importID || old.id) !== goal.importId;
  }

  private async import(registration: Registration): Promise<RegisterResult> {
    const { goal, claim, next } = registration;
    const { urn, old } = claim;
    this.operated.add(urn);
    const replaces = old !== undefined && !this.deleted.has(urn);
    const step = importStep(this.host, next, replaces ? old : undefined);
    const steps = replaces ? [step, replaceStep(old, next, {})] : [step];
    if (!(await this.host.execute(steps))) throw new Reported();
    const imported = step.next ?? next;
    const wanted = stateOf(goal, urn, imported, claim.alias);
    if (imported.importID !== undefined) wanted.importID = imported.importID;
    return this.settle({ ...registration, claim: { ...claim, old: imported }, next: wanted }, true);
  }

  /** From the wish to the steps and their result. */
  private async settle(registration: Registration, imported: boolean): Promise<RegisterResult> {
    const { claim, goal } = registration;
    const next = await this.accepted(registration);
    const steps = await this.stepsFor({ ...registration, next }, imported);
    if (steps.length === 0) return { state: claim.old ?? next, result: "success" };
    this.operated.add(claim.urn);
    if (!(await this.host.execute(steps))) throw new Reported();
    const final = steps.find((step) => step.urn === claim.urn && step.next !== undefined && step.op !== "replace");
    const state = final?.next ?? next;
    if (isProviderType(goal.type)) this.providers.set(claim.urn, state);
    return { state, result: "success" };
  }

  /** The wished state with inputs that the provider has completed and the policies have passed. */
  private async accepted({ goal, claim, next, provider }: Registration): Promise<ResourceState> {
    const { old } = claim;
    const { reporter } = this.host;
    let valid = true;
    next.inputs = old === undefined ? goal.inputs : this.ignored(goal, claim.urn, old.inputs ?? {});
    if (provider !== undefined) {
      const isNew = old === undefined || old.external === true || this.deleted.has(claim.urn);
      const inputs = isNew
        ? { olds: this.begunInputs(claim.urn), news: goal.inputs }
        : { olds: old.inputs ?? {}, news: next.inputs };
      const checked = await this.check(provider, next, inputs, old);
      if (checked === undefined) valid = false;
      else next.inputs = checked;
    }
    reporter.hide(next.inputs);
    if (!(await this.passesPolicies(goal, next))) valid = false;
    if (!valid) throw new Reported();
    return next;
  }

  /** False when the update must not go on with the resource. A preview goes on in any case, and does not wait, to show what else is wrong. */
  private async passesPolicies(goal: Goal, next: ResourceState): Promise<boolean> {
    const { reporter, dryRun } = this.host;
    // The stack itself is nothing but a name, and comes while the packs still start.
    if (next.type === rootStackType) {
      this.host.besides(
        this.host.policies.then((packs) => packs && isRefused(packs, this.policyResource(goal, next), reporter)),
        next.urn,
      );
      return true;
    }
    const policies = await this.host.policies;
    if (policies === undefined) return true;
    next.inputs = await remediatedInputs(policies, this.policyResource(goal, next), reporter);
    const refused = isRefused(policies, this.policyResource(goal, next), reporter);
    if (!dryRun) return !(await refused);
    this.host.besides(refused, next.urn);
    return true;
  }

  private policyResource(goal: Goal, state: ResourceState): PolicyResource {
    return policyResource(state, state.inputs ?? {}, goal, (reference) =>
      managerOf(reference, this.providers, this.host.prior.live),
    );
  }

  private ignored(goal: Goal, urn: string, old: PropertyMap): PropertyMap {
    return withIgnored(goal.inputs, old, goal.ignoreChanges, (message) =>
      this.host.reporter.diagnostic("info", message, urn),
    );
  }

  /** Names that were made for a creation which was begun are made again. */
  private begunInputs(urn: string): PropertyMap {
    return this.host.begun.inputsOf(urn) ?? {};
  }

  private check(
    provider: Provider,
    state: ResourceState,
    inputs: { olds: PropertyMap; news: PropertyMap },
    old: ResourceState | undefined,
  ): Promise<PropertyMap | undefined> {
    const { dryRun, reporter, seed } = this.host;
    // Names are made from the seed: the update makes those that the preview has shown.
    const randomSeed = createHash("sha256")
      .update([seed, state.urn, old?.id ?? ""].join("\n"))
      .digest();
    return checkedInputs(provider, state, inputs, { dryRun, randomSeed, reporter });
  }

  private async stepsFor(registration: Registration, imported: boolean): Promise<Step[]> {
    const { claim, next } = registration;
    const { urn, old } = claim;
    if (old === undefined) return [createStep(this.host, next)];
    if (this.deleted.has(urn)) return this.recreate(urn, old, next);
    if (old.external) {
      return [createStep(this.host, next, { old, keepsOld: true, details: {} }), replaceStep(old, next, {})];
    }
    const diff = await this.diff(registration, old);
    // Meanwhile the deletion of something that it needs may have taken it along.
    if (this.deleted.has(urn)) return this.recreate(urn, old, next);
    if (diff.changes === "some" || old.pendingReplacement) {
      if (isReplacing(diff) || old.pendingReplacement) return this.replace(registration, old, diff);
      return [updateStep(this.host, old, next, detailsOf(diff))];
    }
    if ((old.initErrors ?? []).length > 0) return [updateStep(this.host, old, next, detailsOf(diff))];
    return imported ? [] : [sameStep(this.host, old, next)];
  }

  /** The resource was deleted together with one that it needs, so it has to come back. */
  private recreate(urn: string, old: ResourceState, next: ResourceState): Step[] {
    this.deleted.delete(urn);
    this.replaced.add(urn);
    const keys = this.dependentKeys.get(urn) ?? [];
    return [replaceStep(old, next, {}), createStep(this.host, next, { old, keepsOld: false, details: { keys } })];
  }

  private async diff({ goal, claim, next, provider }: Registration, old: ResourceState): Promise<DiffResult> {
    const hasInitErrors = (old.initErrors ?? []).length > 0;
    if (next.deletedWith !== undefined && this.replaced.has(next.deletedWith)) return replacedBecause("deletedWith");
    if (await this.providerChanged(old, next)) return replacedBecause("provider");
    if (provider === undefined) {
      return sameProperties(old.inputs, next.inputs) ? noChanges : { ...noChanges, changes: "some" };
    }
    const diff = await availableDiff(
      provider,
      {
        resource: { ...old, urn: claim.urn },
        oldInputs: old.inputs ?? {},
        oldOutputs: old.outputs ?? {},
        newInputs: next.inputs ?? {},
        ignoreChanges: goal.ignoreChanges,
        allowUnknowns: this.host.dryRun,
      },
      (message) => this.host.reporter.diagnostic("warning", message, claim.urn),
    );
    return withReplaceOnChanges(diff, goal.replaceOnChanges, hasInitErrors);
  }

  private async providerChanged(old: ResourceState, next: ResourceState): Promise<boolean> {
    const before = old.provider ?? "";
    const now = next.provider ?? "";
    if (before === now) return false;
    if (before === "" || now === "") return true;
    if (this.claims.successor(parseReference(before).urn) === parseReference(now).urn) return false;
    return this.host.providerReplaces(before, now);
  }

  private async replace(registration: Registration, old: ResourceState, diff: DiffResult): Promise<Step[]> {
    const { goal, claim, next, provider } = registration;
    const { urn } = claim;
    this.refuseReplacement(goal, urn, old, next);
    this.replaced.add(urn);
    if (provider !== undefined) {
      // What the old one was given by default must not be carried over: two cannot have the same name.
      const inputs = await this.check(provider, next, { olds: this.begunInputs(urn), news: goal.inputs }, old);
      if (inputs === undefined) throw new Reported();
      next.inputs = inputs;
    }
    const details = detailsOf(diff);
    const deleteFirst = goal.deleteBeforeReplace ?? diff.deleteBeforeReplace;
    if (!deleteFirst) {
      return [createStep(this.host, next, { old, keepsOld: true, details }), replaceStep(old, next, details)];
    }
    const steps = await this.deletedFirst(urn, old);
    steps.push(replaceStep(old, next, details), createStep(this.host, next, { old, keepsOld: false, details }));
    return steps;
  }

  private refuseReplacement(goal: Goal, urn: string, old: ResourceState, next: ResourceState): void {
    const { reporter, dryRun } = this.host;
    if (next.protect && old.protect) {
      reporter.diagnostic(
        "error",
        `${urn} would have to be replaced, which deletes it, and it is protected. Take \`protect\` from it first.`,
        urn,
      );
      if (!dryRun) throw new Reported();
    }
    if (goal.importId !== "") {
      const message =
        "a resource that was imported would be replaced, which gives it another id than its `import` names; take `import` out of the program";
      if (!dryRun) throw new Error(message);
      reporter.diagnostic("warning", message, urn);
    }
  }

  /** Steps that delete a resource, after everything that cannot live without it. */
  private async deletedFirst(urn: string, old: ResourceState): Promise<Step[]> {
    const isRegistered = (other: string): boolean => other !== old.urn && this.claims.all.has(other);
    const dependents = await dependentReplacements(this.host.prior, old, isRegistered, (state) =>
      this.host.providerOf(state),
    );
    const steps: Step[] = [];
    for (const { resource, keys } of dependents.reverse()) {
      if (this.deletedStates.has(resource)) continue;
      this.dependentKeys.set(resource.urn, keys);
      if (resource.protect && !resource.delete) {
        this.host.reporter.diagnostic(
          "error",
          `${resource.urn} would have to be replaced together with ${urn}, which deletes it, and it is protected. Take \`protect\` from it first.`,
          urn,
        );
        throw new Reported();
      }
      steps.push(deleteStep(this.host, resource, { replacing: true, pendingReplacement: resource.delete !== true }));
      this.deleted.add(resource.urn);
      this.deletedStates.add(resource);
    }
    if (!old.pendingReplacement) {
      this.deleted.add(old.urn);
      steps.push(deleteStep(this.host, old, { replacing: true, pendingReplacement: true }));
    }
    return steps;
  }
}

const detailsOf = (diff: DiffResult): DiffDetails => ({
  ...(diff.replaceKeys.length === 0 ? {} : { keys: diff.replaceKeys }),
  ...(diff.changedKeys.length === 0 ? {} : { diffs: diff.changedKeys }),
  ...(diff.detailedDiff === undefined ? {} : { detailedDiff: diff.detailedDiff }),
});
