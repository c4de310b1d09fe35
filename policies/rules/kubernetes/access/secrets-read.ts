import { READING_SECRETS } from "../../../kit/kubernetes/permissions";
import { forbidPermissions } from "../../../kit/kubernetes/rbac";
import { namedExample, permissionExamples } from "../../../kit/kubernetes/rbac-examples";
import { rule } from "../../../kit/rule";

const reading = { apiGroups: [""], resources: ["secrets"], verbs: ["list"] };

export const secretsRead = rule({
  id: "k8s-access-secrets-read",
  title: "Roles read secrets by name only",
  severity: "high",
  rationale:
    "To list or watch secrets is to read them all, those of other workloads and of the cluster's own controllers included.",
  remediation: 'Take secrets out of the rule, or allow only "get" and name the secrets in resourceNames.',
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.2" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "AC-3" },
  ],
  levels: { baseline: "advisory" },
  checks: forbidPermissions({
    permissions: READING_SECRETS,
    otherwise: "allows to read secrets, whichever there are",
    allowedByName: true,
  }),
  examples: [
    namedExample({ ...reading, verbs: ["get"] }),
    ...permissionExamples(reading, { title: "to create secrets", change: { verbs: ["create"] } }),
  ],
});
