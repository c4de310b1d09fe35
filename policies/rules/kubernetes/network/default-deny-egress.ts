import { namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { NETWORK_POLICY, openNamespaces } from "../../../kit/kubernetes/network-policies";
import { closedExamples } from "../../../kit/kubernetes/network-policy-examples";
import { WORKLOAD_TYPES } from "../../../kit/kubernetes/pod";
import { rule } from "../../../kit/rule";

export const defaultDenyEgress = rule({
  id: "k8s-network-default-deny-egress",
  title: "No namespace lets traffic out that no policy allows",
  severity: "high",
  rationale: "Code that breaks into a pod, or comes with a model, otherwise sends data wherever the network leads.",
  remediation:
    "Add a NetworkPolicy with an empty podSelector and policyTypes [Egress] to the namespace; name namespaces that another stack closes in exemptNamespaces.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.3.2" },
    { framework: "CIS EKS 1.8.0", control: "5.4.4" },
    { framework: "NIST 800-53r5", control: "SC-7(5)" },
    { framework: "NIST 800-53r5", control: "SC-7(21)" },
  ],
  levels: { baseline: "advisory" },
  config: namespaceConfig,
  checks: {},
  observes: ["kubernetes:core/v1:Namespace", NETWORK_POLICY, ...WORKLOAD_TYPES],
  stack: (index, context) => openNamespaces(index, context, "Egress"),
  examples: closedExamples("Egress"),
});
