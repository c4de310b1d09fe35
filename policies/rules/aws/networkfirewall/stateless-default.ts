import { defaultActionParts } from "../../../kit/firewall-actions";
import { rule } from "../../../kit/rule";

export const statelessDefault = rule({
  id: "aws-networkfirewall-stateless-default",
  title: "Whole packets that no stateless rule matches are dropped or inspected further",
  severity: "medium",
  rationale: "A default that passes packets lets everything around the stateful rules that nobody thought of.",
  remediation: 'Set firewallPolicy.statelessDefaultActions to ["aws:forward_to_sfe"] or ["aws:drop"].',
  mappings: [{ framework: "AWS FSBP", control: "NetworkFirewall.4" }],
  deviation: "networkfirewall-stateless-default",
  ...defaultActionParts("statelessDefaultActions"),
});
