import { eachItem } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:backup/plan:Plan";
const planOf = exampleOf(type, "nightly");
const plan = (lifecycle: Record<string, Plain>) =>
  planOf({ rules: [{ ruleName: "nightly", targetVaultName: "nightly", ...lifecycle }] });

export const backupPlanRetention = rule({
  id: "aws-backup-plan-retention",
  title: "Backup plans say how long recovery points are kept, and keep them long enough",
  severity: "medium",
  rationale:
    "Kept too short, what is noticed late cannot be undone; kept without end, personal data outlives every promise.",
  remediation: "Give each of rules a lifecycle whose deleteAfter is at least the days that the rule asks for.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CP-9" },
    { framework: "NIST 800-53r5", control: "SI-12" },
    { framework: "ISO 27001:2022", control: "A.8.13" },
  ],
  levels: { baseline: "advisory" },
  config: {
    minimumDays: {
      type: "integer",
      description: "For how many days recovery points are to be kept at least",
      default: 35,
      minimum: 1,
    },
  },
  checks: {
    [type]: ({ properties }, { config }) => {
      const rules = properties.get("rules");
      return eachItem(rules, (item) => {
        const after = item.get("lifecycle").get("deleteAfter");
        const days = after.number();
        if (days === UNKNOWN) return [undecided(after)];
        if (days === undefined) return [fail(after, "is not set, so recovery points are kept without end")];
        return days < (config.minimumDays as number) ? [fail(after, `is ${days} days`)] : [];
      });
    },
  },
  examples: [
    { title: "two months", verdict: "pass", resources: plan({ lifecycle: { deleteAfter: 60 } }) },
    { title: "without end", verdict: "fail", absent: true, resources: plan({}) },
    { title: "a week", verdict: "fail", resources: plan({ lifecycle: { deleteAfter: 7 } }) },
    { title: "days known only later", verdict: "undecided", resources: plan({ lifecycle: { deleteAfter: UNKNOWN } }) },
  ],
});
