import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { podExample } from "../../../kit/kubernetes/pod-examples";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

export const noSystemPriority = rule({
  id: "k8s-workloads-no-system-priority",
  title: "No workload has the priority of the cluster's own parts",
  severity: "medium",
  rationale: "Such a pod evicts others, DNS, policy agents and training jobs included, and is never evicted itself.",
  remediation: "Make a PriorityClass for the workload instead of system-cluster-critical and system-node-critical.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-5" },
    { framework: "NIST 800-53r5", control: "SC-6" },
  ],
  levels: { baseline: "advisory" },
  config: namespaceConfig,
  checks: judgedPods((pod) => {
    const priority = pod.spec.get("priorityClassName");
    const name = priority.text();
    if (name === UNKNOWN) return [undecided(priority)];
    return name !== undefined && /^system-(cluster|node)-critical$/.test(name)
      ? [fail(priority, "is the priority of the cluster's own parts")]
      : [];
  }),
  examples: [
    { title: "a class of its own", verdict: "pass", resources: podExample({ priorityClassName: "serving" }) },
    { title: "no class", verdict: "pass", absent: true, resources: podExample() },
    {
      title: "a part of the cluster",
      verdict: "pass",
      resources: podExample({ priorityClassName: "system-node-critical" }, { namespace: "kube-system" }),
    },
    {
      title: "a system class",
      verdict: "fail",
      resources: podExample({ priorityClassName: "system-cluster-critical" }),
    },
    { title: "known only later", verdict: "undecided", resources: podExample({ priorityClassName: UNKNOWN }) },
  ],
});
