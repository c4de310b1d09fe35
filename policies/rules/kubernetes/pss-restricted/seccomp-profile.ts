import type { PodView } from "../../../kit/kubernetes/pod";
import {
  podExample,
  podSecurityContextExample,
  securityContextExample,
  workloadExample,
} from "../../../kit/kubernetes/pod-examples";
import {
  confinement,
  eachSecurityContext,
  podSecurityChecks,
  podSecurityConfig,
  restrictedLevels,
  unlessWindows,
} from "../../../kit/kubernetes/pod-security";
import { UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const off = "switches the filter of system calls off";

export const restrictedSeccompProfile = rule({
  id: "pss-restricted-seccomp-profile",
  title: "A filter of system calls is set for every container",
  severity: "medium",
  rationale:
    "Where nothing is said, Kubernetes filters no system calls, and every bug of the kernel is within a container's reach.",
  remediation:
    "Set securityContext.seccompProfile.type of the pod, or of each container, to RuntimeDefault or Localhost.",
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "seccompProfile_restricted" },
    { framework: "NIST 800-53r5", control: "CM-7" },
    { framework: "NIST 800-53r5", control: "SC-39" },
  ],
  levels: restrictedLevels,
  config: podSecurityConfig,
  checks: podSecurityChecks((pod, context) => unlessWindows(pod, context, profileFindings(pod)), 19),
  examples: [
    { title: "the runtime's filter for the pod", verdict: "pass", resources: podExample() },
    {
      title: "a filter for the only container",
      verdict: "pass",
      resources: podExample({
        securityContext: null,
        containers: [{ name: "server", securityContext: { seccompProfile: { type: "Localhost" } } }],
      }),
    },
    {
      title: "a pod for Windows",
      verdict: "pass",
      resources: podExample({ os: { name: "windows" }, securityContext: null }),
    },
    { title: "said nowhere", verdict: "fail", absent: true, resources: podExample({ securityContext: null }) },
    {
      title: "one container without a filter, in a filtered pod",
      verdict: "fail",
      resources: securityContextExample({ seccompProfile: { type: "Unconfined" } }),
    },
    {
      title: "an ephemeral container that nothing is said for",
      verdict: "fail",
      resources: workloadExample("kubernetes:apps/v1:ReplicaSet", {
        securityContext: null,
        containers: [{ name: "server", securityContext: { seccompProfile: { type: "RuntimeDefault" } } }],
        ephemeralContainers: [{ name: "debug" }],
      }),
    },
    {
      title: "profile of the pod known only later",
      verdict: "undecided",
      resources: podSecurityContextExample({ seccompProfile: { type: UNKNOWN } }),
    },
    {
      title: "a violation beside a profile known only later",
      verdict: "fail",
      resources: podExample({
        securityContext: { seccompProfile: UNKNOWN },
        containers: [{ name: "server", securityContext: { seccompProfile: { type: "Unconfined" } } }],
      }),
    },
  ],
});

function profileFindings(pod: PodView): Finding[] {
  const whole = pod.spec.get("securityContext").get("seccompProfile");
  const forPod = confinement(whole);
  const own = forPod === "free" ? [fail(whole, off)] : forPod === "unknown" ? [undecided(whole)] : [];
  const single = eachSecurityContext(pod, (security) => {
    const profile = security.get("seccompProfile");
    switch (confinement(profile)) {
      case "confined":
        return [];
      case "free":
        return [fail(profile, off)];
      case "unknown":
        return [undecided(profile)];
      case "absent":
        if (forPod === "confined") return [];
        return forPod === "unknown" ? [undecided(profile)] : [fail(profile, "is set neither here nor for the pod")];
    }
  });
  return [...own, ...single];
}
