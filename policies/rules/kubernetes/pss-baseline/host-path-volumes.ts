import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { podExample, workloadExample } from "../../../kit/kubernetes/pod-examples";
import { podSecurityChecks, podSecurityConfig } from "../../../kit/kubernetes/pod-security";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

export const hostPathVolumes = rule({
  id: "pss-baseline-host-path-volumes",
  title: "Pods mount no directories of their node",
  severity: "high",
  rationale:
    "A directory of the node gives a pod the node's credentials, container sockets and the data of other pods, often with a way to root.",
  remediation: "Replace hostPath in the pod's volumes by emptyDir, a persistentVolumeClaim or a csi volume.",
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "hostPathVolumes" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "SC-4" },
  ],
  config: podSecurityConfig,
  checks: podSecurityChecks(({ spec }) =>
    eachKnownItem(spec.get("volumes"), (volume) => {
      const hostPath = volume.get("hostPath");
      if (hostPath.isUnknown) return [undecided(hostPath)];
      return hostPath.isAbsent ? [] : [fail(hostPath, "mounts a directory of the node")];
    }),
  ),
  examples: [
    { title: "no volumes", verdict: "pass", absent: true, resources: podExample() },
    {
      title: "volumes that are the pod's own",
      verdict: "pass",
      resources: podExample({ volumes: [{ name: "scratch", emptyDir: {} }] }),
    },
    {
      title: "a directory of the node",
      verdict: "fail",
      resources: podExample({ volumes: [{ name: "logs", hostPath: { path: "/var/log" } }] }),
    },
    {
      title: "a directory of each node, its path known only later",
      verdict: "fail",
      resources: workloadExample("kubernetes:apps/v1:DaemonSet", {
        volumes: [{ name: "logs", hostPath: { path: UNKNOWN } }],
      }),
    },
    {
      title: "a violation beside a volume that is known only later",
      verdict: "fail",
      resources: podExample({ volumes: [UNKNOWN, { name: "dev", hostPath: { path: "/dev" } }] }),
    },
    { title: "volumes known only later", verdict: "undecided", resources: podExample({ volumes: UNKNOWN }) },
  ],
});
