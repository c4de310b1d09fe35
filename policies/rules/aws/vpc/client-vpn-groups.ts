import { requireFalse } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const ruleType = "aws:ec2clientvpn/authorizationRule:AuthorizationRule";
const authorization = (more: Record<string, Plain>): ExampleResource[] => [
  {
    type: ruleType,
    name: "training",
    properties: { clientVpnEndpointId: "cvpn-endpoint-1", targetNetworkCidr: "10.20.0.0/16", ...more },
  },
];

export const clientVpnGroups = rule({
  id: "aws-vpc-client-vpn-groups",
  title: "A Client VPN lets groups of people into networks, not everyone",
  severity: "medium",
  rationale:
    "Where everyone who connects may go everywhere, one stolen account of anybody reaches the training network.",
  remediation: "Set accessGroupId to the group that needs the network, and leave authorizeAllGroups out.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "AC-17" },
    { framework: "ISO 27001:2022", control: "A.5.15" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [ruleType]: ({ properties }) => requireFalse(properties.get("authorizeAllGroups"), "lets everyone in who connects"),
  },
  examples: [
    {
      title: "a group",
      verdict: "pass",
      resources: authorization({ accessGroupId: "S-1-5-21-1", authorizeAllGroups: false }),
    },
    {
      title: "nothing is said about everyone",
      verdict: "pass",
      absent: true,
      resources: authorization({ accessGroupId: "S-1-5-21-1" }),
    },
    { title: "everyone", verdict: "fail", resources: authorization({ authorizeAllGroups: true }) },
    { title: "known only later", verdict: "undecided", resources: authorization({ authorizeAllGroups: UNKNOWN }) },
  ],
});
