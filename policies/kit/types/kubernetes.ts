import type { KubernetesClusterArguments } from "./kubernetes-cluster";
import type { KubernetesWorkloadArguments } from "./kubernetes-workloads";

/** Kubernetes objects, by the names of the API. */
export interface KubernetesArguments extends KubernetesClusterArguments, KubernetesWorkloadArguments {}
