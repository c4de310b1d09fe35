import { forbidSubjects } from "../../../kit/kubernetes/rbac";
import { bindingExample, subjectExamples } from "../../../kit/kubernetes/rbac-examples";
import { rule } from "../../../kit/rule";

export const noAnonymousSubjects = rule({
  id: "k8s-access-no-anonymous-subjects",
  title: "No binding gives rights to callers without a name",
  severity: "critical",
  rationale: "What anonymous callers may do, everyone may do who can reach the API server, without any credential.",
  remediation: "Take the user system:anonymous and the group system:unauthenticated out of the subjects.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "IA-2" },
  ],
  checks: forbidSubjects(
    [
      { kind: "User", name: /^system:anonymous$/ },
      { kind: "Group", name: /^system:unauthenticated$/ },
    ],
    "is everyone without a credential",
  ),
  examples: [
    ...subjectExamples({ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "system:unauthenticated" }),
    {
      title: "the anonymous user",
      verdict: "fail",
      resources: bindingExample([{ kind: "User", name: "system:anonymous" }]),
    },
  ],
});
