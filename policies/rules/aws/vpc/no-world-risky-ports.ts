import { HIGH_RISK_PORTS } from "gabion-knowledge";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { groupExample, ingressChecks, ruleExample, worldPortFindings } from "../../../kit/traffic";

const world = "0.0.0.0/0";

export const noWorldRiskyPorts = rule({
  id: "aws-vpc-no-world-risky-ports",
  title: "No security group opens databases, file shares or consoles to the whole internet",
  severity: "high",
  rationale:
    "Databases, shares and notebook servers were made for trusted networks; many of them answer without any password.",
  remediation:
    "Take the rule away, or name the security group of the clients; put what the public needs behind a load balancer on 443.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.19" },
    { framework: "CIS AWS Foundations 7.0.0", control: "6.1.2" },
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "ISO 27001:2022", control: "A.8.20" },
  ],
  config: {
    acceptedPorts: {
      type: "array",
      description: "Ports of the list that may be open to the world, for example 8080",
      items: { type: "integer" },
      default: [],
    },
  },
  checks: ingressChecks((traffic, { config }) => {
    const accepted = [config.acceptedPorts].flat();
    return worldPortFindings(
      traffic,
      HIGH_RISK_PORTS.filter(({ port }) => !accepted.includes(port)),
    );
  }),
  examples: [
    {
      title: "a database for the VPC",
      verdict: "pass",
      resources: [ruleExample("ingress", { ipProtocol: "tcp", fromPort: 5432, toPort: 5432, cidrIpv4: "10.0.0.0/8" })],
    },
    {
      title: "a port that the configuration accepts",
      verdict: "pass",
      config: { acceptedPorts: [8080] },
      resources: [ruleExample("ingress", { ipProtocol: "tcp", fromPort: 8080, toPort: 8080, cidrIpv4: world })],
    },
    {
      title: "media over UDP on a port that is risky over TCP alone",
      verdict: "pass",
      resources: [ruleExample("ingress", { ipProtocol: "17", fromPort: 5000, toPort: 5000, cidrIpv4: world })],
    },
    { title: "a group without rules", verdict: "pass", absent: true, resources: [groupExample({})] },
    {
      title: "CIFS for everyone",
      verdict: "fail",
      resources: [groupExample({ ingress: [{ protocol: "tcp", fromPort: 445, toPort: 445, cidrBlocks: [world] }] })],
    },
    {
      title: "notebooks for everyone, in two halves of the internet",
      verdict: "fail",
      resources: [
        groupExample({
          ingress: [{ protocol: "TCP", fromPort: 8888, toPort: 8888, cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] }],
        }),
      ],
    },
    {
      title: "all ports for everyone",
      verdict: "fail",
      resources: [
        ruleExample("legacy", {
          type: "ingress",
          protocol: "tcp",
          fromPort: 0,
          toPort: 65535,
          ipv6CidrBlocks: ["::/0"],
        }),
      ],
    },
    {
      title: "source known only later",
      verdict: "undecided",
      resources: [ruleExample("ingress", { ipProtocol: "tcp", fromPort: 3306, toPort: 3306, cidrIpv4: UNKNOWN })],
    },
  ],
});
