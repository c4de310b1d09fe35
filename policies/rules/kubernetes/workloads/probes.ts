import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import type { Fields } from "../../../kit/kubernetes/pod-examples";
import { goodContainer, goodSpec, varied, workloadExample } from "../../../kit/kubernetes/pod-examples";
import { UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const serving = ["kubernetes:apps/v1:Deployment", "kubernetes:apps/v1:StatefulSet"];
const deployment = (container: Fields) =>
  workloadExample("kubernetes:apps/v1:Deployment", { containers: [varied(goodContainer, container)] });

export const probes = rule({
  id: "k8s-workloads-probes",
  title: "Containers that serve say when they are ready and when they hang",
  severity: "low",
  rationale:
    "Without a readiness probe traffic reaches a model that is not loaded; without a liveness probe a hung one stays.",
  remediation: "Set readinessProbe and livenessProbe of each container of the Deployment or StatefulSet.",
  mappings: [{ framework: "NIST 800-53r5", control: "CP-10" }],
  levels: { baseline: "advisory", regulated: "advisory", isolated: "advisory" },
  config: namespaceConfig,
  checks: Object.fromEntries(
    Object.entries(
      judgedPods((pod) =>
        pod.eachContainer((container, kind) => {
          if (kind !== "container") return [];
          return [container.get("readinessProbe"), container.get("livenessProbe")].flatMap((probe): Finding[] => {
            if (probe.isUnknown) return [undecided(probe)];
            return probe.isAbsent ? [fail(probe, "is not set")] : [];
          });
        }),
      ),
    ).filter(([type]) => serving.includes(type)),
  ),
  examples: [
    { title: "both", verdict: "pass", resources: workloadExample("kubernetes:apps/v1:Deployment") },
    {
      title: "a job, which serves nobody",
      verdict: "pass",
      resources: workloadExample("kubernetes:batch/v1:Job", goodSpec),
    },
    {
      title: "no probe",
      verdict: "fail",
      absent: true,
      resources: deployment({ readinessProbe: null, livenessProbe: null }),
    },
    { title: "no readiness", verdict: "fail", resources: deployment({ readinessProbe: null }) },
    { title: "known only later", verdict: "undecided", resources: deployment({ livenessProbe: UNKNOWN }) },
  ],
});
