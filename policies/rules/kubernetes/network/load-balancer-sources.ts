import { sourceWidth } from "../../../kit/exposure";
import { isInternal, isLoadBalancer } from "../../../kit/kubernetes/load-balancers";
import { unless } from "../../../kit/kubernetes/pod";
import { type Plain, Property, UNKNOWN } from "../../../kit/property";
import type { PropertiesOf } from "../../../kit/resource-types";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const annotation = "service.beta.kubernetes.io/load-balancer-source-ranges";
const widestPublicBlock = 8;
const service = (spec: Record<string, Plain>, annotations: Record<string, Plain> = {}): ExampleResource[] => [
  {
    type: "kubernetes:core/v1:Service",
    name: "gateway",
    properties: {
      metadata: { name: "gateway", namespace: "serving", annotations },
      spec: { type: "LoadBalancer", ...spec },
    },
  },
];

export const loadBalancerSources = rule({
  id: "k8s-network-load-balancer-sources",
  title: "Public load balancers of services name who may reach them",
  severity: "high",
  rationale: "Without source ranges the security group that is made for the load balancer lets the whole internet in.",
  remediation: "Set spec.loadBalancerSourceRanges to the blocks of your clients, or make the load balancer internal.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "SC-7(5)" },
  ],
  checks: {
    "kubernetes:core/v1:Service": ({ properties }) => {
      const asked = isLoadBalancer(properties);
      const internal = isInternal(properties);
      if (asked === false || internal === true) return [];
      const isOpen = asked === UNKNOWN || internal === UNKNOWN;
      return unless(isOpen ? UNKNOWN : false, rangeFindings(properties));
    },
  },
  examples: [
    {
      title: "clients by their block",
      verdict: "pass",
      resources: service({ loadBalancerSourceRanges: ["203.0.113.0/24"] }),
    },
    {
      title: "clients by their block, in the annotation",
      verdict: "pass",
      resources: service({}, { [annotation]: "203.0.113.0/24, 198.51.100.7/32" }),
    },
    {
      title: "an internal load balancer",
      verdict: "pass",
      resources: service({}, { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" }),
    },
    { title: "nobody named, so everyone", verdict: "fail", absent: true, resources: service({}) },
    {
      title: "everyone",
      verdict: "fail",
      resources: service({ loadBalancerSourceRanges: ["203.0.113.0/24", "0.0.0.0/0"] }),
    },
    { title: "known only later", verdict: "undecided", resources: service({ loadBalancerSourceRanges: [UNKNOWN] }) },
  ],
});

function rangeFindings(service: Property<PropertiesOf<"kubernetes:core/v1:Service">>): Finding[] {
  const ranges = service.get("spec").get("loadBalancerSourceRanges");
  const written = service.get("metadata").get("annotations").entry(annotation);
  // The annotation counts only where the field is empty.
  const { items, complete } = ranges.items();
  if (items.length > 0 || !complete) return worldFindings(ranges, items, complete);
  if (written.isUnknown) return [undecided(written)];
  const blocks = written.text();
  if (typeof blocks !== "string") return [fail(ranges, "is not set, so everyone may")];
  return worldFindings(
    written,
    blocks.split(",").map((block) => new Property<string>(block.trim(), written.path)),
    true,
  );
}

function worldFindings(where: Property<unknown>, blocks: readonly Property<string>[], complete: boolean): Finding[] {
  const widths = blocks.map((block) => sourceWidth(block, widestPublicBlock));
  if (widths.includes("world")) return [fail(where, "lets the whole internet in")];
  return widths.includes("unknown") || !complete ? [undecided(where)] : [];
}
