import { defaultActionParts } from "../../../kit/firewall-actions";
import { rule } from "../../../kit/rule";

export const fragmentDefault = rule({
  id: "aws-networkfirewall-fragment-default",
  title: "Fragments of packets that no stateless rule matches are dropped or inspected further",
  severity: "medium",
  rationale: "Whoever cuts packets into fragments goes around the firewall when fragments pass by default.",
  remediation: 'Set firewallPolicy.statelessFragmentDefaultActions to ["aws:forward_to_sfe"] or ["aws:drop"].',
  mappings: [{ framework: "AWS FSBP", control: "NetworkFirewall.5" }],
  deviation: "networkfirewall-fragment-default",
  ...defaultActionParts("statelessFragmentDefaultActions"),
});
