import { asksForNodes, NODE_KEYS_CONFIG } from "../../../kit/kubernetes/accelerated-nodes";
import { isExempt } from "../../../kit/kubernetes/exempt-namespaces";
import { hostPathFindings, isWithin } from "../../../kit/kubernetes/host-paths";
import { isAccelerated } from "../../../kit/kubernetes/model-pods";
import { eachKnownItem, entriesOf, type PodView, podChecks, unless } from "../../../kit/kubernetes/pod";
import { goodContainer, podExample, varied, workloadExample } from "../../../kit/kubernetes/pod-examples";
import { forbidFlag } from "../../../kit/kubernetes/pod-security";
import { listOf } from "../../../kit/node-machines";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { anyOf, not } from "../../../kit/readings";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { Container } from "../../../kit/types/kubernetes-workloads";

const limits = { resources: { limits: { "nvidia.com/gpu": "1" } } };
const gpu = (container: Record<string, Plain> = {}) => ({
  containers: [varied(goodContainer, { ...limits, ...container })],
});
const environment = (value: Plain): Record<string, Plain> => ({ env: [{ name: "NVIDIA_VISIBLE_DEVICES", value }] });

export const acceleratorIsolation = rule({
  id: "ml-03-accelerator-isolation",
  title: "Pods reach no accelerator but those they are given",
  severity: "high",
  rationale:
    "The container runtime gives every device to whoever asks by an environment variable, and a privileged pod, or one with the node's /dev or IPC, takes them: memory of other tenants is then open.",
  remediation:
    "Take NVIDIA_VISIBLE_DEVICES out of env, and privileged, hostIPC and volumes of hostPath below /dev out of pods with accelerators; ask by resources.limits.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-39" },
    { framework: "NIST 800-53r5", control: "CM-7" },
    { framework: "ISO 27001:2022", control: "A.8.18" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.7" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0105" },
    { framework: "OWASP AISVS 1.0", control: "C4.1.1" },
  ],
  config: {
    ...NODE_KEYS_CONFIG,
    exemptNamespaces: {
      type: "array",
      items: { type: "string" },
      description: "Namespaces of drivers and plug-ins, which manage the devices.",
      default: ["kube-system", "gpu-operator", "nvidia-gpu-operator"],
    },
  },
  checks: podChecks((pod, { config }) => {
    const exempt = isExempt(pod.namespace, listOf(config.exemptNamespaces));
    const accelerated = anyOf([isAccelerated(pod), asksForNodes(pod, listOf(config.nodeKeys))]);
    // Whoever asks by the environment needs no limit for it, so these are found in every pod.
    const asked = [...pod.eachContainer(environmentFindings), ...annotationFindings(pod)];
    return unless(exempt, [...asked, ...unless(not(accelerated), nodeFindings(pod))]);
  }),
  examples: [
    { title: "a GPU by its limit", verdict: "pass", absent: true, resources: podExample(gpu()) },
    { title: "no device wanted", verdict: "pass", resources: podExample(gpu(environment("void"))) },
    {
      title: "privileged without an accelerator: another rule's concern",
      verdict: "pass",
      resources: podExample({ containers: [varied(goodContainer, { securityContext: { privileged: true } })] }),
    },
    { title: "all devices by the environment", verdict: "fail", resources: podExample(gpu(environment("all"))) },
    {
      title: "all devices, from a pod that asks for none",
      verdict: "fail",
      resources: workloadExample("kubernetes:apps/v1:Deployment", {
        containers: [varied(goodContainer, environment("all"))],
      }),
    },
    { title: "a device by its number", verdict: "fail", resources: podExample(gpu(environment("0"))) },
    {
      title: "devices by an annotation of the container device interface",
      verdict: "fail",
      resources: podExample(gpu(), { annotations: { "cdi.k8s.io/gpus": "nvidia.com/gpu=all" } }),
    },
    {
      title: "privileged, with a GPU",
      verdict: "fail",
      resources: podExample(gpu({ securityContext: { privileged: true } })),
    },
    { title: "the node's IPC, with a GPU", verdict: "fail", resources: podExample({ ...gpu(), hostIPC: true }) },
    {
      title: "the node's devices as a volume",
      verdict: "fail",
      resources: podExample({ ...gpu(), volumes: [{ name: "devices", hostPath: { path: "/proc/../dev/" } }] }),
    },
    {
      title: "the variable known only later",
      verdict: "undecided",
      resources: podExample(gpu(environment(UNKNOWN))),
    },
  ],
});

function environmentFindings(container: Property<Container>): Finding[] {
  return eachKnownItem(container.get("env"), (variable): Finding[] => {
    const name = variable.get("name").text();
    if (name !== UNKNOWN && name !== "NVIDIA_VISIBLE_DEVICES") return [];
    const value = variable.get("value");
    const text = value.text();
    if (text === "none" || text === "void") return [];
    if (text === undefined && variable.get("valueFrom").isAbsent) return [];
    const open = name === UNKNOWN || text === UNKNOWN;
    return [open ? undecided(value) : fail(value, "takes devices that the pod was not given")];
  });
}

function annotationFindings(pod: PodView): Finding[] {
  const annotations = pod.metadata.get("annotations");
  const { entries, complete } = entriesOf(annotations);
  const found = entries.flatMap(([key, value]): Finding[] => {
    if (!key.startsWith("cdi.k8s.io/")) return [];
    return [value.text() === UNKNOWN ? undecided(annotations) : fail(annotations, "takes devices by cdi.k8s.io")];
  });
  return complete ? found : [...found, undecided(annotations)];
}

function nodeFindings(pod: PodView): Finding[] {
  return [
    ...forbidFlag(pod.spec.get("hostIPC"), "shares the node's IPC"),
    ...pod.eachContainer((container) =>
      forbidFlag(container.get("securityContext").get("privileged"), "sees all devices of the node"),
    ),
    ...hostPathFindings(pod, (path) => isWithin(path, "/dev") || path === "/", "reaches the node's devices"),
  ];
}
