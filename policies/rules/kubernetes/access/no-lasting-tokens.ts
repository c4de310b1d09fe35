import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import type { SecretArgs } from "../../../kit/types/kubernetes-cluster";

const types = ["kubernetes:core/v1:Secret", "kubernetes:core/v1:SecretPatch"] as const;
const secret = (more: Record<string, Plain>): ExampleResource[] => [
  { type: types[0], name: "server", properties: { metadata: { name: "server", namespace: "serving" }, ...more } },
];

export const noLastingTokens = rule({
  id: "k8s-access-no-lasting-tokens",
  title: "No Secret holds a token of a service account",
  severity: "high",
  rationale:
    "A token in a Secret never expires and is bound to no pod: copied once, it opens the cluster until somebody deletes it.",
  remediation: "Let pods use projected tokens, and people or pipelines use access entries or the TokenRequest API.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: sharedChecks<(typeof types)[number], SecretArgs>(types, (properties) => {
    const type = properties.get("type");
    const name = type.text();
    if (name === UNKNOWN) return [undecided(type)];
    return name === "kubernetes.io/service-account-token" ? [fail(type, "is a token that never expires")] : [];
  }),
  examples: [
    { title: "a certificate", verdict: "pass", resources: secret({ type: "kubernetes.io/tls" }) },
    { title: "no type, so whatever the program puts in", verdict: "pass", absent: true, resources: secret({}) },
    { title: "a token", verdict: "fail", resources: secret({ type: "kubernetes.io/service-account-token" }) },
    { title: "a type known only later", verdict: "undecided", resources: secret({ type: UNKNOWN }) },
  ],
});
