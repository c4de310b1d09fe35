import {
  podExample,
  podSecurityContextExample,
  securityContextExample,
  workloadExample,
} from "../../../kit/kubernetes/pod-examples";
import {
  everySecurityContext,
  podSecurityChecks,
  podSecurityConfig,
  restrictedLevels,
  unlessOwnUsers,
} from "../../../kit/kubernetes/pod-security";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

export const runAsUser = rule({
  id: "pss-restricted-run-as-user",
  title: "No container is given the user root, unless its pod has users of its own",
  severity: "medium",
  rationale: "User 0 in a container is the node's root as soon as anything of the node is within reach.",
  remediation:
    "Give securityContext.runAsUser of pod and containers a number other than 0, or leave it out and let the image name a user.",
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "runAsUser" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "AC-6(5)" },
  ],
  levels: restrictedLevels,
  config: podSecurityConfig,
  checks: podSecurityChecks(
    (pod, context) =>
      unlessOwnUsers(
        pod,
        context,
        everySecurityContext(pod, (security) => {
          const user = security.get("runAsUser");
          const number = user.number();
          if (number === UNKNOWN) return [undecided(user)];
          return number === 0 ? [fail(user, "is root")] : [];
        }),
      ),
    23,
  ),
  examples: [
    { title: "a user of its own", verdict: "pass", resources: podExample() },
    {
      title: "nothing said: the user of the image",
      verdict: "pass",
      absent: true,
      resources: podExample({ securityContext: { runAsNonRoot: true } }),
    },
    {
      title: "root in a user namespace",
      verdict: "pass",
      resources: podExample({ hostUsers: false, securityContext: { runAsUser: 0 } }),
    },
    { title: "root for the pod", verdict: "fail", resources: podSecurityContextExample({ runAsUser: 0 }) },
    { title: "root for one container", verdict: "fail", resources: securityContextExample({ runAsUser: 0 }) },
    {
      title: "root for the pod though each container has another user",
      verdict: "fail",
      resources: workloadExample("kubernetes:apps/v1:Deployment", {
        securityContext: { runAsUser: 0 },
        containers: [{ name: "server", securityContext: { runAsUser: 1000 } }],
      }),
    },
    {
      title: "root for one container, another's user known only later",
      verdict: "fail",
      resources: podExample({
        containers: [{ securityContext: { runAsUser: UNKNOWN } }, { securityContext: { runAsUser: 0 } }],
      }),
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: podSecurityContextExample({ runAsUser: UNKNOWN }),
    },
  ],
});
