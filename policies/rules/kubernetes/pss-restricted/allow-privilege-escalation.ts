import { requireFalse } from "../../../kit/checks";
import { goodContainer, podExample, securityContextExample, varied } from "../../../kit/kubernetes/pod-examples";
import {
  eachSecurityContext,
  podSecurityChecks,
  podSecurityConfig,
  restrictedLevels,
  unlessWindows,
} from "../../../kit/kubernetes/pod-security";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

const plainContainer = varied(goodContainer, { securityContext: null });

export const allowPrivilegeEscalation = rule({
  id: "pss-restricted-allow-privilege-escalation",
  title: "Containers forbid that a process gains more rights than its parent",
  severity: "medium",
  rationale: "A set-user-ID program in the image turns a process without rights into root of the container.",
  remediation:
    "Set securityContext.allowPrivilegeEscalation to false in each container, init and ephemeral containers included.",
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "allowPrivilegeEscalation" },
    { framework: "CIS EKS 1.8.0", control: "4.2.5" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  levels: restrictedLevels,
  config: podSecurityConfig,
  checks: podSecurityChecks(
    (pod, context) =>
      unlessWindows(
        pod,
        context,
        eachSecurityContext(pod, (security) =>
          requireFalse(
            security.get("allowPrivilegeEscalation"),
            "lets processes gain rights",
            "is not set, which lets processes gain rights",
          ),
        ),
      ),
    8,
  ),
  examples: [
    { title: "forbidden", verdict: "pass", resources: podExample() },
    {
      title: "a pod for Windows, where there is no such setting",
      verdict: "pass",
      resources: podExample({ os: { name: "windows" }, containers: [plainContainer] }),
    },
    {
      title: "a pod for Windows, before the standards knew them",
      verdict: "fail",
      config: { version: "v1.24" },
      resources: podExample({ os: { name: "windows" }, containers: [plainContainer] }),
    },
    { title: "allowed", verdict: "fail", resources: securityContextExample({ allowPrivilegeEscalation: true }) },
    {
      title: "nothing said, which allows it",
      verdict: "fail",
      absent: true,
      resources: podExample({ containers: [plainContainer] }),
    },
    {
      title: "an init container without the setting",
      verdict: "fail",
      resources: podExample({ initContainers: [plainContainer] }),
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: securityContextExample({ allowPrivilegeEscalation: UNKNOWN }),
    },
    {
      title: "allowed, and whether it is for Windows is known only later",
      verdict: "undecided",
      resources: podExample({ os: { name: UNKNOWN }, containers: [plainContainer] }),
    },
  ],
});
