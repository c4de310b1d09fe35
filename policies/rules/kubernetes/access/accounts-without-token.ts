import { requireFalse } from "../../../kit/checks";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";
import type { ServiceAccountArgs } from "../../../kit/types/kubernetes-cluster";

const account = (more: Record<string, Plain>, type = "kubernetes:core/v1:ServiceAccount"): ExampleResource[] => [
  { type, name: "server", properties: { metadata: { name: "server", namespace: "serving" }, ...more } },
];
const mounted = "every pod of the account gets a token unless it says no";

export const accountsWithoutToken = rule({
  id: "k8s-access-accounts-without-token",
  title: "Service accounts hand their token to no pod unasked",
  severity: "medium",
  rationale:
    "Code that breaks into a pod finds the token in a file and calls the API with it; few workloads ever need it.",
  remediation:
    "Set automountServiceAccountToken to false on the ServiceAccount, and to true only in the pods that call the API.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.6" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "kubernetes:core/v1:ServiceAccount": ({ properties }) =>
      requireFalse(properties.get("automountServiceAccountToken"), mounted, mounted),
    ...sharedChecks<"kubernetes:core/v1:ServiceAccountPatch", ServiceAccountArgs>(
      ["kubernetes:core/v1:ServiceAccountPatch"],
      (properties) => requireFalse(properties.get("automountServiceAccountToken"), mounted),
    ),
  },
  remedies: { "kubernetes:core/v1:ServiceAccount": () => ({ automountServiceAccountToken: false }) },
  examples: [
    { title: "no token", verdict: "pass", resources: account({ automountServiceAccountToken: false }) },
    {
      title: "the default account, turned off",
      verdict: "pass",
      resources: account({ automountServiceAccountToken: false }, "kubernetes:core/v1:ServiceAccountPatch"),
    },
    { title: "left to Kubernetes, which mounts it", verdict: "fail", absent: true, resources: account({}) },
    { title: "a token for all", verdict: "fail", resources: account({ automountServiceAccountToken: true }) },
    { title: "known only later", verdict: "undecided", resources: account({ automountServiceAccountToken: UNKNOWN }) },
  ],
});
