import { BINDING_TYPES, isSubject } from "../../../kit/kubernetes/rbac";
import { bindingExample } from "../../../kit/kubernetes/rbac-examples";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Property, UNKNOWN } from "../../../kit/property";
import { allOf } from "../../../kit/readings";
import { fail, type RuleContext, rule, undecided } from "../../../kit/rule";
import type { RoleBindingArgs } from "../../../kit/types/kubernetes-cluster";

const person = { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "platform" };
const administrators = (subjects: Parameters<typeof bindingExample>[0]) =>
  bindingExample(subjects, "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding", "cluster-admin");

export const noClusterAdmin = rule({
  id: "k8s-access-no-cluster-admin",
  title: "The role cluster-admin is bound to nobody but emergency groups",
  severity: "critical",
  rationale: "Whoever steals one token of an administrator's has every secret, every node and every tenant.",
  remediation:
    "Bind a role with the rights that are used; name emergency groups in allowedGroups of the rule's configuration.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.1" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "AC-6(5)" },
  ],
  config: {
    allowedGroups: {
      type: "array",
      description: "Groups that may be administrators of the cluster, for emergencies",
      items: { type: "string" },
      default: [],
    },
  },
  checks: sharedChecks<(typeof BINDING_TYPES)[number], RoleBindingArgs>(BINDING_TYPES, (binding, context) => {
    const isAdmin = bindsAdministrator(binding);
    if (isAdmin === false || binding.get("subjects").isAbsent) return [];
    const subjects = binding.get("subjects").items();
    const allowed = subjects.items.map((subject) => isSubject(subject, emergencyGroups(context)));
    const role = binding.get("roleRef");
    if (allowed.includes(false)) return [isAdmin === UNKNOWN ? undecided(role) : fail(role, "makes administrators")];
    return allowed.includes(UNKNOWN) || !subjects.complete ? [undecided(binding.get("subjects"))] : [];
  }),
  examples: [
    { title: "another role", verdict: "pass", resources: bindingExample([person]) },
    { title: "nobody", verdict: "pass", absent: true, resources: administrators(null) },
    {
      title: "a group for emergencies",
      verdict: "pass",
      config: { allowedGroups: ["break-glass"] },
      resources: administrators([{ ...person, name: "break-glass" }]),
    },
    { title: "a group of people", verdict: "fail", resources: administrators([person]) },
    {
      title: "a service account in one namespace",
      verdict: "fail",
      resources: bindingExample(
        [{ kind: "ServiceAccount", name: "operator", namespace: "platform" }],
        "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
        "cluster-admin",
      ),
    },
    {
      title: "somebody beside the group for emergencies",
      verdict: "fail",
      config: { allowedGroups: ["break-glass"] },
      resources: administrators([{ ...person, name: "break-glass" }, person]),
    },
    { title: "subjects known only later", verdict: "undecided", resources: administrators(UNKNOWN) },
  ],
});

function bindsAdministrator(binding: Property<RoleBindingArgs>) {
  const role = binding.get("roleRef");
  const kind = role.get("kind").text();
  const name = role.get("name").text();
  return allOf([
    kind === UNKNOWN ? UNKNOWN : kind === "ClusterRole",
    name === UNKNOWN ? UNKNOWN : name === "cluster-admin",
  ]);
}

function emergencyGroups({ config }: RuleContext) {
  const names = config.allowedGroups as readonly string[];
  return names.map((name) => ({ kind: "Group" as const, name: name }));
}
