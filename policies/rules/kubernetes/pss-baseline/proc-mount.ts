import { podExample, securityContextExample, workloadExample } from "../../../kit/kubernetes/pod-examples";
import {
  eachSecurityContext,
  podSecurityChecks,
  podSecurityConfig,
  procMountFindings,
  unlessOwnUsers,
} from "../../../kit/kubernetes/pod-security";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

const unmasked = { name: "nested", securityContext: { procMount: "Unmasked" } };

export const procMount = rule({
  id: "pss-baseline-proc-mount",
  title: "Containers see the masked form of /proc, unless their pod has users of its own",
  severity: "medium",
  rationale:
    "The mask hides files of /proc through which root in a container reads and changes settings of the node's kernel.",
  remediation:
    "Leave out securityContext.procMount of each container or set it to Default; with hostUsers false for the pod any value is safe.",
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "procMount" },
    { framework: "NIST 800-53r5", control: "SC-39" },
    { framework: "NIST 800-53r5", control: "CM-7" },
  ],
  config: podSecurityConfig,
  checks: podSecurityChecks((pod, context) =>
    unlessOwnUsers(pod, context, eachSecurityContext(pod, procMountFindings)),
  ),
  examples: [
    { title: "nothing said", verdict: "pass", absent: true, resources: podExample() },
    { title: "the default form", verdict: "pass", resources: securityContextExample({ procMount: "Default" }) },
    {
      title: "unmasked, in a user namespace",
      verdict: "pass",
      resources: podExample({ hostUsers: false, containers: [unmasked] }),
    },
    {
      title: "unmasked, in a user namespace, before the standards knew them",
      verdict: "fail",
      config: { version: "v1.34" },
      resources: podExample({ hostUsers: false, containers: [unmasked] }),
    },
    { title: "unmasked", verdict: "fail", resources: podExample({ containers: [unmasked] }) },
    {
      title: "unmasked, with the node's users",
      verdict: "fail",
      resources: workloadExample("kubernetes:batch/v1:Job", { hostUsers: true, containers: [unmasked] }),
    },
    {
      title: "unmasked, and whose users is known only later",
      verdict: "undecided",
      resources: podExample({ hostUsers: UNKNOWN, containers: [unmasked] }),
    },
    { title: "known only later", verdict: "undecided", resources: securityContextExample({ procMount: UNKNOWN }) },
  ],
});
