import type { Context, TypeEntry, Wait } from "../types/entry";
import { waitUntilVisible } from "../types/kit";
import { valuesAt } from "../types/templates";
import type { WorldResource } from "./model";

/** A resource that another one names, and whether it is kept by it. */
export interface Found {
  resource: WorldResource;
  holds: boolean;
}

/** The resources behind all references. Refuses, as AWS does, what should exist and does not. */
export function resolveReferences(entry: TypeEntry, context: Context): Found[] {
  const found: Found[] = [];
  for (const reference of entry.references ?? []) {
    for (const value of valuesAt(context.inputs, reference.path)) {
      if (typeof value !== "string" || value === "") continue;
      const resource = context.world.find(reference.to, value, reference.by ?? ["id"], context.region);
      if (resource !== undefined) found.push({ resource, holds: reference.holds === true });
      else if (
        reference.missing !== undefined &&
        !isElsewhere(value, context.account) &&
        !context.world.assumes(value)
      ) {
        refusePendingKey(context, value);
        context.refuse(reference.missing, { value });
      }
    }
  }
  return found;
}

/** A key in its deletion window is still there, but of no use. */
function refusePendingKey(context: Context, value: string): void {
  const pending = context.world
    .remains("key")
    .some((one) => one.holds.includes(value) && (one.until ?? Number.POSITIVE_INFINITY) > context.now);
  if (pending) context.refuse({ code: "KMSInvalidStateException", message: `${value} is pending deletion.` });
}

/** An ARN of another account or of AWS itself: nothing that this account could know. */
function isElsewhere(value: string, account: string): boolean {
  const parts = value.split(":");
  return parts[0] === "arn" && parts.length >= 6 && parts[4] !== "" && parts[4] !== account;
}

/** Services that ask IAM at once do not see a role that was just made; the provider repeats the call. */
export function iamWaits(entry: TypeEntry, context: Context): Wait[] {
  return (entry.references ?? []).flatMap((reference) => {
    if (reference.asksIam !== true) return [];
    return context.targets(reference.path).flatMap((role) => {
      const wait = waitUntilVisible(role, context);
      return wait > 0 ? [{ seconds: wait, reason: `${role.urn ?? role.id} was not visible yet` }] : [];
    });
  });
}

/** Refuses a name that is taken, or that a deleted resource still keeps. */
export function checkUnique(entry: TypeEntry, context: Context): void {
  for (const rule of entry.unique ?? []) {
    const name = rule.by(context.inputs, context);
    if (name === undefined) continue;
    const region = rule.global === true ? undefined : context.region;
    const taken = (rule.among ?? [entry.keptAs ?? entry.type])
      .flatMap((type) => context.world.resources(type, region))
      .find(
        (other) => other.key !== context.old?.key && rule.by({ ...other.outputs, ...other.inputs }, context) === name,
      );
    const reserved = `${entry.type}|${rule.global === true ? "global" : context.region}|${name}`;
    if (taken !== undefined) context.refuse(rule.refusal, { value: name, id: taken.id });
    const kept = context.world
      .remains("name")
      .find((one) => one.holds.includes(reserved) && (one.until === undefined || one.until > context.now));
    if (kept !== undefined) context.refuse(rule.kept ?? rule.refusal, { value: name, what: kept.what });
  }
}

export function checkQuotas(entry: TypeEntry, context: Context): void {
  for (const quota of entry.quotas ?? []) {
    const bucket = quota.per({ inputs: context.inputs, region: context.region });
    const used = context.world
      .resources(entry.keptAs ?? entry.type)
      .filter((other) => quota.per({ inputs: { ...other.outputs, ...other.inputs }, region: other.region }) === bucket);
    if (used.length >= quota.limit) context.refuse(quota.refusal, { limit: String(quota.limit), value: bucket });
  }
}

const generalRefusal = { code: "DependencyViolation", message: "{id} has dependencies and cannot be deleted." };

/** Refuses a deletion while something keeps the resource; what goes by itself within the provider's patience is waited for. */
export function waitForHolders(entry: TypeEntry, context: Context, resource: WorldResource): Wait[] {
  const refusal = entry.deletionRefused ?? generalRefusal;
  const values = { id: resource.id, value: resource.id };
  const holders = context.world.holders(resource.key).filter((other) => other.owner !== resource.key);
  if (holders.length > 0) {
    const names = holders.map((one) => one.urn ?? `${one.type} ${one.id}`).join(", ");
    context.refuse({ ...refusal, message: `${refusal.message} (in use by ${names})` }, values);
  }
  const remains = (["network-interface", "key", "name", "allocation"] as const)
    .flatMap((kind) => context.world.remains(kind))
    .map((one) => ({ one, wait: (one.until ?? Number.POSITIVE_INFINITY) - context.now }))
    .filter(({ one, wait }) => one.holds.includes(resource.key) && wait > 0)
    .sort((a, b) => b.wait - a.wait);
  const [longest] = remains;
  if (longest === undefined) return [];
  if (longest.wait > (entry.deletionRetrySeconds ?? 0)) {
    context.refuse({ ...refusal, message: `${refusal.message} (held by ${longest.one.what})` }, values);
  }
  return [{ seconds: longest.wait, reason: `waited for ${longest.one.what}` }];
}
