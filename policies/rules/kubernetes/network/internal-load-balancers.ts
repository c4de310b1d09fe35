import { namespaceOf, unlessExempt } from "../../../kit/kubernetes/exempt-namespaces";
import { isInternal, isLoadBalancer } from "../../../kit/kubernetes/load-balancers";
import { unless } from "../../../kit/kubernetes/pod";
import { publicNamespaces } from "../../../kit/kubernetes/public-namespaces";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const annotation = "service.beta.kubernetes.io/aws-load-balancer-scheme";
const service = (annotations?: Plain, spec: Record<string, Plain> = {}): ExampleResource[] => [
  {
    type: "kubernetes:core/v1:Service",
    name: "gateway",
    properties: {
      metadata: { name: "gateway", namespace: "serving", ...(annotations === undefined ? {} : { annotations }) },
      spec: { type: "LoadBalancer", ...spec },
    },
  },
];

export const internalLoadBalancers = rule({
  id: "k8s-network-internal-load-balancers",
  title: "Load balancers of services are inside the network",
  severity: "high",
  rationale:
    "A service of type LoadBalancer is by default open to the internet, past the gateway, its firewall and its sign-in.",
  remediation: `Set the annotation ${annotation} to internal, or name the namespace in exemptNamespaces of the rule's configuration.`,
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "AC-4" },
  ],
  config: publicNamespaces,
  checks: {
    "kubernetes:core/v1:Service": ({ properties }, context) => {
      const asked = isLoadBalancer(properties);
      if (asked === false || isInternal(properties) === true) return [];
      const found =
        isInternal(properties) === UNKNOWN ? undecided("metadata") : fail("metadata", "asks for a public one");
      const findings = unless(asked === UNKNOWN ? UNKNOWN : false, [found]);
      return unlessExempt(namespaceOf(properties), context, findings);
    },
  },
  examples: [
    { title: "an internal one", verdict: "pass", resources: service({ [annotation]: "internal" }) },
    {
      title: "an internal one, by the older annotation",
      verdict: "pass",
      resources: service({ "service.beta.kubernetes.io/aws-load-balancer-internal": "true" }),
    },
    {
      title: "AWS's controller, which makes internal ones",
      verdict: "pass",
      resources: service(undefined, { loadBalancerClass: "service.k8s.aws/nlb" }),
    },
    { title: "inside the cluster only", verdict: "pass", resources: service(undefined, { type: "ClusterIP" }) },
    {
      title: "a namespace that is meant to be public",
      verdict: "pass",
      config: { exemptNamespaces: ["serving"] },
      resources: service({ [annotation]: "internet-facing" }),
    },
    { title: "no word about it", verdict: "fail", absent: true, resources: service() },
    { title: "open to the internet", verdict: "fail", resources: service({ [annotation]: "internet-facing" }) },
    {
      title: "the older annotation, overruled by the newer",
      verdict: "fail",
      resources: service({
        "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
        [annotation]: "internet-facing",
      }),
    },
    { title: "known only later", verdict: "undecided", resources: service({ [annotation]: UNKNOWN }) },
  ],
});
