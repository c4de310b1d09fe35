import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { roleExample } from "../../../kit/kubernetes/rbac-examples";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { ClusterRoleArgs } from "../../../kit/types/kubernetes-cluster";

const types = [
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRolePatch",
] as const;
const gathered = (clusterRoleSelectors: Plain) =>
  roleExample([], types[0], { aggregationRule: { clusterRoleSelectors } });

export const narrowAggregation = rule({
  id: "k8s-access-narrow-aggregation",
  title: "Roles that gather other roles choose them by a label",
  severity: "high",
  rationale: "An empty selector matches every cluster role, so the gathering role becomes cluster administrator.",
  remediation:
    "Give each of aggregationRule.clusterRoleSelectors matchLabels with a label that only the wanted roles have.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.3" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: sharedChecks<(typeof types)[number], ClusterRoleArgs>(types, (role) =>
    eachKnownItem(role.get("aggregationRule").get("clusterRoleSelectors"), (selector): Finding[] => {
      const labels = selector.get("matchLabels");
      const terms = selector.get("matchExpressions");
      const isEmpty = [labels.raw(), terms.raw()].every((part) => typeof part !== "symbol" && !hasEntries(part));
      if (isEmpty) return [fail(selector, "matches every cluster role")];
      const open = [labels, terms].filter((part) => part.isUnknown);
      return open.length > 0 && !hasEntries(labels.raw()) && !hasEntries(terms.raw()) ? [undecided(selector)] : [];
    }),
  ),
  examples: [
    {
      title: "roles with a label",
      verdict: "pass",
      resources: gathered([{ matchLabels: { "example.org/aggregate-to-operator": "true" } }]),
    },
    { title: "a role that gathers nothing", verdict: "pass", absent: true, resources: roleExample([]) },
    { title: "an empty selector", verdict: "fail", resources: gathered([{}]) },
    { title: "a selector with no labels in it", verdict: "fail", resources: gathered([{ matchLabels: {} }]) },
    { title: "labels known only later", verdict: "undecided", resources: gathered([{ matchLabels: UNKNOWN }]) },
  ],
});

function hasEntries(value: Plain | undefined): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}
