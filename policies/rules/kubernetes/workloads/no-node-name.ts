import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { podExample } from "../../../kit/kubernetes/pod-examples";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

export const noNodeName = rule({
  id: "k8s-workloads-no-node-name",
  title: "No pod names its node past the scheduler",
  severity: "medium",
  rationale:
    "A pod with nodeName is started without the scheduler, so neither taints against placement nor queues hold it back.",
  remediation: "Choose nodes with nodeSelector or affinity instead of nodeName.",
  mappings: [{ framework: "NIST 800-53r5", control: "AC-6" }],
  config: namespaceConfig,
  checks: judgedPods((pod) => {
    const node = pod.spec.get("nodeName");
    if (node.isUnknown) return [undecided(node)];
    return node.text() === undefined ? [] : [fail(node, "passes the scheduler by")];
  }),
  examples: [
    { title: "the scheduler chooses", verdict: "pass", absent: true, resources: podExample() },
    { title: "among nodes with a label", verdict: "pass", resources: podExample({ nodeSelector: { pool: "gpu" } }) },
    { title: "a node by its name", verdict: "fail", resources: podExample({ nodeName: "ip-10-0-0-1" }) },
    { title: "known only later", verdict: "undecided", resources: podExample({ nodeName: UNKNOWN }) },
  ],
});
