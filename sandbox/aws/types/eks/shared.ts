import type { WorldResource } from "../../world/model";
import type { Companion, Context } from "../entry";
import { needs, object } from "../kit";

export const clusterType = "aws:eks/cluster:Cluster";
export const accessEntryType = "aws:eks/accessEntry:AccessEntry";
export const addonType = "aws:eks/addon:Addon";

/** A reference to the cluster by its name. */
export const inCluster = needs(
  "clusterName",
  clusterType,
  { code: "ResourceNotFoundException", message: "No cluster found for name: {value}.", status: 404 },
  { by: ["id", "name"] },
);

/** The mode in which a cluster knows who may do what. */
export const authenticationMode = (cluster: WorldResource | undefined): unknown =>
  object(cluster?.outputs.accessConfig).authenticationMode;

export const isAutoMode = (cluster: WorldResource): boolean => object(cluster.outputs.computeConfig).enabled === true;

export const hasAddon = (context: Context, clusterName: unknown, name: string): boolean =>
  context.world.find([addonType], `${String(clusterName)}:${name}`, ["id"], context.region) !== undefined;

/** An access entry that EKS makes by itself. It goes with the cluster. */
export function entryFor(
  context: Context,
  cluster: WorldResource,
  principalArn: string,
  type: "STANDARD" | "EC2_LINUX",
): Companion[] {
  const id = `${cluster.id}:${principalArn}`;
  if (context.world.find([accessEntryType], id, ["id"], context.region) !== undefined) return [];
  const outputs = { clusterName: cluster.id, principalArn, type, createdAt: context.date };
  return [{ type: accessEntryType, id, owner: cluster.key, outputs }];
}

export const invalid = (message: string) => ({ code: "InvalidParameterException", message });
