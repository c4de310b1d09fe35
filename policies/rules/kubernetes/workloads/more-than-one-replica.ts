import { isExempt, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { unless } from "../../../kit/kubernetes/pod";
import { replicatedExample } from "../../../kit/kubernetes/pod-examples";
import {
  inSameNamespace,
  replicasOf,
  SERVING_TYPES,
  type ServingWorkload,
  servingWorkloads,
} from "../../../kit/kubernetes/serving";
import { metadataOf } from "../../../kit/kubernetes/tiers";
import { type Plain, type Reading, UNKNOWN } from "../../../kit/property";
import { allOf, anyOf } from "../../../kit/readings";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";

const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const scaler = (minReplicas: Plain): ExampleResource => ({
  type: AUTOSCALER,
  name: "server",
  properties: {
    metadata: { name: "server", namespace: "serving" },
    spec: { scaleTargetRef: { kind: "Deployment", name: "server" }, minReplicas, maxReplicas: 9 },
  },
});

export const moreThanOneReplica = rule({
  id: "k8s-workloads-more-than-one-replica",
  title: "What serves has more than one pod",
  severity: "low",
  rationale:
    "The only pod is gone for as long as a model takes to load whenever its node is patched or its zone fails.",
  remediation: "Set replicas to 2 or more, or minReplicas of the HorizontalPodAutoscaler.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CP-10" },
    { framework: "NIST 800-53r5", control: "SC-5" },
  ],
  levels: { baseline: "disabled", regulated: "advisory", isolated: "advisory" },
  config: namespaceConfig,
  checks: {},
  observes: [...SERVING_TYPES, AUTOSCALER],
  stack: (index, { config }) =>
    servingWorkloads(index).flatMap((workload) => {
      const many = hasMany(index, workload);
      if (many === true) return [];
      const where = workload.spec.get("replicas");
      const finding = many === UNKNOWN ? undecided(where) : fail(where, "is fewer than two");
      const exempt = isExempt(workload.pod.namespace, config.exemptNamespaces as readonly string[]);
      return unless(exempt, [finding]).map((found) => ({ ...found, resource: workload.resource }));
    }),
  examples: [
    { title: "two pods", verdict: "pass", resources: replicatedExample(2) },
    { title: "an autoscaler that keeps two", verdict: "pass", resources: [...replicatedExample(null), scaler(2)] },
    { title: "no number, so one", verdict: "fail", absent: true, resources: replicatedExample(null) },
    { title: "one pod", verdict: "fail", resources: replicatedExample(1) },
    {
      title: "an autoscaler that goes down to one",
      verdict: "fail",
      resources: [...replicatedExample(null), scaler(1)],
    },
    { title: "known only later", verdict: "undecided", resources: replicatedExample(UNKNOWN) },
  ],
});

function hasMany(index: StackIndex, workload: ServingWorkload): Reading<boolean> {
  const count = replicasOf(workload);
  const scaled = index.ofType(AUTOSCALER).map((found): Reading<boolean> => {
    const spec = (found.inputs ?? found.properties).get("spec");
    const own = metadataOf(workload.resource).get("name").text();
    const target = spec.get("scaleTargetRef").get("name").text();
    const least = spec.get("minReplicas").number() ?? 1;
    return allOf([
      own === UNKNOWN || target === UNKNOWN ? UNKNOWN : own === target,
      inSameNamespace(found as unknown as StackResource, workload.resource),
      least === UNKNOWN ? UNKNOWN : least > 1,
    ]);
  });
  return anyOf([count === UNKNOWN ? UNKNOWN : count > 1, ...scaled]);
}
