import {
  backupPlanFindings,
  selectionExample as selection,
  selectionTags,
  selectionType,
} from "../../../kit/backup-coverage";
import { instanceType, isReplica } from "../../../kit/databases";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";
import { askedOf } from "../../../kit/training-network";

const instance = exampleOf(instanceType, "features");

export const rdsBackupPlan = rule({
  id: "aws-rds-backup-plan",
  title: "Databases are in a backup plan",
  severity: "low",
  rationale:
    "RDS's own backups end after 35 days, cannot be locked, and go with the instance unless somebody thinks of them.",
  remediation: "Select the instance for a plan of AWS Backup: by a tag, by its ARN, or with all databases.",
  mappings: [
    { framework: "AWS FSBP", control: "RDS.26" },
    { framework: "NIST 800-53r5", control: "CP-9" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: {},
  observes: [instanceType, selectionType],
  stack: (index) =>
    index
      .ofType(instanceType)
      .filter((instance) => !isReplica(askedOf(instance)))
      .flatMap((instance) => backupPlanFindings(index, instance, "rds:*:*:db:*")),
  examples: [
    {
      title: "selected by its tag",
      verdict: "pass",
      resources: [...instance({ tags: { backup: "nightly" } }), selection({ selectionTags })],
    },
    {
      title: "selected by its ARN",
      verdict: "pass",
      resources: [...instance(), selection({ resources: [UNKNOWN] }, { resources: ["features"] })],
    },
    { title: "selected with everything", verdict: "pass", resources: [...instance(), selection({ resources: ["*"] })] },
    { title: "no plan", verdict: "fail", absent: true, resources: instance() },
    { title: "a plan for another tag", verdict: "fail", resources: [...instance(), selection({ selectionTags })] },
    {
      title: "a plan for what is known only later",
      verdict: "undecided",
      resources: [...instance(), selection({ resources: UNKNOWN })],
    },
    {
      title: "a plan with conditions, which may leave it out",
      verdict: "undecided",
      resources: [...instance(), selection({ resources: ["*"], conditions: [{ stringEquals: [] }] })],
    },
  ],
});
