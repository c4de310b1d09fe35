import {
  podSecurityContextExample,
  securityContextExample,
  workloadExample,
} from "../../../kit/kubernetes/pod-examples";
import {
  everySecurityContext,
  forbidFlag,
  podSecurityChecks,
  podSecurityConfig,
} from "../../../kit/kubernetes/pod-security";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

export const windowsHostProcess = rule({
  id: "pss-baseline-windows-host-process",
  title: "Windows containers do not run as processes of their node",
  severity: "high",
  rationale: "A host process container is not isolated at all: it has the node's files, network and rights.",
  remediation:
    "Leave out securityContext.windowsOptions.hostProcess of the pod and of each container, or set it to false.",
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "windowsHostProcess" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "SC-39" },
  ],
  config: podSecurityConfig,
  checks: podSecurityChecks((pod) =>
    everySecurityContext(pod, (context) =>
      forbidFlag(context.get("windowsOptions").get("hostProcess"), "makes containers processes of the node"),
    ),
  ),
  examples: [
    { title: "nothing said", verdict: "pass", absent: true, resources: securityContextExample({}) },
    {
      title: "said explicitly",
      verdict: "pass",
      resources: podSecurityContextExample({ windowsOptions: { hostProcess: false } }),
    },
    {
      title: "for the whole pod",
      verdict: "fail",
      resources: podSecurityContextExample({ windowsOptions: { hostProcess: true } }),
    },
    {
      title: "for one container",
      verdict: "fail",
      resources: securityContextExample({ windowsOptions: { hostProcess: true } }),
    },
    {
      title: "for the pods of a DaemonSet, a container known only later",
      verdict: "fail",
      resources: workloadExample("kubernetes:apps/v1:DaemonSet", {
        securityContext: { windowsOptions: { hostProcess: true } },
        containers: UNKNOWN,
      }),
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: podSecurityContextExample({ windowsOptions: { hostProcess: UNKNOWN } }),
    },
  ],
});
