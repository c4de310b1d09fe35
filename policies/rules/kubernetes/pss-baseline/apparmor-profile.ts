import { entriesOf } from "../../../kit/kubernetes/pod";
import {
  podExample,
  podSecurityContextExample,
  securityContextExample,
  workloadExample,
} from "../../../kit/kubernetes/pod-examples";
import {
  confinement,
  everySecurityContext,
  podSecurityChecks,
  podSecurityConfig,
} from "../../../kit/kubernetes/pod-security";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { ObjectMeta, Profile } from "../../../kit/types/kubernetes-workloads";

const annotationPrefix = "container.apparmor.security.beta.kubernetes.io/";

export const apparmorProfile = rule({
  id: "pss-baseline-apparmor-profile",
  title: "Pods do not switch AppArmor off",
  severity: "medium",
  rationale:
    "The runtime's AppArmor profile keeps a container from mounting, tracing and writing where the kernel is configured.",
  remediation:
    "Leave out appArmorProfile, or set its type to RuntimeDefault or Localhost; remove annotations of the beta that say unconfined.",
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "appArmorProfile" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "SC-39" },
  ],
  config: podSecurityConfig,
  checks: podSecurityChecks((pod) => [
    ...everySecurityContext(pod, (context) => profileFindings(context.get("appArmorProfile"))),
    ...annotationFindings(pod.metadata),
  ]),
  examples: [
    { title: "nothing said: the runtime's profile", verdict: "pass", absent: true, resources: podExample() },
    {
      title: "the runtime's profile by name",
      verdict: "pass",
      resources: podSecurityContextExample({ appArmorProfile: { type: "RuntimeDefault" } }),
    },
    {
      title: "a profile of the node, in an annotation of the beta",
      verdict: "pass",
      resources: podExample({}, { annotations: { [`${annotationPrefix}server`]: "localhost/strict" } }),
    },
    {
      title: "unconfined pod",
      verdict: "fail",
      resources: podSecurityContextExample({ appArmorProfile: { type: "Unconfined" } }),
    },
    {
      title: "one unconfined container",
      verdict: "fail",
      resources: securityContextExample({ appArmorProfile: { type: "Unconfined" } }),
    },
    {
      title: "unconfined by an annotation of the template",
      verdict: "fail",
      resources: workloadExample(
        "kubernetes:apps/v1:Deployment",
        {},
        { annotations: { [`${annotationPrefix}server`]: "unconfined" } },
      ),
    },
    {
      title: "unconfined by one annotation beside one known only later",
      verdict: "fail",
      resources: podExample(
        {},
        { annotations: { [`${annotationPrefix}init`]: UNKNOWN, [`${annotationPrefix}server`]: "unconfined" } },
      ),
    },
    {
      title: "annotations known only later",
      verdict: "undecided",
      resources: podExample({}, { annotations: UNKNOWN }),
    },
    {
      title: "profile known only later",
      verdict: "undecided",
      resources: securityContextExample({ appArmorProfile: { type: UNKNOWN } }),
    },
  ],
});

function profileFindings(profile: Property<Profile | undefined>): Finding[] {
  switch (confinement(profile)) {
    case "unknown":
      return [undecided(profile)];
    case "free":
      return [fail(profile, "switches AppArmor off")];
    default:
      return [];
  }
}

function annotationFindings(metadata: Property<ObjectMeta>): Finding[] {
  const annotations = metadata.get("annotations");
  const { entries, complete } = entriesOf(annotations);
  const found = entries.flatMap(([key, entry]) => {
    if (!key.startsWith(annotationPrefix)) return [];
    const profile = entry.text();
    if (profile === UNKNOWN)
      return [undecided(annotations, "have an AppArmor profile that is known only after deployment")];
    const confines = profile === undefined || profile === "runtime/default" || profile.startsWith("localhost/");
    return confines ? [] : [fail(annotations, "switch AppArmor off for a container")];
  });
  return complete ? found : [...found, undecided(annotations)];
}
