import { type Balancer, balancerExample, balancerTypes, ofKind } from "../../../kit/balancers";
import { companionFindings } from "../../../kit/companions";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";

const associationTypes = [
  "aws:wafregional/webAclAssociation:WebAclAssociation",
  "aws:wafv2/webAclAssociation:WebAclAssociation",
] as const;
const association = (type: string = associationTypes[1], resourceArn: Plain = UNKNOWN): ExampleResource => ({
  type,
  name: "association",
  properties: { resourceArn },
  ...(resourceArn === UNKNOWN ? { dependencies: { resourceArn: ["serving"] } } : {}),
});

export const balancerWebAcl = rule({
  id: "aws-elb-web-acl",
  title: "Application load balancers on the internet have a web ACL in front of them",
  severity: "medium",
  rationale:
    "Without limits and filters a public endpoint takes every flood, every scanner, and as many questions as it takes to copy a model.",
  remediation: "Add a WebAclAssociation of wafv2 with resourceArn of the load balancer, or set internal to true.",
  mappings: [
    { framework: "AWS FSBP", control: "ELB.16" },
    { framework: "NIST 800-53r5", control: "AC-4(21)" },
    { framework: "NIST 800-53r5", control: "SC-5" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-03" },
  ],
  levels: { baseline: "advisory" },
  checks: {},
  observes: [...balancerTypes, ...associationTypes],
  stack: (index) => index.ofType(...balancerTypes).flatMap((balancer) => missingFindings(index, balancer)),
  examples: [
    { title: "a web ACL", verdict: "pass", resources: [balancerExample({}), association()] },
    {
      title: "a web ACL of the older service",
      verdict: "pass",
      resources: [balancerExample({}, balancerTypes[0]), association(associationTypes[0])],
    },
    { title: "internal", verdict: "pass", resources: [balancerExample({ internal: true })] },
    {
      title: "a network load balancer",
      verdict: "pass",
      resources: [balancerExample({ loadBalancerType: "network" })],
    },
    { title: "no web ACL", verdict: "fail", absent: true, resources: [balancerExample({ internal: false })] },
    {
      title: "a web ACL of another load balancer",
      verdict: "fail",
      resources: [
        balancerExample({}),
        association(associationTypes[1], "arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/app/other/1"),
      ],
    },
    {
      title: "whether internal is known only later",
      verdict: "undecided",
      resources: [balancerExample({ internal: UNKNOWN })],
    },
  ],
});

function missingFindings(index: StackIndex, balancer: StackResource): StackFinding[] {
  const properties = (balancer.inputs ?? balancer.properties) as Property<Balancer>;
  const internal = properties.get("internal");
  const isInternal = internal.flag();
  if (isInternal === true) return [];
  const missing = companionFindings(index, balancer, {
    types: associationTypes,
    property: "resourceArn",
    identifiers: ["arn", "id"],
    missing: "the load balancer has no WebAclAssociation",
  });
  const found = ofKind(properties, ["application"], missing);
  const findings = found.length > 0 && isInternal === UNKNOWN ? [undecided(internal)] : found;
  return findings.map((finding) => ({ ...finding, resource: balancer }));
}
