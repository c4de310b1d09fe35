import type { PodView } from "../../../kit/kubernetes/pod";
import {
  podExample,
  podSecurityContextExample,
  securityContextExample,
  workloadExample,
} from "../../../kit/kubernetes/pod-examples";
import {
  eachSecurityContext,
  podSecurityChecks,
  podSecurityConfig,
  restrictedLevels,
  unlessOwnUsers,
} from "../../../kit/kubernetes/pod-security";
import { UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const root = "lets containers run as root";

export const runAsNonRoot = rule({
  id: "pss-restricted-run-as-non-root",
  title: "Containers are refused if they would run as root, unless their pod has users of its own",
  severity: "medium",
  rationale: "Root in a container is root on its node once a mount, a device or a bug of the kernel lets it out.",
  remediation:
    "Set securityContext.runAsNonRoot to true for the pod or for each container, and to false nowhere; or set hostUsers of the pod to false.",
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "runAsNonRoot" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "AC-6(5)" },
  ],
  levels: restrictedLevels,
  config: podSecurityConfig,
  checks: podSecurityChecks((pod, context) => unlessOwnUsers(pod, context, rootFindings(pod))),
  examples: [
    { title: "said for the pod", verdict: "pass", resources: podExample() },
    {
      title: "said for the only container",
      verdict: "pass",
      resources: podExample({
        securityContext: null,
        containers: [{ name: "server", securityContext: { runAsNonRoot: true } }],
      }),
    },
    {
      title: "root in a user namespace",
      verdict: "pass",
      resources: podExample({ hostUsers: false, securityContext: null }),
    },
    {
      title: "root in a user namespace, before the standards knew them",
      verdict: "fail",
      config: { version: "v1.34" },
      resources: podExample({ hostUsers: false, securityContext: null }),
    },
    { title: "said nowhere", verdict: "fail", absent: true, resources: podExample({ securityContext: null }) },
    {
      title: "one container takes it back",
      verdict: "fail",
      resources: securityContextExample({ runAsNonRoot: false }),
    },
    {
      title: "false for the pod, though true for the container",
      verdict: "fail",
      resources: podExample({
        securityContext: { runAsNonRoot: false },
        containers: [{ name: "server", securityContext: { runAsNonRoot: true } }],
      }),
    },
    {
      title: "an init container that nothing is said for",
      verdict: "fail",
      resources: workloadExample("kubernetes:batch/v1:Job", {
        securityContext: null,
        initContainers: [{ name: "init" }],
        containers: [{ name: "server", securityContext: { runAsNonRoot: true } }],
      }),
    },
    {
      title: "known only later for the pod",
      verdict: "undecided",
      resources: podSecurityContextExample({ runAsNonRoot: UNKNOWN }),
    },
    {
      title: "users known only later",
      verdict: "undecided",
      resources: podExample({ hostUsers: UNKNOWN, securityContext: null }),
    },
  ],
});

function rootFindings(pod: PodView): Finding[] {
  const whole = pod.spec.get("securityContext").get("runAsNonRoot");
  const forPod = whole.flag();
  const own = forPod === false ? [fail(whole, root)] : forPod === UNKNOWN ? [undecided(whole)] : [];
  const single = eachSecurityContext(pod, (security) => {
    const flag = security.get("runAsNonRoot");
    const value = flag.flag();
    if (value === true) return [];
    if (value === false) return [fail(flag, root)];
    if (value === UNKNOWN || forPod === UNKNOWN) return [undecided(flag)];
    return forPod === true ? [] : [fail(flag, "is not set for the container and not true for the pod")];
  });
  return [...own, ...single];
}
