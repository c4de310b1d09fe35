import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { grants, someText } from "../../../kit/kubernetes/rbac";
import { roleExample } from "../../../kit/kubernetes/rbac-examples";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { ClusterRoleArgs } from "../../../kit/types/kubernetes-cluster";

const types = [
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRolePatch",
] as const;
const label = "rbac.authorization.k8s.io/aggregate-to-view";
const reading = ["get", "list", "watch"];
const secrets = { apiGroup: "", resources: ["secrets"], verbs: reading };
const added = (rules: Plain, labels: Plain = { [label]: "true" }) =>
  roleExample(rules, types[0], { metadata: { name: "queues-view", labels } });
const queues = { apiGroups: ["kueue.x-k8s.io"], resources: ["localqueues"], verbs: ["get", "list"] };

export const viewStaysReadOnly = rule({
  id: "k8s-access-view-stays-read-only",
  title: "What is added to the role view only reads, and no secrets",
  severity: "high",
  rationale: "Everyone who was given the built-in role view gets these rights too, without a change of any binding.",
  remediation: `Allow get, list and watch only, and no secrets, in cluster roles with the label ${label}.`,
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.2" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: sharedChecks<(typeof types)[number], ClusterRoleArgs>(types, (role) => {
    const added = role.get("metadata").get("labels").entry(label).flag();
    if (added !== true && added !== UNKNOWN) return [];
    const findings = eachKnownItem(role.get("rules"), (own): Finding[] => {
      const writes = someText(own.get("verbs"), (verb) => !reading.includes(verb));
      const found = [writes, grants(own, secrets)];
      if (found.includes(true)) return [fail(own, "is more than to read")];
      return found.includes(UNKNOWN) ? [undecided(own)] : [];
    });
    return added === true ? findings : findings.map((finding) => ({ ...finding, verdict: "undecided" }));
  }),
  examples: [
    { title: "to read a kind of one's own", verdict: "pass", resources: added([queues]) },
    {
      title: "a role that is not added",
      verdict: "pass",
      absent: true,
      resources: roleExample([{ ...queues, verbs: ["*"] }]),
    },
    { title: "to delete", verdict: "fail", resources: added([{ ...queues, verbs: ["get", "delete"] }]) },
    {
      title: "to read secrets",
      verdict: "fail",
      resources: added([{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }]),
    },
    { title: "verbs known only later", verdict: "undecided", resources: added([{ ...queues, verbs: UNKNOWN }]) },
  ],
});
