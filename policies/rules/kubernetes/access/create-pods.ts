import { MAKING_PODS } from "../../../kit/kubernetes/permissions";
import { forbidPermissions } from "../../../kit/kubernetes/rbac";
import { permissionExamples, roleExample } from "../../../kit/kubernetes/rbac-examples";
import { rule } from "../../../kit/rule";

export const createPods = rule({
  id: "k8s-access-create-pods",
  title: "No role makes pods, by itself or through a workload",
  severity: "medium",
  rationale:
    "Who makes a pod chooses its service account, its secrets and its node, and so has what any of them may do in the namespace.",
  remediation:
    "Leave the making of pods to the deployment pipeline and to controllers that are named in an exemption; allow people to read.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.4" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  levels: { baseline: "advisory" },
  checks: forbidPermissions({
    permissions: MAKING_PODS,
    otherwise: "allows to make pods",
  }),
  examples: [
    ...permissionExamples(
      { apiGroups: [""], resources: ["pods"], verbs: ["create"] },
      { title: "to watch pods", change: { verbs: ["get", "list", "watch"] } },
    ),
    {
      title: "to change what a deployment's pods are",
      verdict: "fail",
      resources: roleExample([{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["patch"] }]),
    },
    {
      title: "to set how many pods there are",
      verdict: "pass",
      resources: roleExample([{ apiGroups: ["apps"], resources: ["deployments/scale"], verbs: ["update"] }]),
    },
    {
      title: "to create jobs",
      verdict: "fail",
      resources: roleExample([{ apiGroups: ["batch"], resources: ["jobs"], verbs: ["create"] }]),
    },
  ],
});
