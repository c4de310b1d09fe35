import { requireTrue } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const firewall = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "aws:networkfirewall/firewall:Firewall",
    name: "egress",
    properties: { vpcId: "vpc-1", ...properties },
  },
];
const held = { subnetChangeProtection: true, firewallPolicyChangeProtection: true };

export const changeProtection = rule({
  id: "aws-networkfirewall-change-protection",
  title: "A firewall's subnets and its policy are protected against change",
  severity: "low",
  rationale:
    "Whoever swaps the policy, or takes a subnet away, switches inspection off while the firewall seems in place.",
  remediation:
    "Set subnetChangeProtection and firewallPolicyChangeProtection to true on the Firewall, and take them off for planned changes alone.",
  mappings: [],
  unmapped: "The catalogues ask for protection against deletion only, not against change.",
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: {
    "aws:networkfirewall/firewall:Firewall": ({ properties }) => {
      // A firewall at a transit gateway has zones where others have subnets.
      const places = properties.get("transitGatewayId").isAbsent
        ? properties.get("subnetChangeProtection")
        : properties.get("availabilityZoneChangeProtection");
      return [...requireTrue(places), ...requireTrue(properties.get("firewallPolicyChangeProtection"))];
    },
  },
  remedies: {
    "aws:networkfirewall/firewall:Firewall": ({ properties }) =>
      properties.get("transitGatewayId").isAbsent ? held : undefined,
  },
  examples: [
    { title: "both protected", verdict: "pass", resources: firewall(held) },
    {
      title: "a firewall at a transit gateway has zones to protect",
      verdict: "pass",
      resources: firewall({
        transitGatewayId: "tgw-1",
        availabilityZoneChangeProtection: true,
        firewallPolicyChangeProtection: true,
      }),
    },
    { title: "nothing said", verdict: "fail", absent: true, resources: firewall({}) },
    { title: "subnets alone", verdict: "fail", resources: firewall({ subnetChangeProtection: true }) },
    {
      title: "known only later",
      verdict: "undecided",
      resources: firewall({ ...held, firewallPolicyChangeProtection: UNKNOWN }),
    },
  ],
});
