import { forbidSubjects } from "../../../kit/kubernetes/rbac";
import { bindingExample, subjectExamples } from "../../../kit/kubernetes/rbac-examples";
import { rule } from "../../../kit/rule";

export const noDefaultAccountSubjects = rule({
  id: "k8s-access-no-default-account-subjects",
  title: "No binding gives rights to a default service account",
  severity: "high",
  rationale: "Every pod of the namespace that names no service account runs as the default one and has its rights.",
  remediation: "Make a ServiceAccount for the software that needs the role, and bind that.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.5" },
    { framework: "CIS EKS 1.8.0", control: "5.2.1" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: forbidSubjects(
    [
      { kind: "ServiceAccount", name: /^default$/ },
      { kind: "User", name: /^system:serviceaccount:[^:]+:default$/ },
    ],
    "is a default service account",
  ),
  examples: [
    ...subjectExamples({ kind: "ServiceAccount", name: "default", namespace: "training" }),
    {
      title: "by its name as a user",
      verdict: "fail",
      resources: bindingExample([{ kind: "User", name: "system:serviceaccount:training:default" }]),
    },
  ],
});
