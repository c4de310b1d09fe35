import type { EngineEvent, Operation, PolicyFinding, RunSummary, Severity, StepMetadata } from "./events";
import { metadataOf, type Step } from "./execute/step";
import { isViolation } from "./policy/exemptions";
import type { SecretMask } from "./values/mask";

/** Everything that leaves the engine while a pass runs. Secret texts that it has seen are taken out of all messages. */
export class Reporter {
  readonly steps: StepMetadata[] = [];
  readonly findings: PolicyFinding[] = [];
  readonly changes: RunSummary["changes"] = {};
  /** An error was reported, so that the pass cannot count as succeeded. */
  errors = 0;
  mandatoryViolations = 0;
  /** An operation ended in a way that leaves open whether it was carried out. */
  maybeCorrupt = false;
  private readonly positions = new Map<Step, number>();
  /** Where resources are declared, by URN. */
  private readonly declarations = new Map<string, string>();
  private readonly started = new Map<Step, number>();

  constructor(
    private readonly onEvent: (event: EngineEvent) => void,
    private readonly planning: boolean,
    private readonly mask: SecretMask,
  ) {}

  emit(event: EngineEvent): void {
    this.onEvent(event);
  }

  /** Remembers the secrets inside, to keep them out of messages. */
  hide(value: unknown): void {
    this.mask.addSecrets(value);
  }

  clean(message: string): string {
    return this.mask.masked(message);
  }

  cleanValue<Value>(value: Value): Value {
    return this.mask.maskedValue(value);
  }

  diagnostic(
    severity: Severity,
    message: string,
    urn?: string,
    extra: { ephemeral?: boolean; streamId?: number } = {},
  ): void {
    if (severity === "error") this.errors += 1;
    this.relay(severity, message, urn, extra);
  }

  /** What a program, a pack or a provider has to say. An error among it fails nothing by itself, as with Pulumi: whoever says it also has to fail. */
  relay(
    severity: Severity,
    message: string,
    urn?: string,
    extra: { ephemeral?: boolean; streamId?: number } = {},
  ): void {
    this.emit({
      type: "diagnostic",
      severity,
      ...(urn === undefined || urn === "" ? {} : { urn }),
      message: this.clean(message),
      ...extra,
    });
  }

  /** Remembers where a resource is declared, for findings about it. */
  declared(urn: string, sourcePosition: string | undefined): void {
    if (sourcePosition !== undefined) this.declarations.set(urn, sourcePosition);
  }

  finding(finding: PolicyFinding): void {
    const sourcePosition = this.declarations.get(finding.urn);
    const cleaned = {
      ...finding,
      message: this.clean(finding.message),
      ...(sourcePosition === undefined ? {} : { sourcePosition }),
    };
    this.findings.push(cleaned);
    if (isViolation(finding)) this.mandatoryViolations += 1;
    this.emit({ type: "policy", finding: cleaned });
  }

  pre(step: Step): void {
    if (step.internal || step.op === "remove-pending-replace") return;
    const metadata = this.metadata(step, step.op);
    this.positions.set(step, this.steps.push(metadata) - 1);
    this.started.set(step, performance.now());
    this.emit({ type: "resource-pre", metadata, planning: this.planning });
  }

  /** The step is done. `op` differs from the step's own after a refresh; `counted` is false for what did not change anything. */
  done(step: Step, op: Operation, counted: boolean): void {
    if (step.internal) return;
    if (counted) this.changes[op] = (this.changes[op] ?? 0) + 1;
    this.remember(step, op);
  }

  outputs(step: Step, op: Operation): void {
    if (step.internal) return;
    this.emit({
      type: "resource-outputs",
      metadata: this.remember(step, op),
      planning: this.planning,
      durationSeconds: this.secondsOf(step),
    });
  }

  failed(step: Step, message: string): void {
    if (step.internal || step.op === "remove-pending-replace") return;
    this.emit({ type: "resource-failed", metadata: this.metadata(step, step.op), message: this.clean(message) });
  }

  private remember(step: Step, op: Operation): StepMetadata {
    const metadata = this.metadata(step, op);
    const position = this.positions.get(step);
    if (position !== undefined) this.steps[position] = metadata;
    return metadata;
  }

  /** A provider may have put a secret into another property, or into an id, without saying so. */
  private metadata(step: Step, op: Operation): StepMetadata {
    const metadata = metadataOf(step, op);
    for (const side of ["old", "new"] as const) {
      const snapshot = metadata[side];
      if (snapshot === undefined) continue;
      const { inputs, outputs, id } = snapshot;
      metadata[side] = {
        ...snapshot,
        inputs: this.cleanValue(inputs),
        ...(outputs === undefined ? {} : { outputs: this.cleanValue(outputs) }),
        ...(id === undefined ? {} : { id: this.clean(id) }),
      };
    }
    return metadata;
  }

  private secondsOf(step: Step): number {
    return (performance.now() - (this.started.get(step) ?? performance.now())) / 1000;
  }
}
