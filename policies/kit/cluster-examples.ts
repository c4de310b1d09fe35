import type { Plain } from "./property";
import type { ExampleResource } from "./rule";

type Properties = Readonly<Record<string, Plain>>;

/** A cluster, for examples. */
export function clusterExample(properties: Properties = {}): ExampleResource {
  return { type: "aws:eks/cluster:Cluster", name: "training", properties };
}

/** A managed node group, for examples. */
export function nodeGroupExample(properties: Properties = {}): ExampleResource {
  return { type: "aws:eks/nodeGroup:NodeGroup", name: "gpu", properties: { clusterName: "training", ...properties } };
}
