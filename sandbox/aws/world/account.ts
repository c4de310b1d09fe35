import type { Context, Effects, TypeEntry, Wait } from "../types/entry";
import { fillOutputs } from "../types/outputs";
import { evaluate } from "../types/templates";
import { assemble, effectChanges, recordOf } from "./changes";
import { checkQuotas, checkUnique, type Found, iamWaits, resolveReferences, waitForHolders } from "./checks";
import { Clock } from "./clock";
import { type Doing, makeContext, type Subject } from "./context";
import { type FaultOperation, type FaultSource, faultsFor, type InjectedFault } from "./faults";
import { Identifiers } from "./ids";
import type { Change, OperationRecord, Properties, Remains, WorldResource } from "./model";
import { sealAll } from "./seal";
import type { WorldStore } from "./store";
import { StoreView } from "./view";

export type { Subject } from "./context";

export interface Settled {
  resource: WorldResource;
  /** The call was carried out, and the answer to it was lost. */
  lost?: boolean;
  /** The resource exists but did not become ready. */
  failure?: string[];
}

/** What carries out operations on one simulated account. Each operation is one entry of the journal. */
export class Account {
  clock: Clock;
  readonly view: StoreView;
  private begun = false;
  private injectedFaults: InjectedFault[] = [];

  constructor(
    private readonly store: WorldStore,
    private readonly partition: (region: string) => string,
    private readonly faults: FaultSource,
    assumedPrincipals: ReadonlySet<string> = new Set(),
  ) {
    this.clock = new Clock(store.data);
    this.view = new StoreView(store, assumedPrincipals);
  }

  get id(): string {
    return this.store.data.accountId;
  }

  get seed(): string {
    return this.store.data.seed;
  }

  /** What the next operations do is a new run: its clock begins where the last one ended. The first operation of a process begins one by itself. */
  beginRun(): void {
    this.clock = new Clock(this.store.data);
    this.begun = false;
    this.injectedFaults = [];
  }

  /** What the plan of faults has done in this run. */
  faultsInjected(): readonly InjectedFault[] {
    return this.injectedFaults;
  }

  /** Operations of this run. */
  records(): OperationRecord[] {
    return this.begun ? this.store.data.records : [];
  }

  remains(): Remains[] {
    return this.store.data.remains;
  }

  all(): WorldResource[] {
    return Object.values(this.store.data.resources);
  }

  lookup(entry: TypeEntry, region: string, id: string): WorldResource | undefined {
    return this.view.byKey(keyOf(entry, region, id));
  }

  /** What the creation with this mark has made, if it is still there. */
  createdBy({ entry, urn }: Subject, creation: string): WorldResource | undefined {
    // Whoever was never made need not be looked for among many.
    if (this.store.data.counters[`made ${urn}`] === undefined) return undefined;
    const isMeant = (one: WorldResource) => one.urn === urn && one.creation === creation;
    return this.view.resources(entry.keptAs ?? entry.type).find(isMeant);
  }

  /** `creation`: its mark, by which it is found again. `secrets`: texts that must not be written to disk. */
  create(subject: Subject, inputs: Properties, secrets: string[] = [], creation?: string): Settled {
    const { entry, urn } = subject;
    const count = (this.store.data.counters[`made ${urn}`] ?? 0) + 1;
    const context = this.context(subject, inputs, `${urn}\n${count}`, "creating");
    const found = this.place(entry, context);
    checkUnique(entry, context);
    checkQuotas(entry, context);
    const waits = this.checked(entry, context, "create");
    context.id = String(evaluate(entry.id, context));
    const resource = this.assemble(subject, context, inputs, found);
    if (this.view.byKey(resource.key) !== undefined && entry.settings !== true) {
      context.refuse({
        code: "ResourceAlreadyExists",
        message: `${entry.label} ${context.id} already exists`,
        status: 409,
      });
    }
    const effects = entry.onCreate?.(context, resource) ?? {};
    const span = spanOf(context.now, [...waits.spent, ...(effects.waits ?? [])], entry.seconds.create);
    resource.created = span;
    if (creation !== undefined) resource.creation = creation;
    if (effects.failure !== undefined) resource.unready = true;
    this.commit([
      { do: "count", name: `made ${urn}`, value: count },
      { do: "put", resource: this.sealed(resource, secrets) },
      ...effectChanges(effects, resource),
      recordOf("create", resource, urn, span, this.urnsOf(found), [...waits.spent, ...(effects.waits ?? [])]),
    ]);
    return settle(resource, waits.lost, effects);
  }

  update(subject: Subject, id: string, inputs: Properties, secrets: string[] = []): Settled {
    const { entry, urn } = subject;
    const old = this.existing(subject, id);
    const context = this.context(
      subject,
      inputs,
      `${urn}\n${this.store.data.counters[`made ${urn}`] ?? 0}`,
      "updating",
      old,
    );
    const found = this.place(entry, context);
    checkUnique(entry, context);
    const waits = this.checked(entry, context, "update");
    const resource = this.assemble(subject, context, inputs, found, old);
    const effects = entry.onUpdate?.(context, resource) ?? {};
    const span = spanOf(context.now, [...waits.spent, ...(effects.waits ?? [])], entry.seconds.update ?? 1);
    resource.created = old.created;
    resource.updated = span;
    if (old.creation !== undefined) resource.creation = old.creation;
    if (effects.failure !== undefined) resource.unready = true;
    this.commit([
      { do: "put", resource: this.sealed(resource, secrets) },
      ...effectChanges(effects, resource),
      recordOf("update", resource, urn, span, this.urnsOf(found), [...waits.spent, ...(effects.waits ?? [])]),
    ]);
    return settle(resource, waits.lost, effects);
  }

  /** Deleting what does not exist is a success, as in the provider. `outside`: no operation of a run, but of somebody else. */
  delete(subject: Subject, id: string, outside = false): { lost: boolean } {
    const { entry, urn } = subject;
    const resource = this.lookup(entry, subject.region, id);
    if (resource === undefined) return { lost: false };
    const context = this.context(subject, resource.inputs, `${urn}\ndeletion`, "deleting", resource);
    const after = this.clock.deletedReferrers(resource.key);
    context.now = Math.max(
      context.now,
      resource.updated?.end ?? 0,
      resource.created.end,
      ...after.map((one) => one.end),
    );
    if (entry.stays?.(resource) === true) {
      const { urn: _urn, ...kept } = resource;
      this.commit([{ do: "put", resource: kept }]);
      return { lost: false };
    }
    entry.deletable?.(context, resource);
    const waits: Wait[] = waitForHolders(entry, context, resource);
    const faults = this.faulty(context, entry, "delete");
    waits.push(...faults.waits);
    const effects = entry.onDelete?.({ ...context, now: context.now + seconds(waits) }, resource) ?? {};
    waits.push(...(effects.waits ?? []));
    const span = spanOf(context.now, waits, entry.seconds.delete);
    const owned = this.view.referrers(resource.key).filter((one) => one.owner === resource.key);
    const changes: Change[] = [
      ...owned.map((one): Change => ({ do: "drop", key: one.key })),
      { do: "drop", key: resource.key },
      ...effectChanges(effects, resource),
    ];
    if (outside) {
      this.intervene(changes);
      return { lost: false };
    }
    const names = after.map((one) => one.urn);
    this.commit([...changes, { do: "sweep", now: span.end }, recordOf("delete", resource, urn, span, names, waits)]);
    this.clock.deleted(resource, urn, span.end);
    return { lost: faults.lost };
  }

  /** The resource as it is, or undefined. */
  read(subject: Subject, id: string): WorldResource | undefined {
    const context = this.context(subject, {}, `${subject.urn}\nread`, "reading");
    this.faulty(context, subject.entry, "read");
    return this.lookup(subject.entry, subject.region, id);
  }

  /** Changes that no operation of a stack makes: what happens behind its back. */
  intervene(changes: Change[]): void {
    this.store.commit(changes);
  }

  private existing(subject: Subject, id: string): WorldResource {
    const resource = this.lookup(subject.entry, subject.region, id);
    if (resource !== undefined) return resource;
    const context = this.context(subject, {}, `${subject.urn}\n${id}`, "updating");
    context.id = id;
    return context.refuse({
      code: "ResourceNotFoundException",
      message: `${subject.entry.label} ${id} does not exist`,
      status: 404,
    });
  }

  private context(subject: Subject, inputs: Properties, ids: string, doing: Doing, old?: WorldResource): Context {
    const setting = {
      account: this.id,
      partition: this.partition(subject.region),
      world: this.view,
      ids: new Identifiers(this.store.data.seed, ids),
      now: this.clock.runStart,
    };
    return makeContext(subject, setting, inputs, doing, old);
  }

  /** Resolves references and puts the operation after what it names on the virtual clock. */
  private place(entry: TypeEntry, context: Context): Found[] {
    const found = resolveReferences(entry, context);
    const ends = found.map(({ resource }) => Math.max(resource.created.end, resource.updated?.end ?? 0));
    context.now = Math.max(context.now, ...ends);
    return found;
  }

  /** What AWS made by itself with a resource, such as a cluster's security group, is there when that resource is. */
  private urnsOf(found: Found[]): string[] {
    const urns = found.map(({ resource }) => resource.urn ?? this.view.byKey(resource.owner ?? "")?.urn);
    return [...new Set(urns.filter((urn) => urn !== undefined))];
  }

  private checked(entry: TypeEntry, context: Context, operation: FaultOperation): { spent: Wait[]; lost: boolean } {
    const spent = [...iamWaits(entry, context), ...(entry.rules?.(context) ?? [])];
    const faults = this.faulty(context, entry, operation);
    return { spent: [...spent, ...faults.waits], lost: faults.lost };
  }

  private faulty(context: Context, entry: TypeEntry, operation: FaultOperation) {
    const hit = faultsFor(this.faults, entry.type, operation, context.urn);
    this.injectedFaults.push(...hit.injected);
    if (hit.error !== undefined) context.refuse(hit.error);
    return hit;
  }

  private assemble(
    subject: Subject,
    context: Context,
    inputs: Properties,
    found: Found[],
    old?: WorldResource,
  ): WorldResource {
    const { entry, urn, region } = subject;
    return assemble({
      key: keyOf(entry, region, context.id),
      type: entry.keptAs ?? entry.type,
      id: context.id,
      region: entry.global === true ? "global" : region,
      urn,
      inputs,
      outputs: fillOutputs(entry, context, inputs, old),
      found,
    });
  }

  private sealed(resource: WorldResource, secrets: string[]): WorldResource {
    const { seed } = this.store.data;
    return {
      ...resource,
      inputs: sealAll(resource.inputs, secrets, seed),
      outputs: sealAll(resource.outputs, secrets, seed),
    };
  }

  private commit(changes: Change[]): void {
    const begin: Change[] = this.begun ? [] : [{ do: "begin", at: this.clock.runStart }];
    this.store.commit([...begin, ...changes]);
    this.begun = true;
  }
}

export function keyOf(entry: TypeEntry, region: string, id: string): string {
  return `${entry.keptAs ?? entry.type}|${entry.global === true ? "global" : region}|${id}`;
}

function settle(resource: WorldResource, lost: boolean, effects: Effects): Settled {
  return {
    resource,
    ...(lost ? { lost: true } : {}),
    ...(effects.failure === undefined ? {} : { failure: effects.failure }),
  };
}

const seconds = (waits: { seconds: number }[]): number => waits.reduce((sum, wait) => sum + wait.seconds, 0);

const spanOf = (start: number, waits: Wait[], own: number) => ({ start, end: start + seconds(waits) + own });
