import { podExample, workloadExample } from "../../../kit/kubernetes/pod-examples";
import { forbidFlag, podSecurityChecks, podSecurityConfig } from "../../../kit/kubernetes/pod-security";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

export const hostNamespaces = rule({
  id: "pss-baseline-host-namespaces",
  title: "Pods do not share the network, processes or IPC of their node",
  severity: "high",
  rationale:
    "In the node's namespaces a pod reaches what listens on the node alone, reads traffic and signals or inspects processes of others.",
  remediation: "Leave out hostNetwork, hostPID and hostIPC of the pod's spec, or set them to false.",
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "hostNamespaces" },
    { framework: "CIS EKS 1.8.0", control: "4.2.2" },
    { framework: "CIS EKS 1.8.0", control: "4.2.3" },
    { framework: "CIS EKS 1.8.0", control: "4.2.4" },
    { framework: "NIST 800-53r5", control: "SC-39" },
    { framework: "NIST 800-53r5", control: "CM-7" },
  ],
  config: podSecurityConfig,
  checks: podSecurityChecks(({ spec }) => [
    ...forbidFlag(spec.get("hostNetwork"), "gives the pod the network of its node"),
    ...forbidFlag(spec.get("hostPID"), "shows the pod all processes of its node"),
    ...forbidFlag(spec.get("hostIPC"), "gives the pod the shared memory of its node"),
  ]),
  examples: [
    { title: "namespaces of the pod's own", verdict: "pass", absent: true, resources: podExample() },
    { title: "said explicitly", verdict: "pass", resources: podExample({ hostNetwork: false, hostPID: false }) },
    {
      title: "part of the cluster itself",
      verdict: "pass",
      resources: podExample({ hostNetwork: true }, { namespace: "kube-system" }),
    },
    { title: "the node's network", verdict: "fail", resources: podExample({ hostNetwork: true }) },
    {
      title: "the node's processes, for each node",
      verdict: "fail",
      resources: workloadExample("kubernetes:apps/v1:DaemonSet", { hostPID: true }),
    },
    {
      title: "the node's shared memory, in a scheduled job",
      verdict: "fail",
      resources: workloadExample("kubernetes:batch/v1:CronJob", { hostIPC: true }),
    },
    {
      title: "one known, one known only later",
      verdict: "fail",
      resources: podExample({ hostPID: UNKNOWN, hostNetwork: true }),
    },
    { title: "known only later", verdict: "undecided", resources: podExample({ hostNetwork: UNKNOWN }) },
    {
      title: "in a namespace that is known only later",
      verdict: "undecided",
      resources: podExample({ hostNetwork: true }, { namespace: UNKNOWN }),
    },
  ],
});
