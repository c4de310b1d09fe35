import { ADMINISTRATION_PORTS } from "gabion-knowledge";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { groupExample, ingressChecks, ruleExample, worldPortFindings } from "../../../kit/traffic";

const world = "0.0.0.0/0";

export const noWorldAdminPorts = rule({
  id: "aws-vpc-no-world-admin-ports",
  title: "No security group opens SSH or RDP to the whole internet",
  severity: "critical",
  rationale:
    "Ports of administration are found within minutes, and one weak or leaked credential then gives the whole machine away.",
  remediation:
    "Take the rule away and use Session Manager, or name the group, prefix list or block that administration comes from.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.13" },
    { framework: "AWS FSBP", control: "EC2.14" },
    { framework: "CIS AWS Foundations 7.0.0", control: "6.3" },
    { framework: "CIS AWS Foundations 7.0.0", control: "6.4" },
    { framework: "NIST 800-53r5", control: "AC-17" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "ISO 27001:2022", control: "A.8.20" },
  ],
  checks: ingressChecks((traffic) => worldPortFindings(traffic, ADMINISTRATION_PORTS)),
  examples: [
    {
      title: "SSH from the office's block",
      verdict: "pass",
      resources: [
        groupExample({ ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["203.0.113.0/24"] }] }),
      ],
    },
    {
      title: "HTTPS from everywhere is another rule's concern",
      verdict: "pass",
      resources: [ruleExample("ingress", { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: world })],
    },
    {
      title: "echo requests: type 8, code 0 is no range of ports",
      verdict: "pass",
      resources: [ruleExample("ingress", { ipProtocol: "1", fromPort: 8, toPort: 0, cidrIpv4: world })],
    },
    { title: "a group without rules", verdict: "pass", absent: true, resources: [groupExample({})] },
    {
      title: "SSH in the middle of a range",
      verdict: "fail",
      resources: [groupExample({ ingress: [{ protocol: "tcp", fromPort: 0, toPort: 1024, cidrBlocks: [world] }] })],
    },
    {
      title: "TCP by its number, IPv6",
      verdict: "fail",
      resources: [ruleExample("ingress", { ipProtocol: "6", fromPort: 3389, toPort: 3389, cidrIpv6: "::/0" })],
    },
    {
      title: "RDP over UDP",
      verdict: "fail",
      resources: [ruleExample("ingress", { ipProtocol: "udp", fromPort: 3389, toPort: 3389, cidrIpv4: world })],
    },
    {
      title: "all protocols, in the older stand-alone resource",
      verdict: "fail",
      resources: [
        ruleExample("legacy", { type: "ingress", protocol: "all", fromPort: 0, toPort: 0, cidrBlocks: [world] }),
      ],
    },
    {
      title: "a violation beside a rule known only later",
      verdict: "fail",
      resources: [
        groupExample({ ingress: [UNKNOWN, { protocol: "tcp", fromPort: 22, toPort: 22, ipv6CidrBlocks: ["::/0"] }] }),
      ],
    },
    {
      title: "ports known only later",
      verdict: "undecided",
      resources: [ruleExample("ingress", { ipProtocol: "tcp", fromPort: UNKNOWN, toPort: UNKNOWN, cidrIpv4: world })],
    },
  ],
});
