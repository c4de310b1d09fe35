import { requireTrue } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const firewall = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "aws:networkfirewall/firewall:Firewall", name: "egress", properties },
];

export const deleteProtection = rule({
  id: "aws-networkfirewall-delete-protection",
  title: "Firewalls are protected against deletion",
  severity: "medium",
  rationale: "With the firewall gone, by mistake or to get data out, routes fail or traffic leaves uninspected.",
  remediation: "Set deleteProtection to true on the Firewall.",
  mappings: [{ framework: "AWS FSBP", control: "NetworkFirewall.9" }],
  levels: { baseline: "advisory" },
  deviation: "networkfirewall-delete-protection",
  liftedByRelease: true,
  checks: {
    "aws:networkfirewall/firewall:Firewall": ({ properties }) => requireTrue(properties.get("deleteProtection")),
  },
  remedies: { "aws:networkfirewall/firewall:Firewall": () => ({ deleteProtection: true }) },
  examples: [
    { title: "protected", verdict: "pass", resources: firewall({ deleteProtection: true }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: firewall({}) },
    { title: "not protected", verdict: "fail", resources: firewall({ deleteProtection: false }) },
    { title: "known only later", verdict: "undecided", resources: firewall({ deleteProtection: UNKNOWN }) },
  ],
});
