import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const group = (ruleGroup?: Plain, type: Plain = "STATELESS"): ExampleResource[] => [
  {
    type: "aws:networkfirewall/ruleGroup:RuleGroup",
    name: "noise",
    properties: { capacity: 10, type, ...(ruleGroup === undefined ? {} : { ruleGroup }) },
  },
];
const holding = (statelessRules: Plain): Plain => ({
  rulesSource: { statelessRulesAndCustomActions: { statelessRules } },
});

export const statelessGroupRules = rule({
  id: "aws-networkfirewall-stateless-group-rules",
  title: "A stateless rule group holds rules",
  severity: "medium",
  rationale: "An empty group looks like a control in every list and matches nothing.",
  remediation: "Give ruleGroup.rulesSource.statelessRulesAndCustomActions.statelessRules, or remove the RuleGroup.",
  mappings: [{ framework: "AWS FSBP", control: "NetworkFirewall.6" }],
  levels: { baseline: "advisory" },
  checks: {
    "aws:networkfirewall/ruleGroup:RuleGroup": ({ properties }) => {
      const type = properties.get("type").text();
      if (typeof type === "string" && type.toUpperCase() !== "STATELESS") return [];
      const source = properties.get("ruleGroup").get("rulesSource");
      const rules = source.get("statelessRulesAndCustomActions").get("statelessRules");
      const { items, complete } = rules.items();
      // Rules as one text in Suricata's format.
      if (items.length > 0 || !properties.get("rules").isAbsent) return [];
      const open = !complete || type === UNKNOWN;
      return [open ? undecided(rules) : fail(rules, "holds no rule")];
    },
  },
  examples: [
    { title: "a rule", verdict: "pass", resources: group(holding([{ priority: 1, ruleDefinition: UNKNOWN }])) },
    { title: "a stateful group is none of this rule's", verdict: "pass", resources: group(undefined, "STATEFUL") },
    { title: "an empty list", verdict: "fail", resources: group(holding([])) },
    { title: "no rules", verdict: "fail", absent: true, resources: group() },
    { title: "rules known only later", verdict: "undecided", resources: group(holding(UNKNOWN)) },
  ],
});
