import { waitUntilVisible } from "../types/kit";
import type { Context, Effects, Reference, TypeEntry, Wait, WorldView } from "../types/entry";
import { awsError } from "../types/aws-error";
import { fillOutputs } from "../types/outputs";
import { evaluate, text, valuesAt } from "../types/templates";
import { Clock } from "./clock";
import { faultsFor, type FaultSource } from "./faults";
import { sealAll } from "./seal";
import { Identifiers } from "./ids";
import type { Change, OperationRecord, Properties, WorldResource } from "./model";
import type { WorldStore } from "./store";

export interface Subject {
  entry: TypeEntry;
  urn: string;
  name: string;
  region: string;
}

export interface Settled {
  resource: WorldResource;
  /** The call was carried out, and the answer to it was lost. */
  lost?: boolean;
  /** The resource exists but did not become ready. */
  failure?: string[];
}

/** Virtual time zero of every account, so that dates in outputs are the same in every run. */
const epoch = Date.UTC(2026, 0, 1);

/** What carries out operations on one simulated account. Each operation is one entry of the journal. */
export class Account {
  readonly clock: Clock;

  constructor(
    private readonly store: WorldStore,
    private readonly partition: (region: string) => string,
    private readonly faults: FaultSource,
  ) {
    this.clock = new Clock(store.data);
  }

  get id(): string {
    return this.store.data.accountId;
  }

  readonly view: WorldView = {
    resources: (type, region) =>
      Object.values(this.store.data.resources).filter(
        (resource) => resource.type === type && (region === undefined || resource.region === region),
      ),
    find: (types, value, by, region) => this.find(types, value, by, region),
    byKey: (key) => this.store.data.resources[key],
    referrers: (key) => Object.values(this.store.data.resources).filter((resource) => resource.refers.includes(key)),
    remains: (kind) => this.store.data.remains.filter((remains) => remains.kind === kind),
  };

  private find(types: string[], value: string, by: string[], region?: string): WorldResource | undefined {
    for (const type of types) {
      if (by.includes("id")) {
        const direct =
          this.store.data.resources[`${type}|${region ?? ""}|${value}`] ??
          this.store.data.resources[`${type}|global|${value}`];
        if (direct !== undefined) return direct;
      }
      for (const resource of this.view.resources(type)) {
        if (region !== undefined && resource.region !== region && resource.region !== "global") continue;
        if (by.some((output) => (output === "id" ? resource.id : resource.outputs[output]) === value)) return resource;
      }
    }
    return undefined;
  }

  lookup(entry: TypeEntry, region: string, id: string): WorldResource | undefined {
    return this.store.data.resources[keyOf(entry, region, id)];
  }

  /** `secrets`: texts that must not be written to disk. */
  create(subject: Subject, inputs: Properties, secrets: string[] = []): Settled {
    const { entry, urn } = subject;
    const count = (this.store.data.counters[`made ${urn}`] ?? 0) + 1;
    const ids = new Identifiers(this.store.data.seed, `${urn}\n${count}`);
    const context = this.context(subject, inputs, ids, "creating");
    const { found, after, waits } = this.resolve(context, entry.references ?? []);
    const began = Math.max(this.clock.runStart, ...after.map((resource) => resource.created.end));
    context.now = began;
    this.checkUnique(entry, context);
    this.checkQuotas(entry, context);
    waits.push(...this.iamWaits(context, entry), ...(entry.rules?.(context) ?? []));
    const faults = faultsFor(this.faults, entry.type, "create", urn);
    if (faults.error !== undefined) context.refuse(faults.error);
    waits.push(...faults.waits);
    context.id = String(evaluate(entry.id, context));
    const resource = this.assemble(subject, context, inputs, found);
    if (this.store.data.resources[resource.key] !== undefined && entry.settings !== true) {
      context.refuse({
        code: "ResourceAlreadyExists",
        message: `${entry.label} ${context.id} already exists`,
        status: 409,
      });
    }
    const effects = entry.onCreate?.(context, resource) ?? {};
    waits.push(...(effects.waits ?? []));
    const end = began + seconds(waits) + entry.seconds.create;
    resource.created = { start: began, end };
    const changes: Change[] = [
      { do: "count", name: `made ${urn}`, value: count },
      { do: "put", resource: this.sealed(resource, secrets) },
    ];
    changes.push(...this.effectChanges(effects, resource));
    changes.push(this.recordOf("create", resource, urn, { start: began, end }, after, waits));
    this.store.commit(changes);
    return {
      resource,
      ...(faults.lost ? { lost: true } : {}),
      ...(effects.failure === undefined ? {} : { failure: effects.failure }),
    };
  }

  update(subject: Subject, id: string, inputs: Properties, secrets: string[] = []): Settled {
    const { entry, urn } = subject;
    const old = this.existing(subject, id, "updating");
    const ids = new Identifiers(this.store.data.seed, `${urn}\n${this.store.data.counters[`made ${urn}`] ?? 0}`);
    const context = this.context(subject, inputs, ids, "updating", old);
    const { found, after, waits } = this.resolve(context, entry.references ?? []);
    const began = Math.max(this.clock.runStart, ...after.map((resource) => resource.created.end));
    context.now = began;
    waits.push(...this.iamWaits(context, entry), ...(entry.rules?.(context) ?? []));
    const faults = faultsFor(this.faults, entry.type, "update", urn);
    if (faults.error !== undefined) context.refuse(faults.error);
    waits.push(...faults.waits);
    const resource = this.assemble(subject, context, inputs, found, old);
    const effects = entry.onUpdate?.(context, resource) ?? {};
    waits.push(...(effects.waits ?? []));
    const end = began + seconds(waits) + (entry.seconds.update ?? 1);
    resource.created = old.created;
    resource.updated = { start: began, end };
    const changes: Change[] = [
      { do: "put", resource: this.sealed(resource, secrets) },
      ...this.effectChanges(effects, resource),
    ];
    changes.push(this.recordOf("update", resource, urn, { start: began, end }, after, waits));
    this.store.commit(changes);
    return {
      resource,
      ...(faults.lost ? { lost: true } : {}),
      ...(effects.failure === undefined ? {} : { failure: effects.failure }),
    };
  }

  /** Deleting what does not exist is a success, as in the provider. */
  delete(subject: Subject, id: string): void {
    const { entry, urn } = subject;
    const resource = this.lookup(entry, subject.region, id);
    if (resource === undefined) return;
    const ids = new Identifiers(this.store.data.seed, `${urn}\ndeletion`);
    const context = this.context(subject, resource.inputs, ids, "deleting", resource);
    const after = this.clock.deletedReferrers(resource.key);
    let began = Math.max(this.clock.runStart, resource.updated?.end ?? 0, ...after.map((one) => one.end));
    if (resource.created.start >= this.clock.runStart) began = Math.max(began, resource.created.end);
    context.now = began;
    entry.deletable?.(context, resource);
    const waits = this.waitForHolders(entry, context, resource, began);
    const faults = faultsFor(this.faults, entry.type, "delete", urn);
    if (faults.error !== undefined) context.refuse(faults.error);
    waits.push(...faults.waits);
    const effects = entry.onDelete?.({ ...context, now: began + seconds(waits) }, resource) ?? {};
    waits.push(...(effects.waits ?? []));
    const end = began + seconds(waits) + entry.seconds.delete;
    const changes: Change[] = [];
    for (const owned of Object.values(this.store.data.resources)) {
      if (owned.owner === resource.key) changes.push({ do: "drop", key: owned.key });
    }
    changes.push({ do: "drop", key: resource.key });
    changes.push(...this.effectChanges(effects, resource), { do: "sweep", now: end });
    changes.push({
      do: "record",
      record: {
        operation: "delete",
        type: resource.type,
        urn,
        key: resource.key,
        span: { start: began, end },
        after: after.map((one) => one.urn),
        waits,
      },
    });
    this.store.commit(changes);
    this.clock.deleted(resource, urn, end);
  }

  /** The resource as it is, or undefined. */
  read(subject: Subject, id: string): WorldResource | undefined {
    const faults = faultsFor(this.faults, subject.entry.type, "read", subject.urn);
    if (faults.error !== undefined) {
      const ids = new Identifiers(this.store.data.seed, `${subject.urn}\nread`);
      this.context(subject, {}, ids, "reading").refuse(faults.error);
    }
    return this.lookup(subject.entry, subject.region, id);
  }

  private existing(subject: Subject, id: string, doing: string): WorldResource {
    const resource = this.lookup(subject.entry, subject.region, id);
    if (resource !== undefined) return resource;
    const context = this.context(subject, {}, new Identifiers(this.store.data.seed, `${subject.urn}\n${id}`), doing);
    context.id = id;
    return context.refuse({
      code: "ResourceNotFoundException",
      message: `${subject.entry.label} ${id} does not exist`,
      status: 404,
    });
  }

  private context(subject: Subject, inputs: Properties, ids: Identifiers, doing: string, old?: WorldResource): Context {
    const { entry, urn, name, region } = subject;
    const context: Context = {
      account: this.id,
      partition: this.partition(region),
      region,
      urn,
      name,
      inputs,
      ...(old === undefined ? {} : { old }),
      id: old?.id ?? "",
      ids,
      now: this.clock.runStart,
      date: new Date(epoch + this.clock.runStart * 1000).toISOString().replace(".000Z", "Z"),
      world: this.view,
      target: (path) => context.targets(path)[0],
      targets: (path) => {
        const reference = entry.references?.find((one) => one.path === path);
        if (reference === undefined) throw new Error(`${entry.type} declares no reference ${path}`);
        return valuesAt(inputs, path).flatMap((value) => {
          const resource =
            typeof value === "string" ? this.find(reference.to, value, reference.by ?? ["id"], region) : undefined;
          return resource === undefined ? [] : [resource];
        });
      },
      refuse: (refusal, values) => {
        throw awsError(refusal.code, words(refusal.message, values ?? {}), refusal.status ?? 400, {
          doing,
          label: entry.label,
          subject: context.id === "" ? name : context.id,
          api: entry.api,
          operation: operationName(entry, doing),
          requestId: ids.uuid(`request ${doing}`),
        });
      },
    };
    return context;
  }

  private resolve(context: Context, references: Reference[]) {
    const found: { resource: WorldResource; holds: boolean }[] = [];
    const waits: Wait[] = [];
    for (const reference of references) {
      for (const value of valuesAt(context.inputs, reference.path)) {
        if (typeof value !== "string" || value === "") continue;
        const region = text(context.inputs.region) ?? context.region;
        const resource = this.find(reference.to, value, reference.by ?? ["id"], region);
        if (resource !== undefined) {
          found.push({ resource, holds: reference.holds === true });
          continue;
        }
        if (reference.missing === undefined || isElsewhere(value, this.id)) continue;
        context.refuse(reference.missing, { value });
      }
    }
    const after = [...new Map(found.map((one) => [one.resource.key, one.resource])).values()];
    return { found, after, waits };
  }

  /** Services that ask IAM at once do not see a role that was just made; the provider repeats the call. */
  private iamWaits(context: Context, entry: TypeEntry): Wait[] {
    return (entry.references ?? []).flatMap((reference) => {
      if (reference.asksIam !== true) return [];
      return context.targets(reference.path).flatMap((role) => {
        const wait = waitUntilVisible(role, context);
        return wait > 0 ? [{ seconds: wait, reason: `${role.urn ?? role.id} was not visible yet` }] : [];
      });
    });
  }

  private checkUnique(entry: TypeEntry, context: Context): void {
    for (const rule of entry.unique ?? []) {
      const name = rule.by(context.inputs, context);
      if (name === undefined) continue;
      const region = rule.global === true ? undefined : context.region;
      const taken = this.view.resources(entry.type, region).some((other) => rule.by(other.inputs, context) === name);
      const reserved = `${entry.type}|${rule.global === true ? "global" : context.region}|${name}`;
      const remains = this.view
        .remains("name")
        .find((one) => one.holds.includes(reserved) && (one.until === undefined || one.until > context.now));
      if (taken || remains !== undefined) context.refuse(rule.refusal, { value: name });
    }
  }

  private checkQuotas(entry: TypeEntry, context: Context): void {
    for (const quota of entry.quotas ?? []) {
      const bucket = quota.per({ inputs: context.inputs, region: context.region });
      const used = this.view.resources(entry.type).filter((other) => quota.per(other) === bucket).length;
      if (used >= quota.limit) context.refuse(quota.refusal, { limit: String(quota.limit), value: bucket });
    }
  }

  private waitForHolders(entry: TypeEntry, context: Context, resource: WorldResource, began: number) {
    const waits: Wait[] = [];
    const refusal = entry.deletionRefused ?? {
      code: "DependencyViolation",
      message: "{id} has dependencies and cannot be deleted.",
    };
    const holders = Object.values(this.store.data.resources).filter(
      (other) => other.holds.includes(resource.key) && other.owner !== resource.key,
    );
    if (holders.length > 0) {
      const names = holders.map((one) => one.urn ?? one.id).join(", ");
      context.refuse(
        { ...refusal, message: `${refusal.message} (in use by ${names})` },
        { id: resource.id, value: resource.id },
      );
    }
    const remains = this.store.data.remains.filter(
      (one) => one.holds.includes(resource.key) && (one.until ?? Number.POSITIVE_INFINITY) > began,
    );
    for (const one of remains) {
      const wait = (one.until ?? Number.POSITIVE_INFINITY) - began;
      if (wait > (entry.deletionRetrySeconds ?? 0)) {
        context.refuse(
          { ...refusal, message: `${refusal.message} (held by ${one.what})` },
          { id: resource.id, value: resource.id },
        );
      }
    }
    const longest = Math.max(0, ...remains.map((one) => (one.until ?? 0) - began));
    const last = remains.find((one) => (one.until ?? 0) - began === longest);
    if (last !== undefined) waits.push({ seconds: longest, reason: `waited for ${last.what}` });
    return waits;
  }

  private assemble(
    subject: Subject,
    context: Context,
    inputs: Properties,
    found: { resource: WorldResource; holds: boolean }[],
    old?: WorldResource,
  ): WorldResource {
    const { entry, urn, region } = subject;
    const outputs = fillOutputs(entry, context, inputs, old);
    if (outputs.id === undefined) outputs.id = context.id;
    return {
      key: keyOf(entry, region, context.id),
      type: entry.type,
      id: context.id,
      region: entry.global === true ? "global" : region,
      ...(typeof outputs.arn === "string" ? { arn: outputs.arn } : {}),
      urn,
      inputs,
      outputs,
      refers: [...new Set(found.map((one) => one.resource.key))],
      holds: [...new Set(found.filter((one) => one.holds).map((one) => one.resource.key))],
      created: { start: 0, end: 0 },
    };
  }

  private sealed(resource: WorldResource, secrets: string[]): WorldResource {
    const { seed } = this.store.data;
    return {
      ...resource,
      inputs: sealAll(resource.inputs, secrets, seed),
      outputs: sealAll(resource.outputs, secrets, seed),
    };
  }

  get seed(): string {
    return this.store.data.seed;
  }

  private effectChanges(effects: Effects, made: WorldResource): Change[] {
    const changes: Change[] = [];
    for (const companion of effects.companions ?? []) {
      const region = companion.global === true ? "global" : made.region;
      const key = `${companion.type}|${region}|${companion.id}`;
      changes.push({
        do: "put",
        resource: {
          key,
          type: companion.type,
          id: companion.id,
          region,
          ...(companion.arn === undefined ? {} : { arn: companion.arn }),
          ...(companion.owned === false ? {} : { owner: made.key }),
          inputs: companion.inputs ?? {},
          outputs: { ...companion.outputs, id: companion.id },
          refers: [made.key, ...(companion.holds ?? [])],
          holds: companion.holds ?? [],
          created: made.created,
        },
      });
    }
    for (const resource of effects.changed ?? []) changes.push({ do: "put", resource });
    for (const resource of effects.removed ?? []) changes.push({ do: "drop", key: resource.key });
    for (const remains of effects.remains ?? []) changes.push({ do: "leave", remains });
    return changes;
  }

  private recordOf(
    operation: OperationRecord["operation"],
    resource: WorldResource,
    urn: string,
    span: { start: number; end: number },
    after: WorldResource[],
    waits: OperationRecord["waits"],
  ): Change {
    return {
      do: "record",
      record: {
        operation,
        type: resource.type,
        urn,
        key: resource.key,
        span,
        after: after.flatMap((one) => (one.urn === undefined ? [] : [one.urn])),
        waits,
      },
    };
  }
}

export function keyOf(entry: TypeEntry, region: string, id: string): string {
  return `${entry.type}|${entry.global === true ? "global" : region}|${id}`;
}

function words(message: string, values: Record<string, string>): string {
  return message.replace(/\{([a-z]+)\}/g, (whole, name: string) => values[name] ?? whole);
}

const seconds = (waits: { seconds: number }[]): number => waits.reduce((sum, wait) => sum + wait.seconds, 0);

/** An ARN of another account or of AWS itself: nothing that this world could know. */
function isElsewhere(value: string, account: string): boolean {
  const parts = value.split(":");
  return parts[0] === "arn" && parts.length >= 6 && parts[4] !== "" && parts[4] !== account;
}

function operationName(entry: TypeEntry, doing: string): string {
  const noun = entry.label.slice(entry.label.indexOf(" ") + 1).replace(/[^A-Za-z0-9]/g, "");
  if (doing === "creating") return entry.operations?.create ?? `Create${noun}`;
  if (doing === "updating") return entry.operations?.update ?? `Update${noun}`;
  if (doing === "deleting") return entry.operations?.delete ?? `Delete${noun}`;
  return `Describe${noun}`;
}
