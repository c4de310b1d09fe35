import { GAINING_RIGHTS } from "../../../kit/kubernetes/permissions";
import { forbidPermissions } from "../../../kit/kubernetes/rbac";
import { namedExample, permissionExamples, roleExample } from "../../../kit/kubernetes/rbac-examples";
import { rule } from "../../../kit/rule";

const binding = { apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], verbs: ["bind"] };

export const noEscalation = rule({
  id: "k8s-access-no-escalation",
  title: "No role can give itself more, or act as somebody else",
  severity: "critical",
  rationale:
    "With escalate, bind or impersonate a caller passes the check that keeps everyone at the rights they have, up to cluster administrator.",
  remediation:
    "Take the verbs escalate, bind and impersonate out of the rule, or name in resourceNames the few roles or identities they are for.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.8" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: forbidPermissions({
    permissions: GAINING_RIGHTS,
    otherwise: "allows to gain rights that the role does not have",
    allowedByName: true,
  }),
  examples: [
    namedExample(binding),
    ...permissionExamples(binding, { title: "to read roles", change: { verbs: ["get", "list", "watch"] } }),
    {
      title: "to act as any user",
      verdict: "fail",
      resources: roleExample([{ apiGroups: [""], resources: ["users", "groups"], verbs: ["impersonate"] }]),
    },
    {
      title: "to write roles beyond one's own rights",
      verdict: "fail",
      resources: roleExample([
        { apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles"], verbs: ["update", "escalate"] },
      ]),
    },
  ],
});
