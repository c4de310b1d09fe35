import { forbidSubjects } from "../../../kit/kubernetes/rbac";
import { subjectExamples } from "../../../kit/kubernetes/rbac-examples";
import { rule } from "../../../kit/rule";

export const noNamespaceWideSubjects = rule({
  id: "k8s-access-no-namespace-wide-subjects",
  title: "No binding gives rights to all service accounts of a namespace",
  severity: "medium",
  rationale:
    "Whoever may make a pod there has the rights too, and so has the default service account of pods that asked for none.",
  remediation: "Bind the one ServiceAccount that needs the role instead of a group system:serviceaccounts:….",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "5.2.1" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: forbidSubjects(
    [{ kind: "Group", name: /^system:serviceaccounts:./ }],
    "is every service account of a namespace",
  ),
  examples: subjectExamples({
    apiGroup: "rbac.authorization.k8s.io",
    kind: "Group",
    name: "system:serviceaccounts:training",
  }),
});
