import { requireOneOf, texts } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const policy = (more: Record<string, Plain>): ExampleResource[] => [
  {
    type: "aws:networkfirewall/firewallPolicy:FirewallPolicy",
    name: "egress",
    properties: { firewallPolicy: { statelessDefaultActions: ["aws:forward_to_sfe"], ...more } },
  },
];
const strict = { statefulEngineOptions: { ruleOrder: "STRICT_ORDER" } };
const dropping = ["aws:drop_strict", "aws:drop_established", "aws:drop_established_app_layer"];

export const statefulDefault = rule({
  id: "aws-networkfirewall-stateful-default",
  title: "The stateful engine keeps the order of its rules and drops what none of them lets through",
  severity: "high",
  rationale:
    "In the default order the engine passes what no rule names, so that an allow-list of hosts allows everything else too.",
  remediation:
    'Set firewallPolicy.statefulEngineOptions.ruleOrder to "STRICT_ORDER" and statefulDefaultActions to ["aws:drop_established"] or ["aws:drop_strict"].',
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7(5)" },
    { framework: "NIST 800-53r5", control: "AC-4" },
  ],
  levels: { baseline: "advisory" },
  deviation: "networkfirewall-stateful-default",
  checks: {
    "aws:networkfirewall/firewallPolicy:FirewallPolicy": ({ properties }) => {
      const policy = properties.get("firewallPolicy");
      const order = policy.get("statefulEngineOptions").get("ruleOrder");
      const actions = policy.get("statefulDefaultActions");
      const { values, open } = texts(actions);
      const drops = values.some((action) => dropping.includes(action));
      return [
        ...requireOneOf(order, ["STRICT_ORDER"], 'is not "STRICT_ORDER"'),
        ...(drops ? [] : [open ? undecided(actions) : fail(actions, "lets through what no rule matched")]),
      ];
    },
  },
  examples: [
    {
      title: "strict order, established connections dropped",
      verdict: "pass",
      resources: policy({ ...strict, statefulDefaultActions: ["aws:drop_established", "aws:alert_established"] }),
    },
    { title: "the default order", verdict: "fail", absent: true, resources: policy({}) },
    {
      title: "strict order that only alerts",
      verdict: "fail",
      resources: policy({ ...strict, statefulDefaultActions: ["aws:alert_established"] }),
    },
    {
      title: "actions known only later",
      verdict: "undecided",
      resources: policy({ ...strict, statefulDefaultActions: UNKNOWN }),
    },
  ],
});
