import { namespaceConfig, unlessExempt } from "../../../kit/kubernetes/exempt-namespaces";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import type { Property } from "../../../kit/property";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, type RuleContext, rule, undecided } from "../../../kit/rule";
import type { NamespaceArgs } from "../../../kit/types/kubernetes-cluster";

const label = "pod-security.kubernetes.io/enforce";
const namespace = (labels?: Plain, name: Plain = "training"): ExampleResource[] => [
  {
    type: "kubernetes:core/v1:Namespace",
    name: "training",
    properties: { metadata: { name, ...(labels === undefined ? {} : { labels }) } },
  },
];

export const namespaceStandard = rule({
  id: "k8s-workloads-namespace-standard",
  title: "Namespaces enforce a Pod Security Standard",
  severity: "high",
  rationale:
    "What these rules do not see, because a person or a controller makes it, only the API server itself can refuse.",
  remediation: `Set the label ${label} of the Namespace to restricted, or to baseline where the workload needs that.`,
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.2.1" },
    { framework: "CIS EKS 1.8.0", control: "4.2.2" },
    { framework: "CIS EKS 1.8.0", control: "4.2.3" },
    { framework: "CIS EKS 1.8.0", control: "4.2.4" },
    { framework: "NIST 800-53r5", control: "CM-7" },
  ],
  levels: { baseline: "advisory" },
  config: {
    ...namespaceConfig,
    weakest: {
      type: "string",
      description: "The weakest standard that is enough",
      enum: ["baseline", "restricted"],
      default: "baseline",
    },
  },
  checks: {
    ...sharedChecks<"kubernetes:core/v1:Namespace", NamespaceArgs>(["kubernetes:core/v1:Namespace"], (given, context) =>
      unlessExempt(given.get("metadata").get("name").text(), context, labelFindings(given, context, true)),
    ),
    ...sharedChecks<"kubernetes:core/v1:NamespacePatch", NamespaceArgs>(
      ["kubernetes:core/v1:NamespacePatch"],
      (given, context) =>
        unlessExempt(given.get("metadata").get("name").text(), context, labelFindings(given, context, false)),
    ),
  },
  examples: [
    { title: "restricted", verdict: "pass", resources: namespace({ [label]: "restricted" }) },
    {
      title: "the cluster's own namespace",
      verdict: "pass",
      resources: namespace({ [label]: "privileged" }, "kube-system"),
    },
    {
      title: "a patch of something else",
      verdict: "pass",
      resources: [
        { type: "kubernetes:core/v1:NamespacePatch", name: "t", properties: { metadata: { name: "t", labels: {} } } },
      ],
    },
    { title: "no label, so anything goes", verdict: "fail", absent: true, resources: namespace() },
    { title: "privileged", verdict: "fail", resources: namespace({ [label]: "privileged" }) },
    {
      title: "weaker than the configuration wants",
      verdict: "fail",
      config: { weakest: "restricted" },
      resources: namespace({ [label]: "baseline" }),
    },
    { title: "a label known only later", verdict: "undecided", resources: namespace({ [label]: UNKNOWN }) },
  ],
});

function labelFindings(given: Property<NamespaceArgs>, { config }: RuleContext, isWhole: boolean): Finding[] {
  const level = given.get("metadata").get("labels").entry(label);
  const text = level.text();
  if (text === UNKNOWN) return [undecided(level)];
  if (text === undefined && !isWhole) return [];
  const enough = config.weakest === "restricted" ? ["restricted"] : ["restricted", "baseline"];
  return text !== undefined && enough.includes(text) ? [] : [fail(level, "enforces no standard that is enough")];
}
