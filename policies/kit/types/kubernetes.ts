import type { KubernetesWorkloadArguments } from "./kubernetes-workloads";

/** Kubernetes objects, by the names of the API. */
export interface KubernetesArguments extends KubernetesWorkloadArguments {}
