import { ENTERING_PODS } from "../../../kit/kubernetes/permissions";
import { forbidPermissions } from "../../../kit/kubernetes/rbac";
import { permissionExamples, roleExample } from "../../../kit/kubernetes/rbac-examples";
import { rule } from "../../../kit/rule";

export const noExec = rule({
  id: "k8s-access-no-exec",
  title: "No role opens a way into running pods",
  severity: "high",
  rationale:
    "A shell, a debug container or a forwarded port in a pod has what the pod has: its model, its data and its identity.",
  remediation:
    "Take pods/exec, pods/attach, pods/portforward, pods/proxy, services/proxy and pods/ephemeralcontainers out of the rule.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  levels: { baseline: "advisory" },
  checks: forbidPermissions({
    permissions: ENTERING_PODS,
    otherwise: "allows to enter running pods",
  }),
  examples: [
    ...permissionExamples(
      { apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] },
      { title: "to read logs", change: { resources: ["pods/log"], verbs: ["get"] } },
    ),
    {
      title: "a shell over a web socket",
      verdict: "fail",
      resources: roleExample([{ apiGroups: [""], resources: ["pods/exec"], verbs: ["get"] }]),
    },
    {
      title: "that subresource of everything",
      verdict: "fail",
      resources: roleExample([{ apiGroups: [""], resources: ["*/exec"], verbs: ["create"] }]),
    },
    {
      title: "a pattern that the API server does not know",
      verdict: "pass",
      resources: roleExample([{ apiGroups: [""], resources: ["pods/*"], verbs: ["create"] }]),
    },
    {
      title: "a debug container",
      verdict: "fail",
      resources: roleExample([{ apiGroups: [""], resources: ["pods/ephemeralcontainers"], verbs: ["patch"] }]),
    },
  ],
});
