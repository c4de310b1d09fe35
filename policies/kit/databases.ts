import { type DatabaseFamily, databaseFamily } from "gabion-knowledge";
import { type Property, UNKNOWN } from "./property";
import { at } from "./same-check";

export const instanceType = "aws:rds/instance:Instance";
export const clusterType = "aws:rds/cluster:Cluster";

/** Databases that stand for themselves: instances, and clusters. */
export const databaseTypes = [clusterType, instanceType] as const;

const sources = ["replicateSourceDb", "replicationSourceIdentifier", "snapshotIdentifier", "restoreToPointInTime"];

/**
 * Whether a database is made from another one or from a snapshot, whose engine, users and encryption it then has. A source that is
 * known only later is one all the same.
 */
export function isCopy(properties: Property<unknown>): boolean {
  return sources.some((name) => isGiven(at(properties, name)));
}

/** Whether an instance follows another one. */
export function isReplica(properties: Property<unknown>): boolean {
  return isGiven(at(properties, "replicateSourceDb"));
}

function isGiven(place: Property<unknown>): boolean {
  return place.isUnknown || place.text() !== undefined || place.items().items.length > 0;
}

/** The family of a database's engine; undefined where it has none of its own, or one that is not known here. */
export function familyOf(properties: Property<unknown>): DatabaseFamily | undefined | typeof UNKNOWN {
  const engine = at(properties, "engine").text();
  if (engine === UNKNOWN) return UNKNOWN;
  return engine === undefined ? undefined : databaseFamily(engine);
}
