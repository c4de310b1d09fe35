import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { not, some } from "../../../kit/statements";
import { groupExample, ingressChecks, isPathMtu, ruleExample, withinPorts, worldFindings } from "../../../kit/traffic";

const group = (ingress: Parameters<typeof groupExample>[0][string]) => [groupExample({ ingress })];
const standAlone = (properties: Parameters<typeof ruleExample>[1]) => [ruleExample("ingress", properties)];
const legacy = (properties: Parameters<typeof ruleExample>[1]) => [ruleExample("legacy", properties)];

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
  checks: ingressChecks((traffic, { config }) => {
    const concern = not(some(withinPorts(traffic.service, config.allowedPorts), isPathMtu(traffic.service)));
    return worldFindings(traffic, concern, "lets the whole internet in");
  }),
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
    {
      title: "a group without rules",
      verdict: "pass",
      absent: true,
      resources: [groupExample({})],
    },
    {
      title: "the messages of path MTU discovery",
      verdict: "pass",
      resources: standAlone({ ipProtocol: "icmp", fromPort: 3, toPort: 4, cidrIpv4: "0.0.0.0/0" }),
    },
    {
      title: "ICMP, whose type and code are no ports",
      verdict: "fail",
      config: { allowedPorts: [443] },
      resources: standAlone({ ipProtocol: "icmp", fromPort: 8, toPort: 0, cidrIpv4: "0.0.0.0/0" }),
    },
    {
      title: "a protocol by its number",
      verdict: "fail",
      config: { allowedPorts: [443] },
      resources: legacy({ type: "ingress", protocol: "50", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }),
    },
  ],
});
