import { forbidSubjects } from "../../../kit/kubernetes/rbac";
import { subjectExamples } from "../../../kit/kubernetes/rbac-examples";
import { rule } from "../../../kit/rule";

export const noMastersSubjects = rule({
  id: "k8s-access-no-masters-subjects",
  title: "No binding builds on the group system:masters",
  severity: "high",
  rationale:
    "The API server lets this group do everything before it asks any role, so its members can be neither limited nor cut off.",
  remediation: "Bind a group of your own, and give it to people with an access entry.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.1" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: forbidSubjects([{ kind: "Group", name: /^system:masters$/ }], "is the group that no role limits"),
  examples: subjectExamples({ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "system:masters" }),
});
