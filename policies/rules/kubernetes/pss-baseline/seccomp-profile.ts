import { entriesOf, type PodView } from "../../../kit/kubernetes/pod";
import {
  podExample,
  podSecurityContextExample,
  securityContextExample,
  workloadExample,
} from "../../../kit/kubernetes/pod-examples";
import {
  confinement,
  everySecurityContext,
  minorVersion,
  podSecurityChecks,
  podSecurityConfig,
} from "../../../kit/kubernetes/pod-security";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { Profile } from "../../../kit/types/kubernetes-workloads";

const podAnnotation = "seccomp.security.alpha.kubernetes.io/pod";
const containerAnnotation = "container.seccomp.security.alpha.kubernetes.io/";

export const seccompProfile = rule({
  id: "pss-baseline-seccomp-profile",
  title: "Pods do not switch the filter of system calls off",
  severity: "medium",
  rationale:
    "Without a seccomp profile a container can make every system call, among them those that break out through kernel bugs.",
  remediation: "Leave out seccompProfile, or set its type to RuntimeDefault or Localhost.",
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "seccompProfile_baseline" },
    { framework: "NIST 800-53r5", control: "CM-7" },
    { framework: "NIST 800-53r5", control: "SC-39" },
  ],
  config: podSecurityConfig,
  checks: podSecurityChecks((pod, context) =>
    // Before 1.19 there was no field, and since 1.27 the annotations mean nothing.
    minorVersion(context) < 19
      ? annotationFindings(pod)
      : everySecurityContext(pod, (security) => profileFindings(security.get("seccompProfile"))),
  ),
  examples: [
    {
      title: "nothing said",
      verdict: "pass",
      absent: true,
      resources: podExample({ securityContext: { runAsNonRoot: true } }),
    },
    {
      title: "a profile of the node",
      verdict: "pass",
      resources: securityContextExample({ seccompProfile: { type: "Localhost", localhostProfile: "audit.json" } }),
    },
    {
      title: "unconfined pod",
      verdict: "fail",
      resources: podSecurityContextExample({ seccompProfile: { type: "Unconfined" } }),
    },
    {
      title: "one unconfined container in a confined CronJob",
      verdict: "fail",
      resources: workloadExample("kubernetes:batch/v1:CronJob", {
        initContainers: [{ name: "init", securityContext: { seccompProfile: { type: "Unconfined" } } }],
      }),
    },
    {
      title: "unconfined by annotation, where that was the only way",
      verdict: "fail",
      config: { version: "v1.18" },
      resources: podExample({}, { annotations: { [`${containerAnnotation}server`]: "unconfined" } }),
    },
    {
      title: "an unconfined container beside a pod's profile known only later",
      verdict: "fail",
      resources: podExample({
        securityContext: { seccompProfile: { type: UNKNOWN } },
        containers: [{ name: "server", securityContext: { seccompProfile: { type: "Unconfined" } } }],
      }),
    },
    {
      title: "profile known only later",
      verdict: "undecided",
      resources: podSecurityContextExample({ seccompProfile: { type: UNKNOWN } }),
    },
  ],
});

function profileFindings(profile: Property<Profile | undefined>): Finding[] {
  switch (confinement(profile)) {
    case "unknown":
      return [undecided(profile)];
    case "free":
      return [fail(profile, "switches the filter of system calls off")];
    default:
      return [];
  }
}

function annotationFindings(pod: PodView): Finding[] {
  const annotations = pod.metadata.get("annotations");
  const { entries, complete } = entriesOf(annotations);
  const profiles = new Map(entries.map(([key, value]) => [key, value.raw()]));
  const judge = (key: string): Finding[] => {
    if (!profiles.has(key)) return [];
    const profile = profiles.get(key);
    if (profile === UNKNOWN) return [undecided(annotations)];
    return confines(profile) ? [] : [fail(annotations, "switch the filter of system calls off")];
  };
  const found = pod.eachContainer((container) => {
    const name = container.get("name").text();
    if (name !== UNKNOWN) return judge(`${containerAnnotation}${name ?? ""}`);
    const suspects = [...profiles.keys()].filter((key) => key.startsWith(containerAnnotation)).flatMap(judge);
    return suspects.length > 0 ? [undecided(container.get("name"))] : [];
  });
  return [...judge(podAnnotation), ...found, ...(complete ? [] : [undecided(annotations)])];
}

function confines(profile: unknown): boolean {
  if (typeof profile !== "string") return false;
  return profile === "runtime/default" || profile === "docker/default" || profile.startsWith("localhost/");
}
