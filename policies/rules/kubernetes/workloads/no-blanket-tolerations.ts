import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { podExample } from "../../../kit/kubernetes/pod-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const tolerating = (toleration: Plain) => podExample({ tolerations: [toleration] });

export const noBlanketTolerations = rule({
  id: "k8s-workloads-no-blanket-tolerations",
  title: "No pod tolerates every taint",
  severity: "medium",
  rationale:
    "Taints keep GPU nodes, attested nodes and tenants apart; a pod that tolerates all may land on any of them.",
  remediation: "Name the key of the one taint that the pod is to tolerate.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "SC-7(21)" },
  ],
  levels: { baseline: "advisory" },
  config: namespaceConfig,
  checks: judgedPods((pod) =>
    eachKnownItem(pod.spec.get("tolerations"), (toleration): Finding[] => {
      const key = toleration.get("key");
      const operator = toleration.get("operator").text();
      if (key.text() !== undefined && key.text() !== UNKNOWN) return [];
      // A key without a value for the operator means Equal, which the API server refuses without a key.
      if (operator !== "Exists" && operator !== UNKNOWN) return [];
      return [
        key.isUnknown || operator === UNKNOWN ? undecided(toleration) : fail(toleration, "tolerates every taint"),
      ];
    }),
  ),
  examples: [
    { title: "one taint", verdict: "pass", resources: tolerating({ key: "nvidia.com/gpu", operator: "Exists" }) },
    { title: "none", verdict: "pass", absent: true, resources: podExample() },
    { title: "everything", verdict: "fail", resources: tolerating({ operator: "Exists" }) },
    {
      title: "everything that keeps pods from being placed",
      verdict: "fail",
      resources: tolerating({ operator: "Exists", effect: "NoSchedule" }),
    },
    { title: "operator known only later", verdict: "undecided", resources: tolerating({ operator: UNKNOWN }) },
  ],
});
