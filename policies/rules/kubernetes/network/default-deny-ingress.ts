import { namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { NETWORK_POLICY, openNamespaces } from "../../../kit/kubernetes/network-policies";
import { closedExamples } from "../../../kit/kubernetes/network-policy-examples";
import { WORKLOAD_TYPES } from "../../../kit/kubernetes/pod";
import { rule } from "../../../kit/rule";

export const defaultDenyIngress = rule({
  id: "k8s-network-default-deny-ingress",
  title: "No namespace lets traffic in that no policy allows",
  severity: "high",
  rationale:
    "Without a policy every pod of the cluster reaches every port of the namespace, those of other tenants included.",
  remediation:
    "Add a NetworkPolicy with an empty podSelector and policyTypes [Ingress] to the namespace; name namespaces that another stack closes in exemptNamespaces.",
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
  stack: (index, context) => openNamespaces(index, context, "Ingress"),
  examples: closedExamples("Ingress"),
});
