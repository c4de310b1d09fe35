import { forbidPermissions } from "../../../kit/kubernetes/rbac";
import { namedExample, permissionExamples } from "../../../kit/kubernetes/rbac-examples";
import { rule } from "../../../kit/rule";

const issuing = { apiGroups: [""], resources: ["serviceaccounts/token"], verbs: ["create"] };

export const noTokenCreation = rule({
  id: "k8s-access-no-token-creation",
  title: "Roles issue tokens for named service accounts only",
  severity: "high",
  rationale:
    "Who may issue a token for any service account is every workload at once, with the AWS roles and Vault roles that they have.",
  remediation: "Take serviceaccounts/token out of the rule, or name the service accounts in resourceNames.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.12" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "IA-5" },
  ],
  checks: forbidPermissions({
    permissions: [{ apiGroup: "", resources: ["serviceaccounts/token"], verbs: ["create"] }],
    otherwise: "allows to issue tokens for any service account",
    allowedByName: true,
  }),
  examples: [
    namedExample(issuing),
    ...permissionExamples(issuing, { title: "to make service accounts", change: { resources: ["serviceaccounts"] } }),
  ],
});
