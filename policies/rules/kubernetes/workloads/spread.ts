import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { workloadExample } from "../../../kit/kubernetes/pod-examples";
import { SERVING_TYPES } from "../../../kit/kubernetes/serving";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

const deployment = (spec: Record<string, Plain>) => workloadExample("kubernetes:apps/v1:Deployment", spec);

export const spread = rule({
  id: "k8s-workloads-spread",
  title: "The pods of what serves are spread over nodes or zones",
  severity: "low",
  rationale: "Pods that all land in one zone, or on one node, all fail with it, however many there are.",
  remediation:
    "Set topologySpreadConstraints with topologyKey topology.kubernetes.io/zone, or affinity.podAntiAffinity.",
  mappings: [{ framework: "NIST 800-53r5", control: "CP-10" }],
  levels: { baseline: "disabled", regulated: "advisory", isolated: "advisory" },
  config: namespaceConfig,
  checks: Object.fromEntries(
    Object.entries(
      judgedPods(({ spec }) => {
        const constraints = spec.get("topologySpreadConstraints");
        const apart = (spec.get("affinity") as Property<{ podAntiAffinity?: object }>).get("podAntiAffinity");
        const isApart = !apart.isAbsent && !apart.isBelowUnknown;
        if (constraints.items().items.length > 0 || isApart) return [];
        if (constraints.isUnknown || apart.isUnknown) return [undecided(constraints)];
        return [fail(constraints, "is not set, and no affinity keeps the pods apart")];
      }),
    ).filter(([type]) => (SERVING_TYPES as readonly string[]).includes(type)),
  ),
  examples: [
    {
      title: "over zones",
      verdict: "pass",
      resources: deployment({
        topologySpreadConstraints: [{ topologyKey: "topology.kubernetes.io/zone", maxSkew: 1 }],
      }),
    },
    { title: "apart from each other", verdict: "pass", resources: deployment({ affinity: { podAntiAffinity: {} } }) },
    { title: "wherever there is room", verdict: "fail", absent: true, resources: deployment({}) },
    { title: "known only later", verdict: "undecided", resources: deployment({ topologySpreadConstraints: UNKNOWN }) },
  ],
});
