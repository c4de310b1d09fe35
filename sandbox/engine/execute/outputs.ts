import type { HookKind } from "../plan/goal";
import type { Reporter } from "../report";
import type { PropertyMap, ResourceState } from "../state/types";
import { rootStackType } from "../urn";
import { sameProperties } from "../values/compare";
import type { Recorder } from "./recorder";
import type { Step } from "./step";
import type { HookSubject } from "./steps";

export interface OutputsHost {
  readonly reporter: Reporter;
  readonly recorder: Recorder;
  runHooks(names: string[], kind: HookKind, subject: HookSubject): Promise<void>;
  hookFailedAfter(urn: string, error: unknown): void;
}

/** The outputs of components and of the stack, which come after their registration. */
export class ComponentOutputs {
  private readonly open = new Map<string, Step>();
  private stackStep: Step | undefined;
  private ofStack: PropertyMap | undefined;

  constructor(private readonly host: OutputsHost) {}

  /** A component was registered. */
  expect(step: Step, component: ResourceState): void {
    if (component.type === rootStackType) this.stackStep = step;
    else this.open.set(component.urn, step);
  }

  register(urn: string, outputs: PropertyMap): void {
    if (urn === this.stackStep?.urn) {
      this.ofStack = outputs;
      return;
    }
    const step = this.open.get(urn);
    if (step?.next === undefined) throw new Error(`outputs of ${urn} come though it waits for none`);
    this.open.delete(urn);
    this.complete(step, step.next, outputs);
    this.runHooks(step, step.next, outputs);
  }

  private runHooks({ urn, op }: Step, state: ResourceState, outputs: PropertyMap): void {
    if (op !== "create" && op !== "update") return;
    const kind = op === "create" ? "AfterCreate" : "AfterUpdate";
    const names = state.resourceHooks?.[kind] ?? [];
    if (names.length === 0) return;
    const subject = { urn, newInputs: state.inputs ?? {}, newOutputs: outputs };
    void this.host.runHooks(names, kind, subject).catch((error: unknown) => this.host.hookFailedAfter(urn, error));
  }

  private complete(step: Step, state: ResourceState, outputs: PropertyMap): void {
    this.host.reporter.hide(outputs);
    if (!sameProperties(state.outputs, outputs)) {
      state.outputs = outputs;
      this.host.recorder.outputsChanged(state);
    }
    this.host.reporter.outputs(step, step.op === "remove-pending-replace" ? "same" : step.op);
  }

  /** The stack gets its outputs: the new ones after a success; after a failure those that came, beside the old ones. */
  finishStack(hasFailed: boolean, old: (urn: string) => PropertyMap | undefined): void {
    const step = this.stackStep;
    if (step?.next === undefined || this.ofStack === undefined) return;
    this.complete(step, step.next, hasFailed ? { ...old(step.urn), ...this.ofStack } : this.ofStack);
  }
}
