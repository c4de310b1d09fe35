import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { hostPathFindings, isWithin } from "../../../kit/kubernetes/host-paths";
import { podExample } from "../../../kit/kubernetes/pod-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

const system = [
  "/boot",
  "/dev",
  "/etc",
  "/lib",
  "/proc",
  "/root",
  "/sys",
  "/usr",
  "/var/lib/containerd",
  "/var/lib/kubelet",
];
const mounted = (path: Plain) => podExample({ volumes: [{ name: "host", hostPath: { path } }] });

export const noHostSystemPaths = rule({
  id: "k8s-workloads-no-host-system-paths",
  title: "No pod reaches devices, settings or secrets of its node",
  severity: "high",
  rationale:
    "Devices bypass the scheduler, the kubelet's folder has the secrets of every pod of the node, and its settings make root.",
  remediation:
    "Take the hostPath volume out; ask for devices through a device plugin, and name paths of agents in allowedPaths.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "CM-7" },
  ],
  config: {
    ...namespaceConfig,
    allowedPaths: {
      type: "array",
      description: "Paths that pods may mount, for example of monitoring agents and device plugins",
      items: { type: "string" },
      default: ["/dev/shm"],
    },
  },
  checks: judgedPods((pod, { config }) =>
    hostPathFindings(
      pod,
      (path) =>
        !(config.allowedPaths as readonly string[]).includes(path) &&
        system.some((folder) => isWithin(path, folder) || isWithin(folder, path)),
      "is part of the node's own system",
    ),
  ),
  examples: [
    { title: "no volumes", verdict: "pass", absent: true, resources: podExample() },
    { title: "a folder of logs", verdict: "pass", resources: mounted("/var/log/pods") },
    {
      title: "a path that the configuration allows",
      verdict: "pass",
      config: { allowedPaths: ["/etc/os-release"] },
      resources: mounted("/etc/os-release"),
    },
    { title: "a GPU's device", verdict: "fail", resources: mounted("/dev/nvidia0") },
    { title: "a folder above the kubelet's", verdict: "fail", resources: mounted("/var/lib") },
    { title: "a path known only later", verdict: "undecided", resources: mounted(UNKNOWN) },
  ],
});
