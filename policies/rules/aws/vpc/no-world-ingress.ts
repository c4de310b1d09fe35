import { portRange, sourceWidth, withinPorts } from "../../../kit/exposure";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, type RuleContext, rule, undecided } from "../../../kit/rule";

interface Ingress {
  protocol?: string;
  fromPort?: number;
  toPort?: number;
  cidrBlocks?: string[];
  ipv6CidrBlocks?: string[];
}

/** AWS itself hands no one a public block wider than this, so anything wider means the internet. */
const widestPublicBlock = 8;

const inlineCheck = ({ properties }: { properties: Property<unknown> }, context: RuleContext): Finding[] => {
  const ingress = (properties as Property<{ ingress?: Ingress[] }>).get("ingress");
  const { items, complete } = ingress.items();
  return complete ? items.flatMap((item) => ingressFindings(item, context)) : [undecided(ingress)];
};

const group = (ingress: Plain): ExampleResource[] => [
  { type: "aws:ec2/securityGroup:SecurityGroup", name: "nodes", properties: { vpcId: "vpc-1", ingress } },
];
const standAlone = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    name: "https",
    properties: { securityGroupId: "sg-1", ...properties },
  },
];
const legacy = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "aws:ec2/securityGroupRule:SecurityGroupRule",
    name: "ssh",
    properties: { securityGroupId: "sg-1", ...properties },
  },
];

export const noWorldIngress = rule({
  id: "aws-vpc-no-world-ingress",
  title: "No security group lets the whole internet in",
  severity: "high",
  rationale:
    "A port that is open to the world is scanned within minutes; on a node or endpoint nothing from outside belongs there.",
  remediation:
    "Name the security group, prefix list or private block that the traffic comes from instead of 0.0.0.0/0 or ::/0.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.18" },
    { framework: "AWS FSBP", control: "EC2.19" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "SC-7(5)" },
  ],
  deviation: "ec2-world-ingress",
  config: {
    allowedPorts: {
      type: "array",
      description: "Ports that may be open to the world, for example 443 where a public load balancer is wanted",
      items: { type: "integer" },
      default: [],
    },
  },
  checks: {
    "aws:ec2/securityGroup:SecurityGroup": inlineCheck,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": inlineCheck,
    "aws:ec2/securityGroupRule:SecurityGroupRule": ({ properties }, context) => {
      const direction = properties.get("type");
      const name = direction.text();
      if (name === "egress") return [];
      const findings = ingressFindings(properties as unknown as Property<Ingress>, context);
      return name === UNKNOWN && findings.length > 0 ? [undecided(direction)] : findings;
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ({ properties }, context) => {
      const ports = portRange(properties.get("ipProtocol"), properties.get("fromPort"), properties.get("toPort"));
      return [properties.get("cidrIpv4"), properties.get("cidrIpv6")].flatMap((block) =>
        blockFindings(block as Property<string>, ports, context),
      );
    },
  },
  examples: [
    {
      title: "traffic from the VPC",
      verdict: "pass",
      resources: group([{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.20.0.0/16"] }]),
    },
    {
      title: "traffic to the world, outbound",
      verdict: "pass",
      resources: legacy({ type: "egress", protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }),
    },
    {
      title: "a port that the configuration opens",
      verdict: "pass",
      config: { allowedPorts: [443] },
      resources: standAlone({ ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" }),
    },
    {
      title: "the whole internet, inline",
      verdict: "fail",
      resources: group([{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"] }]),
    },
    {
      title: "the whole internet in two halves",
      verdict: "fail",
      resources: group([{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] }]),
    },
    {
      title: "the whole IPv6 internet, stand-alone",
      verdict: "fail",
      resources: standAlone({ ipProtocol: "-1", cidrIpv6: "::/0" }),
    },
    {
      title: "the whole internet, in the older stand-alone resource",
      verdict: "fail",
      resources: legacy({ type: "ingress", protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }),
    },
    {
      title: "more ports than the configuration opens",
      verdict: "fail",
      config: { allowedPorts: [443] },
      resources: standAlone({ ipProtocol: "tcp", fromPort: 443, toPort: 444, cidrIpv4: "0.0.0.0/0" }),
    },
    {
      title: "source known only later",
      verdict: "undecided",
      resources: standAlone({ ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: UNKNOWN }),
    },
    {
      title: "a violation beside an unknown source",
      verdict: "fail",
      resources: group([{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: [UNKNOWN, "0.0.0.0/0"] }]),
    },
  ],
});

function ingressFindings(ingress: Property<Ingress>, context: RuleContext): Finding[] {
  if (ingress.isUnknown) return [undecided(ingress)];
  const ports = portRange(ingress.get("protocol"), ingress.get("fromPort"), ingress.get("toPort"));
  return [ingress.get("cidrBlocks"), ingress.get("ipv6CidrBlocks")].flatMap((list) => {
    const { items, complete } = list.items();
    return complete ? items.flatMap((block) => blockFindings(block, ports, context)) : [undecided(list)];
  });
}

function blockFindings(block: Property<string>, ports: ReturnType<typeof portRange>, context: RuleContext): Finding[] {
  if (block.isAbsent) return [];
  const width = sourceWidth(block, widestPublicBlock);
  if (width === "limited" || width === "malformed") return [];
  const allowed = withinPorts(ports, context.config.allowedPorts as number[]);
  if (allowed === true) return [];
  if (width === "unknown" || allowed === "unknown") return [undecided(block)];
  return [fail(block, "lets the whole internet in")];
}
