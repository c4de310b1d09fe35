import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { groupExample, ingressChecks, ruleExample, type Service } from "../../../kit/traffic";

const inside = "10.0.0.0/8";

export const icmpMessages = rule({
  id: "aws-vpc-icmp-messages",
  title: "Security groups take from address blocks only the ICMP messages that paths and tests of reachability need",
  severity: "low",
  rationale:
    "Redirects and router advertisements move a host's traffic elsewhere, and other messages carry data out of what looks closed.",
  remediation:
    "Set fromPort to the ICMP type that is needed (3 or, for IPv6, 2 for path MTU discovery; 8 or 128 for echo) instead of -1.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "NIST 800-53r5", control: "SC-7" },
  ],
  levels: { baseline: "advisory" },
  config: {
    types: {
      type: "array",
      description: "Types of ICMP that blocks and prefix lists may send",
      items: { type: "integer" },
      default: [0, 3, 8, 11],
    },
    typesOfIpv6: {
      type: "array",
      description: "Types of ICMPv6 that blocks and prefix lists may send",
      items: { type: "integer" },
      default: [1, 2, 3, 4, 128, 129],
    },
  },
  checks: ingressChecks(({ service, peers }, { config }) => {
    const concern = isUnneeded(service, { icmp: [config.types].flat(), icmpv6: [config.typesOfIpv6].flat() });
    if (concern === false) return [];
    return peers
      .filter(({ kind }) => kind === "block" || kind === "prefix-list")
      .map(({ at }) =>
        concern === true && !at.isUnknown
          ? fail(at, "may send ICMP messages that nothing needs")
          : undecided(at, "whether it may send ICMP messages that nothing needs is known only after deployment"),
      );
  }),
  examples: [
    {
      title: "messages of path MTU discovery",
      verdict: "pass",
      resources: [ruleExample("ingress", { ipProtocol: "icmp", fromPort: 3, toPort: 4, cidrIpv4: inside })],
    },
    {
      title: "all ICMP between members of a group",
      verdict: "pass",
      resources: [groupExample({ ingress: [{ protocol: "icmp", fromPort: -1, toPort: -1, self: true }] })],
    },
    { title: "a group without rules", verdict: "pass", absent: true, resources: [groupExample({})] },
    {
      title: "all ICMP from the network",
      verdict: "fail",
      resources: [groupExample({ ingress: [{ protocol: "icmp", fromPort: -1, toPort: -1, cidrBlocks: [inside] }] })],
    },
    {
      title: "redirects, by the protocol's number",
      verdict: "fail",
      resources: [
        ruleExample("legacy", { type: "ingress", protocol: "1", fromPort: 5, toPort: -1, cidrBlocks: [inside] }),
      ],
    },
    {
      title: "router advertisements of IPv6",
      verdict: "fail",
      resources: [ruleExample("ingress", { ipProtocol: "58", fromPort: 134, toPort: 0, cidrIpv6: "2001:db8::/32" })],
    },
    {
      title: "type known only later",
      verdict: "undecided",
      resources: [ruleExample("ingress", { ipProtocol: "icmp", fromPort: UNKNOWN, toPort: -1, cidrIpv4: inside })],
    },
  ],
});

function isUnneeded(service: Service, needed: Readonly<Record<"icmp" | "icmpv6", unknown[]>>): boolean | "unknown" {
  if (service.kind === "unknown") return "unknown";
  if (service.kind !== "icmp" && service.kind !== "icmpv6") return false;
  return service.message === "unknown" ? "unknown" : !needed[service.kind].includes(service.message);
}
