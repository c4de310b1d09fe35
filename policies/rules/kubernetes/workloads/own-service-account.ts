import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { podExample } from "../../../kit/kubernetes/pod-examples";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

export const ownServiceAccount = rule({
  id: "k8s-workloads-own-service-account",
  title: "Pods with a token run as a service account of their own",
  severity: "medium",
  rationale: "Whatever is given to the default service account, every pod of the namespace has that names none.",
  remediation:
    "Name a ServiceAccount of the workload's own in serviceAccountName, or set automountServiceAccountToken of the pod to false.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.5" },
    { framework: "CIS EKS 1.8.0", control: "5.2.1" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  levels: { baseline: "advisory" },
  config: namespaceConfig,
  checks: judgedPods(({ spec }) => {
    const mounts = spec.get("automountServiceAccountToken").flag();
    if (mounts === false) return [];
    const account = spec.get("serviceAccountName");
    // The older name of the same field, which the API server still takes.
    const names = [account.text(), spec.get("serviceAccount").text()];
    if (names.some((name) => typeof name === "string" && name !== "default")) return [];
    if (names.includes(UNKNOWN) || mounts === UNKNOWN) return [undecided(account)];
    return [fail(account, "is the default service account")];
  }),
  examples: [
    {
      title: "an account of its own",
      verdict: "pass",
      resources: podExample({ automountServiceAccountToken: null }),
    },
    {
      title: "no account and no token",
      verdict: "pass",
      resources: podExample({ serviceAccountName: null }),
    },
    {
      title: "neither an account nor a word about the token",
      verdict: "fail",
      absent: true,
      resources: podExample({ automountServiceAccountToken: null, serviceAccountName: null }),
    },
    {
      title: "the default account by name",
      verdict: "fail",
      resources: podExample({ automountServiceAccountToken: true, serviceAccountName: "default" }),
    },
    {
      title: "account known only later",
      verdict: "undecided",
      resources: podExample({ automountServiceAccountToken: true, serviceAccountName: UNKNOWN }),
    },
  ],
});
