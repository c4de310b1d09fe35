import type { KubernetesClusterArguments } from "./kubernetes-cluster";
import type { KubernetesCustomArguments } from "./kubernetes-custom";
import type { KubernetesWorkloadArguments } from "./kubernetes-workloads";

/** Kubernetes objects, by the names of the API. */
export interface KubernetesArguments
  extends KubernetesClusterArguments,
    KubernetesCustomArguments,
    KubernetesWorkloadArguments {}
