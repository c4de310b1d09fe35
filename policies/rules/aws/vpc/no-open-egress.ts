import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { not, some } from "../../../kit/statements";
import { egressChecks, groupExample, isPathMtu, ruleExample, withinPorts, worldFindings } from "../../../kit/traffic";

export const noOpenEgress = rule({
  id: "aws-vpc-no-open-egress",
  title: "Security groups let traffic out to the whole internet on listed ports only",
  severity: "medium",
  rationale:
    "What breaks into a machine first calls home: with every port open outbound, data leaves by whatever way is least watched.",
  remediation:
    "Name groups, prefix lists or blocks in egress rules, or at least the ports; leave egress out where nothing goes out.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "NIST 800-53r5", control: "SC-7(5)" },
    { framework: "ISO 27001:2022", control: "A.8.20" },
  ],
  levels: { baseline: "advisory", regulated: "advisory" },
  config: {
    allowedPorts: {
      type: "array",
      description: "Ports that groups may reach anywhere in the world",
      items: { type: "integer" },
      default: [80, 443],
    },
  },
  checks: egressChecks((traffic, { config }) => {
    const concern = not(some(withinPorts(traffic.service, config.allowedPorts), isPathMtu(traffic.service)));
    return worldFindings(traffic, concern, "lets out to the whole internet more than the allowed ports");
  }),
  examples: [
    {
      title: "HTTPS to the world",
      verdict: "pass",
      resources: [ruleExample("egress", { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" })],
    },
    {
      title: "everything, to another group",
      verdict: "pass",
      resources: [ruleExample("egress", { ipProtocol: "-1", referencedSecurityGroupId: "sg-2" })],
    },
    { title: "no egress, so nothing goes out", verdict: "pass", absent: true, resources: [groupExample({})] },
    {
      title: "the rule that AWS gives every new group",
      verdict: "fail",
      resources: [groupExample({ egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] })],
    },
    {
      title: "no port is allowed",
      verdict: "fail",
      config: { allowedPorts: [] },
      resources: [ruleExample("egress", { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv6: "::/0" })],
    },
    {
      title: "the older stand-alone resource",
      verdict: "fail",
      resources: [
        ruleExample("legacy", {
          type: "egress",
          protocol: "tcp",
          fromPort: 0,
          toPort: 65535,
          cidrBlocks: ["0.0.0.0/0"],
        }),
      ],
    },
    { title: "rules known only later", verdict: "undecided", resources: [groupExample({ egress: UNKNOWN })] },
  ],
});
