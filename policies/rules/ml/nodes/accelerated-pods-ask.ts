import { asksForNodes, NODE_KEYS_CONFIG } from "../../../kit/kubernetes/accelerated-nodes";
import { isExempt } from "../../../kit/kubernetes/exempt-namespaces";
import { isAccelerated } from "../../../kit/kubernetes/model-pods";
import { type PodView, podChecks, unless } from "../../../kit/kubernetes/pod";
import { goodContainer, podExample, varied, workloadExample } from "../../../kit/kubernetes/pod-examples";
import { listOf } from "../../../kit/node-machines";
import { UNKNOWN } from "../../../kit/property";
import { anyOf, not } from "../../../kit/readings";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const selector = { nodeSelector: { "nvidia.com/gpu.present": "true" } };
const toleration = { tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }] };
const asking = { containers: [varied(goodContainer, { resources: { limits: { "nvidia.com/gpu": "1" } } })] };

export const acceleratedPodsAsk = rule({
  id: "ml-02-accelerated-pods-ask",
  title: "Pods that go to nodes with accelerators ask for one",
  severity: "medium",
  rationale:
    "A container that asks for no GPU on a node with GPUs may see all of them, and with them what other tenants left in their memory.",
  remediation:
    "Give a container the limit nvidia.com/gpu, nvidia.com/mig-… or aws.amazon.com/neuron, or take away the node selector and toleration.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-4" },
    { framework: "ISO 27001:2022", control: "A.8.27" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.7" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0037" },
    { framework: "OWASP AISVS 1.0", control: "C4.2.4" },
  ],
  config: {
    ...NODE_KEYS_CONFIG,
    exemptNamespaces: {
      type: "array",
      items: { type: "string" },
      description: "Namespaces of the drivers, plug-ins and sensors that every node has, accelerated ones among them.",
      default: ["kube-system", "gpu-operator", "nvidia-gpu-operator", "amazon-guardduty", "amazon-cloudwatch"],
    },
  },
  checks: podChecks((pod, { config }) => {
    const exempt = isExempt(pod.namespace, listOf(config.exemptNamespaces));
    return unless(anyOf([exempt, not(asksForNodes(pod, listOf(config.nodeKeys)))]), askFindings(pod));
  }),
  examples: [
    { title: "asks for a GPU", verdict: "pass", resources: podExample({ ...selector, ...toleration, ...asking }) },
    {
      title: "asks for a partition of one",
      verdict: "pass",
      resources: podExample({
        ...selector,
        containers: [varied(goodContainer, { resources: { limits: { "nvidia.com/mig-1g.10gb": "1" } } })],
      }),
    },
    { title: "goes anywhere else", verdict: "pass", resources: podExample() },
    {
      title: "the devices' plug-in itself",
      verdict: "pass",
      resources: podExample({ ...selector, ...toleration }, { namespace: "gpu-operator" }),
    },
    {
      title: "a sensor on all nodes",
      verdict: "pass",
      resources: workloadExample("kubernetes:apps/v1:DaemonSet", { tolerations: [{ operator: "Exists" }] }),
    },
    { title: "chooses such nodes, asks for nothing", verdict: "fail", absent: true, resources: podExample(selector) },
    { title: "tolerates their taint, asks for nothing", verdict: "fail", resources: podExample(toleration) },
    {
      title: "tolerates every taint",
      verdict: "fail",
      resources: podExample({ tolerations: [{ operator: "Exists" }] }),
    },
    {
      title: "chooses them by affinity",
      verdict: "fail",
      resources: workloadExample("kubernetes:apps/v1:Deployment", {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: "gabion.dev/accelerator", operator: "Exists" }] }],
            },
          },
        },
      }),
    },
    {
      title: "limits known only later",
      verdict: "undecided",
      resources: podExample({ ...selector, containers: [varied(goodContainer, { resources: UNKNOWN })] }),
    },
  ],
});

function askFindings(pod: PodView): Finding[] {
  const asking = isAccelerated(pod);
  if (asking === true) return [];
  const text = "goes to nodes with accelerators, and no container asks for one";
  return [asking === UNKNOWN ? undecided(pod.spec, `${text}, for sure`) : fail(pod.spec, text)];
}
