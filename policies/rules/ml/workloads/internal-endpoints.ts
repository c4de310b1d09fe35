import { isInternal, isLoadBalancer } from "../../../kit/kubernetes/load-balancers";
import { unless } from "../../../kit/kubernetes/pod";
import { isInTier, isTiered, metadataOf, NAMESPACE, tierConfig } from "../../../kit/kubernetes/tiers";
import { type Plain, type Property, type Reading, UNKNOWN } from "../../../kit/property";
import { allOf, not } from "../../../kit/readings";
import { type ExampleResource, type Finding, fail, type RuleContext, rule, undecided } from "../../../kit/rule";
import type { IngressArgs, ServiceArgs } from "../../../kit/types/kubernetes-cluster";

const SERVICE = "kubernetes:core/v1:Service";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";

const serviceAnnotation = "service.beta.kubernetes.io/aws-load-balancer-";
const ingressAnnotation = "alb.ingress.kubernetes.io/";
const tier = { "gabion.dev/tier": "serving" };
const service = (annotations: Plain, spec: Record<string, Plain> = {}, labels: Plain = tier): ExampleResource => ({
  type: SERVICE,
  name: "llm",
  properties: { metadata: { namespace: "serving", labels, annotations }, spec: { type: "LoadBalancer", ...spec } },
});
const ingress = (annotations: Record<string, Plain>, labels: Plain = tier): ExampleResource => ({
  type: INGRESS,
  name: "llm",
  properties: { metadata: { namespace: "serving", labels, annotations }, spec: { ingressClassName: "alb" } },
});
const facing = `${ingressAnnotation}scheme`;
const acl = { [`${ingressAnnotation}wafv2-acl-arn`]: "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/a/1" };
const exposed = { ...tier, "gabion.dev/exposure": "public" };

export const internalEndpoints = rule({
  id: "ml-28-internal-endpoints",
  title: "Models are served inside the network, or in public on purpose and behind a web ACL",
  severity: "high",
  rationale:
    "A public endpoint lets anyone copy a model by asking it, keep its GPUs busy, and try prompts until one works.",
  remediation:
    "Set the annotation aws-load-balancer-scheme (Service) or alb.ingress.kubernetes.io/scheme (Ingress) to internal; for a public Ingress set the exposure label and wafv2-acl-arn.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "SC-5" },
    { framework: "ISO 27001:2022", control: "A.8.21" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.7" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0049" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0040" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0024.002" },
    { framework: "OWASP ML Top 10", control: "ML03" },
    { framework: "OWASP ML Top 10", control: "ML05" },
  ],
  config: {
    ...tierConfig,
    exposureLabel: {
      type: "string",
      description: "Label that says with the value public that an Ingress is meant to be reached from the internet",
      default: "gabion.dev/exposure",
    },
  },
  checks: {
    [SERVICE]: ({ properties }, context) => unless(outside(properties, context), serviceFindings(properties)),
    [INGRESS]: ({ properties }, context) => unless(outside(properties, context), ingressFindings(properties, context)),
  },
  observes: [NAMESPACE],
  stack: (index, context) =>
    index.ofType(SERVICE, INGRESS).flatMap((resource) => {
      const own = isTiered(metadataOf(resource as never), context);
      const inside = isInTier(index, resource as never, context);
      if (own === true || (own === UNKNOWN && inside !== true)) return [];
      const properties = (resource.inputs ?? resource.properties) as Property<unknown>;
      const found =
        resource.type === SERVICE
          ? serviceFindings(properties as Property<ServiceArgs>)
          : ingressFindings(properties as Property<IngressArgs>, context);
      return unless(not(inside), found).map((finding) => ({ ...finding, resource: resource as never }));
    }),
  examples: [
    {
      title: "internal load balancer",
      verdict: "pass",
      resources: [service({ [`${serviceAnnotation}scheme`]: "internal" })],
    },
    { title: "service inside the cluster", verdict: "pass", resources: [service({}, { type: "ClusterIP" })] },
    {
      title: "class whose load balancers are internal by default",
      verdict: "pass",
      resources: [service({}, { loadBalancerClass: "eks.amazonaws.com/nlb" })],
    },
    { title: "internal Ingress, by default", verdict: "pass", resources: [ingress({})] },
    {
      title: "public Ingress on purpose, behind a web ACL",
      verdict: "pass",
      resources: [ingress({ [facing]: "internet-facing", ...acl }, exposed)],
    },
    {
      title: "public Ingress that serves no models",
      verdict: "pass",
      resources: [ingress({ [facing]: "internet-facing" }, { app: "web" })],
    },
    {
      title: "load balancer of which nothing is said, which the cloud provider makes public",
      verdict: "fail",
      absent: true,
      resources: [service({ other: "value" })],
    },
    {
      title: "public load balancer",
      verdict: "fail",
      resources: [service({ [`${serviceAnnotation}scheme`]: "internet-facing" })],
    },
    {
      title: "public Ingress on purpose, without a web ACL",
      verdict: "fail",
      resources: [ingress({ [facing]: "internet-facing" }, exposed)],
    },
    {
      title: "public Ingress with a web ACL, but not on purpose",
      verdict: "fail",
      resources: [ingress({ [facing]: "internet-facing", ...acl })],
    },
    {
      title: "public Ingress in a namespace with a tier",
      verdict: "fail",
      resources: [
        { type: NAMESPACE, name: "ns", properties: { metadata: { name: "serving", labels: tier } } },
        ingress({ [facing]: "internet-facing" }, { app: "llm" }),
      ],
    },
    { title: "annotations known only later", verdict: "undecided", resources: [service(UNKNOWN)] },
    { title: "scheme known only later", verdict: "undecided", resources: [ingress({ [facing]: UNKNOWN })] },
  ],
});

function outside(properties: Property<ServiceArgs> | Property<IngressArgs>, context: RuleContext): Reading<boolean> {
  return not(isTiered((properties as Property<ServiceArgs>).get("metadata"), context));
}

function serviceFindings(properties: Property<ServiceArgs>): Finding[] {
  const isPublic = allOf([isLoadBalancer(properties), not(isInternal(properties))]);
  if (isPublic === false) return [];
  const annotations = properties.get("metadata").get("annotations");
  if (isPublic === UNKNOWN) return [undecided(annotations)];
  return [fail(annotations, "make the load balancer a public one, and no web ACL can stand before it")];
}

function ingressFindings(properties: Property<IngressArgs>, { config }: RuleContext): Finding[] {
  const metadata = properties.get("metadata");
  const annotations = metadata.get("annotations");
  const scheme = annotations.entry(facing).text();
  if (scheme === undefined || scheme === "internal") return [];
  const exposure = metadata.get("labels").entry(String(config.exposureLabel)).text();
  const hasAcl = ["wafv2-acl-arn", "waf-acl-id", "web-acl-id"].some((name) => {
    const list = annotations.entry(`${ingressAnnotation}${name}`);
    const text = list.text();
    // A list that the stack makes is known only later, and is one all the same.
    return text === UNKNOWN ? !list.isBelowUnknown : text !== undefined && text !== "none";
  });
  const found = [
    ...(exposure === "public"
      ? []
      : [
          exposure === UNKNOWN
            ? undecided(metadata)
            : fail(metadata, "has no label that says the Ingress is public on purpose"),
        ]),
    ...(hasAcl ? [] : [fail(annotations, "name no web ACL for a public Ingress")]),
  ];
  return scheme === UNKNOWN ? found.map((finding) => ({ ...finding, verdict: "undecided" })) : found;
}
