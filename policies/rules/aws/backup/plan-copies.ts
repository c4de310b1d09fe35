import { type Plain, UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:backup/plan:Plan";
const planOf = exampleOf(type, "nightly");
const plan = (more: Record<string, Plain>) =>
  planOf({ rules: [{ ruleName: "nightly", targetVaultName: "nightly", ...more }] });
const destinationVaultArn = "arn:aws:backup:eu-west-1:444455556666:backup-vault:copies";

export const backupPlanCopies = rule({
  id: "aws-backup-plan-copies",
  title: "Backup plans copy recovery points to another vault",
  severity: "low",
  rationale:
    "What happens to the account or the Region happens to its backups as well; a copy elsewhere outlives both.",
  remediation:
    "Give a rule of the plan copyActions with a vault of another account or Region, or a target behind a logical air gap.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CP-9(5)" },
    { framework: "NIST 800-53r5", control: "CP-6" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: {
    [type]: ({ properties }) => {
      const rules = properties.get("rules");
      const { items, complete } = rules.items();
      const targets = items.flatMap((item) => [
        item.get("copyActions"),
        item.get("targetLogicallyAirGappedBackupVaultArn"),
      ]);
      if (targets.some((place) => place.items().items.length > 0 || typeof place.text() === "string")) return [];
      if (!complete) return [undecided(rules)];
      const open = targets.find((place) => place.isUnknown);
      return [open === undefined ? fail(rules, "copies nothing to another vault") : undecided(open)];
    },
  },
  examples: [
    {
      title: "a copy in another account",
      verdict: "pass",
      resources: plan({ copyActions: [{ destinationVaultArn }] }),
    },
    {
      title: "a vault that is made in the same program",
      verdict: "pass",
      resources: plan({ copyActions: [{ destinationVaultArn: UNKNOWN }] }),
    },
    { title: "no copies", verdict: "fail", absent: true, resources: plan({}) },
    { title: "an empty list of copies", verdict: "fail", resources: plan({ copyActions: [] }) },
    { title: "copies known only later", verdict: "undecided", resources: plan({ copyActions: UNKNOWN }) },
  ],
});
