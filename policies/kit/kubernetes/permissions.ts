import type { Permission } from "./rbac";

const writing = ["create", "patch", "update"];

/** To make pods, by themselves or through a workload. */
export const MAKING_PODS: readonly Permission[] = [
  { apiGroup: "", resources: ["pods"], verbs: ["create"] },
  { apiGroup: "", resources: ["replicationcontrollers"], verbs: writing },
  { apiGroup: "apps", resources: ["daemonsets", "deployments", "replicasets", "statefulsets"], verbs: writing },
  { apiGroup: "batch", resources: ["cronjobs", "jobs"], verbs: writing },
];

/** To get into running pods. */
export const ENTERING_PODS: readonly Permission[] = [
  {
    apiGroup: "",
    // Over web sockets the API server takes a GET for the same streams, so reading them is using them.
    resources: ["pods/exec", "pods/attach", "pods/portforward"],
    verbs: ["create", "get"],
  },
  {
    apiGroup: "",
    resources: ["pods/proxy", "services/proxy"],
    verbs: ["create", "delete", "get", "patch", "update"],
  },
  { apiGroup: "", resources: ["pods/ephemeralcontainers"], verbs: ["patch", "update"] },
];

/** To read secrets. */
export const READING_SECRETS: readonly Permission[] = [
  { apiGroup: "", resources: ["secrets"], verbs: ["get", "list", "watch"] },
];

/** To gain rights that one does not have. */
export const GAINING_RIGHTS: readonly Permission[] = [
  { apiGroup: "rbac.authorization.k8s.io", resources: ["clusterroles", "roles"], verbs: ["bind", "escalate"] },
  { apiGroup: "", resources: ["groups", "serviceaccounts", "users"], verbs: ["impersonate"] },
  { apiGroup: "authentication.k8s.io", resources: ["uids"], verbs: ["impersonate"] },
];
