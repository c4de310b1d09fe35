import { forbidPermissions } from "../../../kit/kubernetes/rbac";
import { permissionExamples } from "../../../kit/kubernetes/rbac-examples";
import { rule } from "../../../kit/rule";

export const noNodeProxy = rule({
  id: "k8s-access-no-node-proxy",
  title: "No role reaches the API of the nodes",
  severity: "high",
  rationale:
    "The kubelet's API runs commands in every pod of its node, past admission and past the audit log; even reading it is enough.",
  remediation: "Take nodes/proxy out of the rule; monitoring needs nodes/metrics and nodes/stats only.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.10" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: forbidPermissions({
    permissions: [{ apiGroup: "", resources: ["nodes/proxy"], verbs: ["create", "delete", "get", "patch", "update"] }],
    otherwise: "allows to call the kubelet",
  }),
  examples: permissionExamples(
    { apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] },
    { title: "to read metrics of nodes", change: { resources: ["nodes/metrics"] } },
  ),
});
