import { forbidPermissions } from "../../../kit/kubernetes/rbac";
import { permissionExamples, roleExample } from "../../../kit/kubernetes/rbac-examples";
import { rule } from "../../../kit/rule";

export const noCertificateApproval = rule({
  id: "k8s-access-no-certificate-approval",
  title: "No role approves certificates for clients of the cluster",
  severity: "high",
  rationale:
    "A certificate that the cluster signs can name any user or group, holds for its whole life, and cannot be revoked.",
  remediation: "Take certificatesigningrequests/approval and the verbs approve and sign on signers out of the rule.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "IA-5" },
  ],
  checks: forbidPermissions({
    permissions: [
      {
        apiGroup: "certificates.k8s.io",
        resources: ["certificatesigningrequests/approval", "certificatesigningrequests/status"],
        verbs: ["patch", "update"],
      },
      { apiGroup: "certificates.k8s.io", resources: ["signers"], verbs: ["approve", "sign"] },
    ],
    otherwise: "allows to approve or sign certificates",
  }),
  examples: [
    ...permissionExamples(
      { apiGroups: ["certificates.k8s.io"], resources: ["certificatesigningrequests/approval"], verbs: ["update"] },
      { title: "to ask for a certificate", change: { resources: ["certificatesigningrequests"], verbs: ["create"] } },
    ),
    {
      title: "to sign, even with one signer by name",
      verdict: "fail",
      resources: roleExample([
        {
          apiGroups: ["certificates.k8s.io"],
          resources: ["signers"],
          resourceNames: ["kubernetes.io/kube-apiserver-client"],
          verbs: ["sign"],
        },
      ]),
    },
  ],
});
