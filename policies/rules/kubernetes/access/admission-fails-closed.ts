import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { WebhookConfigurationArgs } from "../../../kit/types/kubernetes-cluster";

const api = "kubernetes:admissionregistration.k8s.io/v1" as const;
const webhookTypes = [`${api}:MutatingWebhookConfiguration`, `${api}:ValidatingWebhookConfiguration`] as const;
const hooks = (webhooks: Plain): ExampleResource[] => [
  { type: webhookTypes[1], name: "signatures", properties: { metadata: { name: "signatures" }, webhooks } },
];
const policy = (spec: Plain): ExampleResource[] => [
  { type: `${api}:ValidatingAdmissionPolicy`, name: "digests", properties: { metadata: { name: "digests" }, spec } },
];
const hook = { name: "signatures.example.org", admissionReviewVersions: ["v1"] };

export const admissionFailsClosed = rule({
  id: "k8s-access-admission-fails-closed",
  title: "Admission control that does not answer refuses",
  severity: "high",
  rationale: "With Ignore, whoever makes the webhook slow or takes its pods away is past every check that it holds.",
  remediation:
    "Leave failurePolicy out or set it to Fail; keep the webhook's own namespace out with its namespaceSelector.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-7(5)" },
    { framework: "NIST 800-53r5", control: "SI-7" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    ...sharedChecks<(typeof webhookTypes)[number], WebhookConfigurationArgs>(webhookTypes, (properties) =>
      eachKnownItem(properties.get("webhooks"), (webhook) => policyFindings(webhook.get("failurePolicy"))),
    ),
    [`${api}:ValidatingAdmissionPolicy`]: ({ properties }: { properties: Property<{ spec?: object }> }) =>
      policyFindings((properties.get("spec") as Property<{ failurePolicy?: string }>).get("failurePolicy")),
  },
  examples: [
    { title: "a webhook that refuses", verdict: "pass", resources: hooks([{ ...hook, failurePolicy: "Fail" }]) },
    { title: "left to Kubernetes, which refuses", verdict: "pass", absent: true, resources: hooks([hook]) },
    { title: "a webhook that lets pass", verdict: "fail", resources: hooks([{ ...hook, failurePolicy: "Ignore" }]) },
    { title: "a policy that lets pass", verdict: "fail", resources: policy({ failurePolicy: "Ignore" }) },
    { title: "webhooks known only later", verdict: "undecided", resources: hooks(UNKNOWN) },
  ],
});

function policyFindings(property: Property<string | undefined>): Finding[] {
  const value = property.text();
  if (value === UNKNOWN) return [undecided(property)];
  return value === "Ignore" ? [fail(property, "lets requests pass when nothing answers")] : [];
}
