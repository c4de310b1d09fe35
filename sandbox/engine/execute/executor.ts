import type { Operation } from "../events";
import { ProviderError } from "../providers/types";
import type { Reporter } from "../report";
import type { ResourceState } from "../state/types";
import { sameProperties } from "../values/compare";
import { isSecret, secretOf } from "../values/inspect";
import { isUnchanged, type Recorder } from "./recorder";
import { InitError, type Step, subject } from "./step";

/** Lets at most `limit` tasks run at the same time, in the order of arrival. */
export class Slots {
  private free: number;
  private readonly waiting = new Set<() => void>();

  constructor(limit: number) {
    this.free = Math.max(1, limit);
  }

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.add(resolve));
    try {
      return await task();
    } finally {
      // A set keeps the order of arrival, and taking its first costs the same however many wait.
      const [next] = this.waiting;
      if (next === undefined) this.free += 1;
      else {
        this.waiting.delete(next);
        next();
      }
    }
  }
}

export interface ExecutorHost {
  readonly reporter: Reporter;
  readonly recorder: Recorder;
  readonly parallel: number;
  /** True once nothing new may be started. */
  stopped(): boolean;
  /** A step reached its state: remember it for look-ups, stack rules and outputs. */
  reached(step: Step): void;
  failed(step: Step): void;
  /** Whether the provider of the step's resource can tell later what has become of its operations. */
  resumes(step: Step): boolean;
}

/** Runs chains of steps; chains run side by side, the steps of one chain one after the other. */
export class Executor {
  private readonly slots: Slots;
  private readonly running = new Set<Promise<unknown>>();

  constructor(private readonly host: ExecutorHost) {
    this.slots = new Slots(host.parallel);
  }

  /** True when every step reached its state; a failing step ends the chain. */
  chain(steps: Step[]): Promise<boolean> {
    const done = this.slots.run(async () => {
      for (const step of steps) {
        if (this.host.stopped()) return false;
        if (!(await this.step(step))) return false;
      }
      return true;
    });
    this.running.add(done);
    void done.finally(() => this.running.delete(done)).catch(() => undefined);
    return done;
  }

  /** Resolves when no chain runs any more. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.allSettled([...this.running]);
  }

  private async step(step: Step): Promise<boolean> {
    const { reporter, recorder } = this.host;
    reporter.pre(step);
    let failure: unknown;
    try {
      await recorder.begin(step);
      await step.apply();
    } catch (error) {
      failure = error;
    }
    const exists = failure === undefined || failure instanceof InitError;
    if (exists && step.next !== undefined && step.op !== "replace") {
      step.next.outputs = markSecretOutputs(step.next, (message) => reporter.diagnostic("warning", message, step.urn));
      if (step.next.outputs === undefined) delete step.next.outputs;
      reporter.hide(step.next.outputs);
      // They are written into the state in the clear.
      if (step.next.initErrors?.length) step.next.initErrors = step.next.initErrors.map((text) => reporter.clean(text));
    }
    this.record(step, failure, exists);
    if (exists) this.host.reached(step);
    if (failure === undefined) this.reportDone(step);
    else this.reportFailure(step, failure);
    return failure === undefined;
  }

  private record(step: Step, failure: unknown, exists: boolean): void {
    // After a half-successful update the resource was not made with the new inputs, so the state keeps the old ones.
    if (failure instanceof InitError && step.op === "update" && step.next !== undefined)
      step.next.inputs = step.old?.inputs;
    if (step.op === "same" && step.old !== undefined && step.next !== undefined && isUnchanged(step.old, step.next)) {
      step.next = step.old;
    }
    // Where the provider can resume, a creation that it did not answer stays open.
    const isOpen = failure instanceof ProviderError && failure.unanswered && this.host.resumes(step);
    this.host.recorder.end(step, exists, isOpen);
  }

  private reportDone(step: Step): void {
    const { reporter } = this.host;
    const op = step.resultOp?.() ?? (step.op as Operation);
    const counted = step.op === "read" ? readChanged(step) : step.logical || step.resultOp !== undefined;
    reporter.done(step, op, counted);
    if (subject(step).custom || step.op === "delete" || step.resultOp !== undefined) reporter.outputs(step, op);
  }

  private reportFailure(step: Step, failure: unknown): void {
    const { reporter } = this.host;
    const message = failure instanceof Error ? failure.message : String(failure);
    if (failure instanceof ProviderError && failure.outcomeUnknown && step.pending !== undefined)
      reporter.maybeCorrupt = true;
    reporter.diagnostic("error", message, step.internal ? undefined : step.urn);
    reporter.failed(step, message);
    this.host.failed(step);
  }
}

/** A read counts only when it found something else than the last one. */
function readChanged(step: Step): boolean {
  return (
    step.old?.outputs !== undefined &&
    step.next?.outputs !== undefined &&
    !sameProperties(step.old.outputs, step.next.outputs)
  );
}

/** Outputs that were asked to be secret, and those that came in as a secret under the same name. */
function markSecretOutputs(state: ResourceState, warn: (message: string) => void): ResourceState["outputs"] {
  let outputs = state.outputs;
  const mark = (key: string): void => {
    const value = outputs?.[key];
    if (value !== undefined && !isSecret(value)) outputs = { ...outputs, [key]: secretOf(value) };
  };
  for (const key of state.additionalSecretOutputs ?? []) {
    if (key === "id") warn('The id of a resource cannot be made secret: take "id" out of additionalSecretOutputs.');
    else mark(key);
  }
  for (const [key, input] of Object.entries(state.inputs ?? {})) if (isSecret(input)) mark(key);
  return outputs;
}
