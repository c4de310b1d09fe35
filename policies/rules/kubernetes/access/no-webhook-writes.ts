import { forbidPermissions } from "../../../kit/kubernetes/rbac";
import { namedExample, permissionExamples, roleExample } from "../../../kit/kubernetes/rbac-examples";
import { rule } from "../../../kit/rule";

const changing = {
  apiGroups: ["admissionregistration.k8s.io"],
  resources: ["mutatingwebhookconfigurations"],
  verbs: ["update"],
};
const writing = ["create", "delete", "deletecollection", "patch", "update"];

export const noWebhookWrites = rule({
  id: "k8s-access-no-webhook-writes",
  title: "Roles change admission control by name only",
  severity: "high",
  rationale:
    "An admission webhook sees and changes every object, secrets included; without the right ones nothing checks signatures any more.",
  remediation:
    "Take webhook configurations and admission policies out of the rule, or name in resourceNames those that the software keeps.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.11" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  levels: { baseline: "advisory" },
  checks: forbidPermissions({
    permissions: [
      {
        apiGroup: "admissionregistration.k8s.io",
        resources: [
          "mutatingadmissionpolicies",
          "mutatingadmissionpolicybindings",
          "mutatingwebhookconfigurations",
          "validatingadmissionpolicies",
          "validatingadmissionpolicybindings",
          "validatingwebhookconfigurations",
        ],
        verbs: writing,
      },
    ],
    otherwise: "allows to change admission control",
    allowedByName: true,
  }),
  examples: [
    namedExample(changing),
    ...permissionExamples(changing, { title: "to read them", change: { verbs: ["get", "list", "watch"] } }),
    {
      title: "to take admission policies away",
      verdict: "fail",
      resources: roleExample([{ ...changing, resources: ["validatingadmissionpolicybindings"], verbs: ["delete"] }]),
    },
  ],
});
