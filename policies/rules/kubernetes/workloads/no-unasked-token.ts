import { isExempt, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { podsOf, unless, WORKLOAD_TYPES } from "../../../kit/kubernetes/pod";
import { podExample } from "../../../kit/kubernetes/pod-examples";
import { isSparedByAccount } from "../../../kit/kubernetes/tokens";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const account = (more: Record<string, Plain>): ExampleResource => ({
  type: "kubernetes:core/v1:ServiceAccount",
  name: "server",
  properties: { metadata: { name: "server", namespace: "serving" }, ...more },
});
const silent = podExample({ automountServiceAccountToken: null });

export const noUnaskedToken = rule({
  id: "k8s-workloads-no-unasked-token",
  title: "No pod is given a token that nobody asked for",
  severity: "medium",
  rationale: "Kubernetes mounts a token for its API into every pod, where code that breaks in finds it.",
  remediation:
    "Set automountServiceAccountToken of the pod to false, or to true where the pod calls the API, or to false on its ServiceAccount.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.6" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  levels: { baseline: "advisory" },
  config: namespaceConfig,
  checks: {},
  observes: ["kubernetes:core/v1:ServiceAccount", "kubernetes:core/v1:ServiceAccountPatch", ...WORKLOAD_TYPES],
  stack: (index, { config }) =>
    podsOf(index).flatMap(({ resource, pod }) => {
      const asked = pod.spec.get("automountServiceAccountToken");
      const spared = isSparedByAccount(index, resource, pod);
      if (typeof asked.flag() === "boolean" || spared === true) return [];
      const open = asked.isUnknown || spared === UNKNOWN;
      const finding = open ? undecided(asked) : fail(asked, "is not set, so the pod gets a token");
      const exempt = isExempt(pod.namespace, config.exemptNamespaces as readonly string[]);
      return unless(exempt, [finding]).map((found) => ({ ...found, resource }));
    }),
  examples: [
    { title: "a pod that wants none", verdict: "pass", resources: podExample() },
    {
      title: "a pod that calls the API and says so",
      verdict: "pass",
      resources: podExample({ automountServiceAccountToken: true }),
    },
    {
      title: "an account that hands out none",
      verdict: "pass",
      resources: [...silent, account({ automountServiceAccountToken: false })],
    },
    { title: "no word about it", verdict: "fail", absent: true, resources: silent },
    { title: "no word about it, not even in the account", verdict: "fail", resources: [...silent, account({})] },
    {
      title: "what the account says is known only later",
      verdict: "undecided",
      resources: [...silent, account({ automountServiceAccountToken: UNKNOWN })],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: podExample({ automountServiceAccountToken: UNKNOWN }),
    },
  ],
});
