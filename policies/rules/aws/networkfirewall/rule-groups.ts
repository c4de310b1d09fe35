import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const policy = (more: Record<string, Plain>): ExampleResource[] => [
  {
    type: "aws:networkfirewall/firewallPolicy:FirewallPolicy",
    name: "egress",
    properties: { firewallPolicy: { statelessDefaultActions: ["aws:forward_to_sfe"], ...more } },
  },
];

export const ruleGroups = rule({
  id: "aws-networkfirewall-rule-groups",
  title: "A firewall policy has rule groups",
  severity: "medium",
  rationale:
    "Without rule groups the firewall treats all traffic alike: it inspects nothing, while everyone believes it does.",
  remediation:
    "Reference a RuleGroup in firewallPolicy.statefulRuleGroupReferences or firewallPolicy.statelessRuleGroupReferences.",
  mappings: [{ framework: "AWS FSBP", control: "NetworkFirewall.3" }],
  deviation: "networkfirewall-rule-groups",
  checks: {
    "aws:networkfirewall/firewallPolicy:FirewallPolicy": ({ properties }) => {
      const policy = properties.get("firewallPolicy");
      const stateful = policy.get("statefulRuleGroupReferences");
      const lists = [stateful.items(), policy.get("statelessRuleGroupReferences").items()];
      if (lists.some(({ items }) => items.length > 0)) return [];
      return [lists.some(({ complete }) => !complete) ? undecided(stateful) : fail(stateful, "no rule group is used")];
    },
  },
  examples: [
    {
      title: "a stateful rule group",
      verdict: "pass",
      resources: policy({ statefulRuleGroupReferences: [{ resourceArn: UNKNOWN }] }),
    },
    {
      title: "a stateless rule group",
      verdict: "pass",
      resources: policy({ statelessRuleGroupReferences: [{ priority: 1, resourceArn: UNKNOWN }] }),
    },
    { title: "no rule group", verdict: "fail", absent: true, resources: policy({}) },
    { title: "an empty list", verdict: "fail", resources: policy({ statefulRuleGroupReferences: [] }) },
    {
      title: "groups known only later",
      verdict: "undecided",
      resources: policy({ statefulRuleGroupReferences: UNKNOWN }),
    },
  ],
});
