import { type Context, sources, type TypeEntry } from "../entry";
import { known, lasts, likely, list, object, text } from "../kit";
import { inUse, invalid, isStrict, ruleGroupType, taken, updateToken, withKey } from "./shared";

const ruleGroup: TypeEntry = {
  type: ruleGroupType,
  label: "NetworkFirewall Rule Group",
  api: "Network Firewall",
  provider: "aws_networkfirewall_rule_group",
  cloudFormation: "AWS::NetworkFirewall::RuleGroup",
  id: (context) =>
    `arn:${context.partition}:network-firewall:${context.region}:${context.account}:${String(context.inputs.type).toLowerCase()}-rulegroup/${String(context.inputs.name)}`,
  arn: "{id}",
  autoname: { property: "name", maxLength: 128 },
  computed: { updateToken },
  changing: ["updateToken"],
  enums: { type: ["STATEFUL", "STATELESS"] },
  replaces: [
    {
      property: "ruleGroup.statefulRuleOptions.ruleOrder",
      source: sources.code,
      sure: "certain",
      when: (before, after) => isStrict(before) !== isStrict(after),
    },
  ],
  references: [withKey],
  unique: [
    {
      by: ({ name, type }) => (text(name) === undefined ? undefined : `${String(type)} ${String(name)}`),
      refusal: taken("RuleGroup"),
    },
  ],
  quotas: [
    {
      limit: 50,
      per: ({ inputs, region }) => `${region} ${String(inputs.type)}`,
      refusal: { code: "LimitExceededException", message: "The maximum number of rule groups has been reached." },
    },
  ],
  deletionRefused: inUse,
  deletionRetrySeconds: 600,
  seconds: lasts(3, 3, 10),
  facts: [
    known("a capacity of 1 to 30 000 that never changes, enough for the rules; names once", sources.guide),
    known("rules as text or as an object, one of both", sources.api),
    known("a group in use stays; the provider tries for ten minutes", sources.code),
    likely("a domain takes one unit for each protocol, a rule of text one", sources.guide),
  ],
  rules: ruleGroupRules,
};

function ruleGroupRules(context: Context): undefined {
  const { capacity, rules, ruleGroup: group } = context.inputs;
  const refuse = (message: string) => context.refuse(invalid(message));
  if ((text(rules) === undefined) === (group === undefined)) {
    refuse("Exactly one of Rules and RuleGroup must be given");
  }
  const most = Number(capacity);
  if (!(most >= 1 && most <= 30_000)) refuse(`Capacity ${most} is not between 1 and 30000`);
  const source = object(object(group).rulesSource);
  const domains = object(source.rulesSourceList);
  const targets = list(domains.targets).map(String);
  const wrong = targets.find((target) => !/^\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(target));
  if (wrong !== undefined)
    refuse(`Domain list target ${wrong} is not valid: no wildcards, a leading dot stands for them`);
  const written = text(rules) ?? text(source.rulesString) ?? "";
  const lines = written.split("\n").filter((line) => line.trim() !== "" && !line.trim().startsWith("#"));
  const needed =
    targets.length * Math.max(1, list(domains.targetTypes).length) + lines.length + list(source.statefulRules).length;
  if (needed > most) {
    context.refuse({
      code: "InsufficientCapacityException",
      message: `Rule group capacity ${most} is not enough for its rules, which take ${needed}`,
    });
  }
}

export const entries: TypeEntry[] = [ruleGroup];
