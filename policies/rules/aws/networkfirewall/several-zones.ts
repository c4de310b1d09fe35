import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const firewall = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "aws:networkfirewall/firewall:Firewall", name: "egress", properties },
];
const subnets = (...ids: Plain[]): Plain => ids.map((subnetId) => ({ subnetId }));

export const severalZones = rule({
  id: "aws-networkfirewall-several-zones",
  title: "A firewall stands in several availability zones",
  severity: "low",
  rationale: "When the one zone fails, either all egress stops or somebody routes around the firewall in a hurry.",
  remediation: "Give the Firewall subnetMappings (or availabilityZoneMappings) in at least two availability zones.",
  mappings: [],
  unmapped: "The copy of the catalogue that the pack is checked against does not hold the control for it.",
  levels: { baseline: "advisory" },
  deviation: "networkfirewall-one-zone",
  checks: {
    "aws:networkfirewall/firewall:Firewall": ({ properties }) => {
      const subnets = properties.get("subnetMappings");
      const lists = [subnets.items(), properties.get("availabilityZoneMappings").items()];
      if (lists.some(({ items }) => items.length > 1)) return [];
      return [
        lists.some(({ complete }) => !complete) ? undecided(subnets) : fail(subnets, "names fewer than two zones"),
      ];
    },
  },
  examples: [
    { title: "two subnets", verdict: "pass", resources: firewall({ subnetMappings: subnets(UNKNOWN, UNKNOWN) }) },
    {
      title: "two zones at a transit gateway",
      verdict: "pass",
      resources: firewall({
        availabilityZoneMappings: [{ availabilityZoneId: "euc1-az1" }, { availabilityZoneId: "euc1-az2" }],
      }),
    },
    { title: "one subnet", verdict: "fail", resources: firewall({ subnetMappings: subnets("subnet-1") }) },
    { title: "no subnets", verdict: "fail", absent: true, resources: firewall({}) },
    { title: "subnets known only later", verdict: "undecided", resources: firewall({ subnetMappings: UNKNOWN }) },
  ],
});
