import { defaultActionFindings } from "../../../kit/firewall-actions";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const policy = (actions?: Plain): ExampleResource[] => [
  {
    type: "aws:networkfirewall/firewallPolicy:FirewallPolicy",
    name: "egress",
    properties: { firewallPolicy: actions === undefined ? {} : { statelessDefaultActions: actions } },
  },
];

export const statelessDefault = rule({
  id: "aws-networkfirewall-stateless-default",
  title: "Whole packets that no stateless rule matches are dropped or inspected further",
  severity: "medium",
  rationale: "A default that passes packets lets everything around the stateful rules that nobody thought of.",
  remediation: 'Set firewallPolicy.statelessDefaultActions to ["aws:forward_to_sfe"] or ["aws:drop"].',
  mappings: [{ framework: "AWS FSBP", control: "NetworkFirewall.4" }],
  deviation: "networkfirewall-stateless-default",
  checks: {
    "aws:networkfirewall/firewallPolicy:FirewallPolicy": ({ properties }) =>
      defaultActionFindings(properties.get("firewallPolicy").get("statelessDefaultActions")),
  },
  examples: [
    { title: "handed to the stateful engine", verdict: "pass", resources: policy(["aws:forward_to_sfe"]) },
    {
      title: "dropped, and counted by an action of one's own",
      verdict: "pass",
      resources: policy(["aws:drop", "count"]),
    },
    { title: "let through", verdict: "fail", resources: policy(["aws:pass"]) },
    { title: "counted and let through", verdict: "fail", resources: policy(["aws:pass", "count"]) },
    { title: "nothing said", verdict: "fail", absent: true, resources: policy() },
    { title: "known only later", verdict: "undecided", resources: policy([UNKNOWN]) },
  ],
});
