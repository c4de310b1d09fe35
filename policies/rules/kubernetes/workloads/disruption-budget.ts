import { isExempt, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { selectsPods } from "../../../kit/kubernetes/label-selectors";
import { unless } from "../../../kit/kubernetes/pod";
import { replicatedExample } from "../../../kit/kubernetes/pod-examples";
import {
  inSameNamespace,
  replicasOf,
  SERVING_TYPES,
  type ServingWorkload,
  servingWorkloads,
} from "../../../kit/kubernetes/serving";
import { type Plain, type Property, type Reading, UNKNOWN } from "../../../kit/property";
import { allOf, anyOf } from "../../../kit/readings";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import type { LabelSelector } from "../../../kit/types/kubernetes-workloads";

const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
const budget = (selector: Plain, namespace: Plain = "serving"): ExampleResource => ({
  type: BUDGET,
  name: "server",
  properties: { metadata: { name: "server", namespace }, spec: { minAvailable: 1, selector } },
});

export const disruptionBudget = rule({
  id: "k8s-workloads-disruption-budget",
  title: "What serves with several pods keeps some of them while nodes are drained",
  severity: "low",
  rationale: "A patch of the nodes may otherwise drain all pods of a service at the same time.",
  remediation: "Add a PodDisruptionBudget with the labels of the pods and minAvailable or maxUnavailable.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CP-10" },
    { framework: "NIST 800-53r5", control: "SC-5" },
  ],
  levels: { baseline: "disabled", regulated: "advisory", isolated: "advisory" },
  config: namespaceConfig,
  checks: {},
  observes: [...SERVING_TYPES, BUDGET],
  stack: (index, { config }) =>
    servingWorkloads(index).flatMap((workload) => {
      const count = replicasOf(workload);
      if (count !== UNKNOWN && count < 2) return [];
      const kept = isKept(index, workload);
      if (kept === true) return [];
      const open = kept === UNKNOWN || count === UNKNOWN;
      const finding = open ? undecided("spec") : fail("spec", "no PodDisruptionBudget of the stack is for these pods");
      const exempt = isExempt(workload.pod.namespace, config.exemptNamespaces as readonly string[]);
      return unless(exempt, [finding]).map((found) => ({ ...found, resource: workload.resource }));
    }),
  examples: [
    {
      title: "a budget for the pods",
      verdict: "pass",
      resources: [...replicatedExample(3), budget({ matchLabels: { app: "server" } })],
    },
    {
      title: "a budget for all pods of the namespace",
      verdict: "pass",
      resources: [...replicatedExample(3), budget({})],
    },
    { title: "one pod, which no budget can keep", verdict: "pass", resources: replicatedExample(1) },
    { title: "no budget", verdict: "fail", absent: true, resources: replicatedExample(3) },
    {
      title: "a budget for other pods",
      verdict: "fail",
      resources: [...replicatedExample(3), budget({ matchLabels: { app: "web" } })],
    },
    {
      title: "a budget for other pods, by an expression",
      verdict: "fail",
      resources: [
        ...replicatedExample(3),
        budget({ matchExpressions: [{ key: "app", operator: "NotIn", values: ["server"] }] }),
      ],
    },
    {
      title: "a budget of another namespace",
      verdict: "fail",
      resources: [...replicatedExample(3), budget({}, "web")],
    },
    {
      title: "labels known only later",
      verdict: "undecided",
      resources: [...replicatedExample(3), budget({ matchLabels: UNKNOWN })],
    },
  ],
});

function isKept(index: StackIndex, { resource, pod }: ServingWorkload): Reading<boolean> {
  return anyOf(
    index.ofType(BUDGET).map((found) => {
      const selector = (found.inputs ?? found.properties).get("spec").get("selector") as Property<LabelSelector>;
      return allOf([
        inSameNamespace(found as unknown as StackResource, resource),
        // A budget without a selector is for no pod.
        selector.isAbsent ? false : selectsPods(selector, pod.metadata),
      ]);
    }),
  );
}
