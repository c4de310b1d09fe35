import { requireFalse } from "../../../kit/checks";
import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { podExample } from "../../../kit/kubernetes/pod-examples";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

export const noSharedProcesses = rule({
  id: "k8s-workloads-no-shared-processes",
  title: "Containers of a pod do not see each other's processes",
  severity: "medium",
  rationale:
    "A side container then reads the environment, the open files and, as the same user, the memory of the main one.",
  remediation: "Leave shareProcessNamespace out of the pod, or set it to false.",
  mappings: [{ framework: "NIST 800-53r5", control: "AC-6" }],
  config: namespaceConfig,
  checks: judgedPods((pod) =>
    requireFalse(pod.spec.get("shareProcessNamespace"), "lets containers see each other's processes"),
  ),
  examples: [
    { title: "not said, so each has its own", verdict: "pass", absent: true, resources: podExample() },
    { title: "each its own", verdict: "pass", resources: podExample({ shareProcessNamespace: false }) },
    { title: "shared", verdict: "fail", resources: podExample({ shareProcessNamespace: true }) },
    { title: "known only later", verdict: "undecided", resources: podExample({ shareProcessNamespace: UNKNOWN }) },
  ],
});
