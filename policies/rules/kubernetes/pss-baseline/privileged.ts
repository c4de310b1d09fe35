import { goodContainer, podExample, securityContextExample, varied } from "../../../kit/kubernetes/pod-examples";
import {
  eachSecurityContext,
  forbidFlag,
  podSecurityChecks,
  podSecurityConfig,
} from "../../../kit/kubernetes/pod-security";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

const privilegedContainer = varied(goodContainer, { securityContext: { privileged: true } });

export const privileged = rule({
  id: "pss-baseline-privileged",
  title: "Containers are not privileged",
  severity: "critical",
  rationale:
    "A privileged container has all capabilities and all devices of its node: whoever runs code in it owns the node and its other pods.",
  remediation:
    "Leave out securityContext.privileged of each container, or set it to false; ask for single capabilities or devices instead.",
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "privileged" },
    { framework: "CIS EKS 1.8.0", control: "4.2.1" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "SC-39" },
  ],
  config: podSecurityConfig,
  checks: podSecurityChecks((pod) =>
    eachSecurityContext(pod, (context) => forbidFlag(context.get("privileged"), "makes the container privileged")),
  ),
  examples: [
    { title: "nothing said", verdict: "pass", absent: true, resources: podExample() },
    { title: "said explicitly", verdict: "pass", resources: securityContextExample({ privileged: false }) },
    { title: "privileged container", verdict: "fail", resources: securityContextExample({ privileged: true }) },
    {
      title: "privileged init container beside a good one",
      verdict: "fail",
      resources: podExample({ initContainers: [privilegedContainer] }),
    },
    {
      title: "privileged container for debugging",
      verdict: "fail",
      resources: podExample({ ephemeralContainers: [privilegedContainer] }),
    },
    {
      title: "privileged beside a container that is known only later",
      verdict: "fail",
      resources: podExample({ containers: [UNKNOWN, privilegedContainer] }),
    },
    { title: "containers known only later", verdict: "undecided", resources: podExample({ containers: UNKNOWN }) },
  ],
});
