import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { hostPathFindings, isWithin } from "../../../kit/kubernetes/host-paths";
import { podExample } from "../../../kit/kubernetes/pod-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

/** Where container runtimes listen, symbolic links resolved. Sources: the runtimes' own default configurations. */
const sockets = [
  "/run/containerd/containerd.sock",
  "/run/crio/crio.sock",
  "/run/cri-dockerd.sock",
  "/run/docker.sock",
  "/run/podman/podman.sock",
  "/run/dockershim.sock",
];
const mounted = (path: Plain) => podExample({ volumes: [{ name: "host", hostPath: { path } }] });

export const noRuntimeSocket = rule({
  id: "k8s-workloads-no-runtime-socket",
  title: "No pod reaches the container runtime of its node",
  severity: "critical",
  rationale:
    "Through the runtime's socket a pod starts privileged containers and enters all others of the node, unseen by the API server.",
  remediation: "Take the hostPath volume out; build images with a builder that needs no runtime.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "CM-7" },
  ],
  config: namespaceConfig,
  checks: judgedPods((pod) =>
    hostPathFindings(
      pod,
      (path) => sockets.some((socket) => isWithin(socket, path)),
      "leads to the socket of the container runtime",
    ),
  ),
  examples: [
    { title: "no volumes", verdict: "pass", absent: true, resources: podExample() },
    { title: "a folder of logs", verdict: "pass", resources: mounted("/var/log") },
    { title: "Docker's socket by its older path", verdict: "fail", resources: mounted("/var/run/docker.sock") },
    { title: "the folder that the socket is in", verdict: "fail", resources: mounted("/run/containerd/") },
    { title: "the whole node", verdict: "fail", resources: mounted("/") },
    { title: "a path with detours", verdict: "fail", resources: mounted("/var/log/../run//docker.sock") },
    { title: "a path known only later", verdict: "undecided", resources: mounted(UNKNOWN) },
  ],
});
