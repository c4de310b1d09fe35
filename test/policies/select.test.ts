import { describe, expect, it } from "vitest";
import type { Rule } from "../../policies/kit/rule";
import { groupNames, groupsOf, selectRules } from "../../policies/kit/select";
import type { PackSettings } from "../../policies/kit/settings";

const rule = (id: string, more: Partial<Rule> = {}): Rule => ({
  id,
  title: "Nothing at all happens here",
  severity: "low",
  rationale: "Because it is a test.",
  remediation: "Do nothing.",
  mappings: [],
  examples: [],
  checks: {},
  ...more,
});
const days = { type: "integer", description: "Days.", default: 30, maximum: 90 } as const;
const rules = [
  rule("aws-s3-a", { remedies: {} }),
  rule("aws-iam-b", { config: { days } }),
  rule("pss-baseline-c"),
  rule("ml-01-d", { levels: { baseline: "disabled" } }),
];
const selected = (settings: Partial<PackSettings>) =>
  selectRules(rules, { profile: "regulated", today: "2026-11-24", preview: true, ...settings }).map(({ id }) => id);

describe("selection of rules", () => {
  it("has groups from the names of rules, wide and narrow", () => {
    expect(groupNames(rules)).toEqual(["aws", "aws-iam", "aws-s3", "kubernetes", "ml", "pss-baseline"]);
    expect(groupsOf({ id: "k8s-rbac-x" })).toEqual(["kubernetes", "k8s-rbac"]);
  });

  it("takes all rules that the profile does not disable, or those of the groups", () => {
    expect(selected({})).toEqual(["aws-s3-a", "aws-iam-b", "pss-baseline-c", "ml-01-d"]);
    expect(selected({ profile: "baseline" })).not.toContain("ml-01-d");
    expect(selected({ groups: ["aws-s3", "kubernetes"] })).toEqual(["aws-s3-a", "pss-baseline-c"]);
    expect(selected({ groups: [] })).toEqual([]);
  });

  it("lets the user's level count before the profile's", () => {
    const levels = {
      "aws-s3-a": { level: "disabled", config: {} },
      "ml-01-d": { level: "advisory", config: {} },
    } as const;
    expect(selected({ profile: "baseline", rules: levels })).toEqual(["aws-iam-b", "pss-baseline-c", "ml-01-d"]);
  });

  it("names everything that is wrong at once", () => {
    const wrong = {
      groups: ["s3"],
      rules: {
        "aws-nothing": { config: {} },
        "aws-iam-b": { level: "remediate", config: { days: 91, hours: 1 } },
        "aws-s3-a": { level: "remediate", config: {} },
      },
    } as const;
    expect(() => selected(wrong)).toThrow(
      [
        "its configuration is wrong:",
        '  there is no group "s3"; groups are aws, aws-iam, aws-s3, kubernetes, ml, pss-baseline',
        '  there is no rule "aws-nothing"; the rules are in the pack\'s catalogue',
        "  aws-iam-b has no remediation, so its level cannot be remediate",
        "  aws-iam-b: it has no property hours; allowed are days",
        "  aws-iam-b: days must be at most 90",
      ].join("\n"),
    );
  });
});
