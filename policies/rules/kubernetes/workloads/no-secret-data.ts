import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { SecretArgs } from "../../../kit/types/kubernetes-cluster";

const types = ["kubernetes:core/v1:Secret", "kubernetes:core/v1:SecretPatch"] as const;
const secret = (more: Record<string, Plain>): ExampleResource[] => [
  { type: types[0], name: "database", properties: { metadata: { name: "database", namespace: "serving" }, ...more } },
];

export const noSecretData = rule({
  id: "k8s-workloads-no-secret-data",
  title: "The program writes no secret into the cluster",
  severity: "medium",
  rationale: "What passes through the program is also in its configuration or in the state, and nobody rotates it.",
  remediation:
    "Keep the secret in Vault or Secrets Manager, and let the CSI driver, an operator or the workload itself fetch it.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.4.2" },
    { framework: "NIST 800-53r5", control: "IA-5" },
  ],
  levels: { baseline: "advisory" },
  checks: sharedChecks<(typeof types)[number], SecretArgs>(types, (properties) =>
    [properties.get("data"), properties.get("stringData")].flatMap((map): Finding[] => {
      const raw = map.raw();
      if (raw === UNKNOWN) return [undecided(map)];
      const isEmpty = typeof raw !== "object" || raw === null || Object.keys(raw).length === 0;
      return isEmpty ? [] : [fail(map, "is secret data in the program")];
    }),
  ),
  examples: [
    { title: "a secret that something else fills", verdict: "pass", absent: true, resources: secret({}) },
    { title: "no data in it", verdict: "pass", resources: secret({ data: {} }) },
    { title: "a literal", verdict: "fail", resources: secret({ stringData: { password: "example" } }) },
    {
      title: "a value that another resource yields",
      verdict: "fail",
      resources: secret({ data: { password: UNKNOWN } }),
    },
    { title: "data known only later", verdict: "undecided", resources: secret({ data: UNKNOWN }) },
  ],
});
