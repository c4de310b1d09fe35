import * as fc from "fast-check";
import type { OperationType, PendingOperation, ResourceState, StateChange } from "../../../sandbox/engine/state/types";
import { secretOf } from "../../../sandbox/engine/values/inspect";
import { namesOf, thing } from "./support";

/** A step of a run, its numbers taken modulo what there is to choose from. */
export interface Step {
  kind: "keep" | "create" | "update" | "delete" | "touch" | "abandon";
  pick: number;
  value: number;
  /** Waits for the disk before it goes on. */
  wait: boolean;
}

export const scripts: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom<Step["kind"]>("keep", "create", "update", "delete", "touch", "abandon"),
    pick: fc.nat(1000),
    value: fc.nat(1000),
    wait: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

/** What a state holds, for comparison: names, values and operations in their order. */
export interface Contents {
  resources: [string, unknown][];
  operations: [OperationType, string][];
}

export const contents = (resources: readonly ResourceState[], operations: readonly PendingOperation[]): Contents => ({
  resources: resources.map((resource) => [namesOf([resource])[0] ?? "", structuredClone(resource.inputs)]),
  operations: operations.map(({ type, resource }) => [type, namesOf([resource])[0] ?? ""]),
});

export const inputsOf = (value: number): Record<string, unknown> => ({ value, secret: secretOf(`planted-${value}`) });

/** Does to lists what the documentation of `StateChange` says, and nothing that has to do with a disk. */
export class Model {
  private readonly placed: ResourceState[] = [];
  private readonly gone = new Set<ResourceState>();
  private operations: PendingOperation[];

  constructor(
    private readonly base: readonly ResourceState[],
    operations: readonly PendingOperation[],
  ) {
    this.operations = [...operations];
  }

  apply(change: StateChange): void {
    for (const resource of change.remove ?? []) this.gone.add(resource);
    this.placed.push(...(change.add ?? []));
    for (const resource of change.keep ?? []) if (!this.placed.includes(resource)) this.placed.push(resource);
    this.operations = this.operations.filter((operation) => !change.end?.includes(operation));
    this.operations.push(...(change.begin ?? []));
  }

  resources(): ResourceState[] {
    const left = this.base.filter((resource) => !this.placed.includes(resource));
    return [...this.placed, ...left].filter((resource) => !this.gone.has(resource));
  }

  contents(): Contents {
    return contents(this.resources(), this.operations);
  }
}

let lastNumber = 0;

/** The changes of one step, made when they are due; a resource is changed right before the change that tells of it. */
export function changesOf(step: Step, resources: readonly ResourceState[]): (() => StateChange)[] {
  const resource = resources[step.pick % Math.max(resources.length, 1)];
  const began = (type: OperationType, subject: ResourceState): [PendingOperation, () => StateChange] => {
    const operation: PendingOperation = { resource: { ...subject }, type };
    return [operation, () => ({ begin: [operation] })];
  };
  if (step.kind === "create" || resource === undefined) {
    lastNumber += 1;
    const { parent: _parent, ...made }: ResourceState = thing(`t${lastNumber}`, { inputs: inputsOf(step.value) });
    const [operation, begin] = began("creating", made);
    return [begin, () => ({ end: [operation], add: [made] })];
  }
  if (step.kind === "keep") return [() => ({ keep: [resource] })];
  if (step.kind === "abandon") return [began("updating", resource)[1]];
  if (step.kind === "touch") {
    return [
      () => {
        resource.inputs = inputsOf(step.value);
        return { update: [resource] };
      },
    ];
  }
  const [operation, begin] = began(step.kind === "update" ? "updating" : "deleting", resource);
  const replacement = { ...resource, inputs: inputsOf(step.value) };
  return [
    begin,
    () => ({ end: [operation], remove: [resource], ...(step.kind === "update" ? { add: [replacement] } : {}) }),
  ];
}
