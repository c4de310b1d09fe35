import { podExample, securityContextExample, workloadExample } from "../../../kit/kubernetes/pod-examples";
import {
  eachSecurityContext,
  podSecurityChecks,
  podSecurityConfig,
  procMountFindings,
  restrictedLevels,
} from "../../../kit/kubernetes/pod-security";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

const unmasked = { name: "nested", securityContext: { procMount: "Unmasked" } };

export const restrictedProcMount = rule({
  id: "pss-restricted-proc-mount",
  title: "Containers see the masked form of /proc, whatever users their pod has",
  severity: "medium",
  rationale:
    "What /proc shows beyond the mask tells a container about its node and gives it more of the kernel to attack.",
  remediation: "Leave out securityContext.procMount of each container, or set it to Default.",
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "procMount_restricted" },
    { framework: "NIST 800-53r5", control: "SC-39" },
    { framework: "NIST 800-53r5", control: "CM-7" },
  ],
  levels: restrictedLevels,
  config: podSecurityConfig,
  // Before 1.35 the baseline standard said the same of all pods.
  checks: podSecurityChecks((pod) => eachSecurityContext(pod, procMountFindings), 35),
  examples: [
    { title: "nothing said", verdict: "pass", absent: true, resources: podExample() },
    { title: "the default form", verdict: "pass", resources: securityContextExample({ procMount: "Default" }) },
    {
      title: "unmasked, in a user namespace",
      verdict: "fail",
      resources: podExample({ hostUsers: false, containers: [unmasked] }),
    },
    {
      title: "unmasked in a ReplicationController, beside a container known only later",
      verdict: "fail",
      resources: workloadExample("kubernetes:core/v1:ReplicationController", { containers: [UNKNOWN, unmasked] }),
    },
    { title: "known only later", verdict: "undecided", resources: securityContextExample({ procMount: UNKNOWN }) },
  ],
});
