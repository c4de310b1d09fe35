import { forbidPermissions } from "../../../kit/kubernetes/rbac";
import { permissionExamples } from "../../../kit/kubernetes/rbac-examples";
import { rule } from "../../../kit/rule";

export const noVolumeCreation = rule({
  id: "k8s-access-no-volume-creation",
  title: "No role creates persistent volumes",
  severity: "medium",
  rationale:
    "A persistent volume may be a path of the node: mounted into a pod it reaches the host's files, past Pod Security.",
  remediation: "Take the verb create on persistentvolumes out of the rule; software asks with persistentvolumeclaims.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.9" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  levels: { baseline: "advisory" },
  checks: forbidPermissions({
    permissions: [{ apiGroup: "", resources: ["persistentvolumes"], verbs: ["create"] }],
    otherwise: "allows to create persistent volumes",
  }),
  examples: permissionExamples(
    { apiGroups: [""], resources: ["persistentvolumes"], verbs: ["create"] },
    { title: "to claim a volume", change: { resources: ["persistentvolumeclaims"] } },
  ),
});
