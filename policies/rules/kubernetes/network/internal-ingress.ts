import { namespaceOf, unlessExempt } from "../../../kit/kubernetes/exempt-namespaces";
import { publicNamespaces } from "../../../kit/kubernetes/public-namespaces";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const scheme = "alb.ingress.kubernetes.io/scheme";
const ingress = (annotations?: Plain): ExampleResource[] => [
  {
    type: "kubernetes:networking.k8s.io/v1:Ingress",
    name: "gateway",
    properties: {
      metadata: { name: "gateway", namespace: "serving", ...(annotations === undefined ? {} : { annotations }) },
      spec: { rules: [{ host: "models.example.org" }] },
    },
  },
];

export const internalIngress = rule({
  id: "k8s-network-internal-ingress",
  title: "Load balancers of an Ingress are inside the network",
  severity: "high",
  rationale: "A model that the internet reaches is copied by asking it, and overloaded by whoever likes to.",
  remediation: `Leave ${scheme} out or set it to internal, or name the namespace in exemptNamespaces of the rule's configuration.`,
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "AC-4" },
  ],
  config: publicNamespaces,
  checks: {
    "kubernetes:networking.k8s.io/v1:Ingress": ({ properties }, context) => {
      const given = properties.get("metadata").get("annotations").entry(scheme);
      const value = given.text();
      if (value !== "internet-facing" && value !== UNKNOWN) return [];
      const finding = value === UNKNOWN ? undecided(given) : fail(given, "asks for a public one");
      return unlessExempt(namespaceOf(properties), context, [finding]);
    },
  },
  examples: [
    { title: "internal", verdict: "pass", resources: ingress({ [scheme]: "internal" }) },
    { title: "no word, so internal", verdict: "pass", absent: true, resources: ingress() },
    { title: "open to the internet", verdict: "fail", resources: ingress({ [scheme]: "internet-facing" }) },
    { title: "known only later", verdict: "undecided", resources: ingress({ [scheme]: UNKNOWN }) },
  ],
});
