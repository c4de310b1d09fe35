import { forbidSubjects } from "../../../kit/kubernetes/rbac";
import { bindingExample, subjectExamples } from "../../../kit/kubernetes/rbac-examples";
import { rule } from "../../../kit/rule";

export const noEveryoneSubjects = rule({
  id: "k8s-access-no-everyone-subjects",
  title: "No binding gives rights to all users or all service accounts",
  severity: "high",
  rationale:
    "Every pod with a token and every person with an access entry is in these groups, whichever tenant they belong to.",
  remediation:
    "Bind the group of people or the service account that needs the role instead of system:authenticated or system:serviceaccounts.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: forbidSubjects(
    [{ kind: "Group", name: /^system:(authenticated|serviceaccounts)$/ }],
    "is everyone who has any credential",
  ),
  examples: [
    ...subjectExamples({ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "system:authenticated" }),
    {
      title: "all service accounts of the cluster",
      verdict: "fail",
      resources: bindingExample([{ kind: "Group", name: "system:serviceaccounts" }]),
    },
  ],
});
