import { mismatches } from "./config";
import { levelOf, type Rule } from "./rule";
import { PackConfigurationError, type PackSettings } from "./settings";

/**
 * Groups that a rule belongs to, from the widest: `aws` and `aws-s3`, `kubernetes` and `pss-baseline`, `vault`, `ml`. Selecting any of
 * them selects the rule.
 */
export function groupsOf({ id }: Pick<Rule, "id">): readonly string[] {
  const [first, second] = id.split("-");
  switch (first) {
    case "aws":
      return ["aws", `aws-${second}`];
    case "pss":
      return ["kubernetes", `pss-${second}`];
    case "k8s":
      return ["kubernetes", `k8s-${second}`];
    default:
      return [first ?? ""];
  }
}

/** All groups of rules, sorted. */
export function groupNames(rules: readonly Rule[]): readonly string[] {
  return [...new Set(rules.flatMap(groupsOf))].sort();
}

/**
 * The rules that run with some settings: of the groups that are chosen, without those that are disabled.
 *
 * @throws PackConfigurationError naming all groups and rules that there are not, and all configuration that does not fit.
 */
export function selectRules(rules: readonly Rule[], settings: PackSettings): readonly Rule[] {
  const problems = [...groupProblems(rules, settings), ...ruleProblems(rules, settings)];
  if (problems.length > 0) throw new PackConfigurationError(["its configuration is wrong:", ...problems].join("\n  "));
  return rules.filter((rule) => isSelected(rule, settings));
}

/** Whether a rule runs: of a group that is chosen, and not disabled. */
export function isSelected(rule: Pick<Rule, "id" | "levels">, settings: PackSettings): boolean {
  if (levelOf(rule, settings) === "disabled") return false;
  return settings.groups === undefined || groupsOf(rule).some((group) => settings.groups?.includes(group));
}

function groupProblems(rules: readonly Rule[], settings: PackSettings): string[] {
  const known = groupNames(rules);
  const wrong = (settings.groups ?? []).filter((group) => !known.includes(group));
  return wrong.map((group) => `there is no group ${JSON.stringify(group)}; groups are ${known.join(", ")}`);
}

function ruleProblems(rules: readonly Rule[], settings: PackSettings): string[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return Object.entries(settings.rules ?? {}).flatMap(([id, { level, config }]) => {
    const rule = byId.get(id);
    if (rule === undefined) return [`there is no rule ${JSON.stringify(id)}; the rules are in the pack's catalogue`];
    const misplaced =
      level === "remediate" && rule.remedies === undefined
        ? [`${id} has no remediation, so its level cannot be remediate`]
        : [];
    return [...misplaced, ...mismatches(rule.config ?? {}, config).map((problem) => `${id}: ${problem}`)];
  });
}
