import { isExempt, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { entriesOf, unless } from "../../../kit/kubernetes/pod";
import { workloadExample } from "../../../kit/kubernetes/pod-examples";
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
const deployment = (replicas: Plain): ExampleResource[] =>
  workloadExample("kubernetes:apps/v1:Deployment").map((resource) => ({
    ...resource,
    properties: {
      ...resource.properties,
      spec: { ...(resource.properties.spec as Record<string, Plain>), ...(replicas === null ? {} : { replicas }) },
    },
  }));
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
      resources: [...deployment(3), budget({ matchLabels: { app: "server" } })],
    },
    { title: "a budget for all pods of the namespace", verdict: "pass", resources: [...deployment(3), budget({})] },
    { title: "one pod, which no budget can keep", verdict: "pass", resources: deployment(1) },
    { title: "no budget", verdict: "fail", absent: true, resources: deployment(3) },
    {
      title: "a budget for other pods",
      verdict: "fail",
      resources: [...deployment(3), budget({ matchLabels: { app: "web" } })],
    },
    { title: "a budget of another namespace", verdict: "fail", resources: [...deployment(3), budget({}, "web")] },
    {
      title: "labels known only later",
      verdict: "undecided",
      resources: [...deployment(3), budget({ matchLabels: UNKNOWN })],
    },
  ],
});

function isKept(index: StackIndex, { resource, pod }: ServingWorkload): Reading<boolean> {
  return anyOf(
    index.ofType(BUDGET).map((found) => {
      const selector = (found.inputs ?? found.properties).get("spec").get("selector") as Property<LabelSelector>;
      return allOf([
        inSameNamespace(found as unknown as StackResource, resource),
        matches(selector, pod.metadata.get("labels") as Property<Record<string, string>>),
      ]);
    }),
  );
}

/** Whether a selector chooses pods with some labels. Expressions are not worked out: with some, it stays open. */
function matches(selector: Property<LabelSelector>, labels: Property<Record<string, string>>): Reading<boolean> {
  if (selector.isAbsent) return false;
  const expressions = selector.get("matchExpressions").items();
  const wanted = entriesOf(selector.get("matchLabels"));
  const found = wanted.entries.map(([key, value]): Reading<boolean> => {
    const own = labels.entry(key).text();
    const text = value.text();
    return own === UNKNOWN || text === UNKNOWN ? UNKNOWN : own === text;
  });
  const isOpen = !wanted.complete || !expressions.complete || expressions.items.length > 0;
  return allOf([...found, isOpen ? UNKNOWN : true]);
}
