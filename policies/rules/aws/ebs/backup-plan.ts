import {
  backupPlanFindings,
  selectionExample as selection,
  selectionTags,
  selectionType,
} from "../../../kit/backup-coverage";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const volumeType = "aws:ebs/volume:Volume";
const volume = exampleOf(volumeType, "checkpoints");

export const volumeBackupPlan = rule({
  id: "aws-ebs-backup-plan",
  title: "Volumes are in a backup plan",
  severity: "low",
  rationale: "A volume is in one zone and has no older versions: what is deleted or encrypted on it stays so.",
  remediation: "Select the volume for a plan of AWS Backup: by a tag, by its ARN, or with all volumes.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.28" },
    { framework: "NIST 800-53r5", control: "CP-9" },
    { framework: "ISO 27001:2022", control: "A.8.13" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: {},
  observes: [volumeType, selectionType],
  stack: (index) =>
    index.ofType(volumeType).flatMap((resource) => backupPlanFindings(index, resource, "ec2:*:*:volume/*")),
  examples: [
    {
      title: "selected by its tag",
      verdict: "pass",
      resources: [...volume({ tags: { backup: "nightly" } }), selection({ selectionTags })],
    },
    {
      title: "selected by its ARN",
      verdict: "pass",
      resources: [...volume(), selection({ resources: [UNKNOWN] }, { resources: ["checkpoints"] })],
    },
    {
      title: "selected with all volumes",
      verdict: "pass",
      resources: [...volume(), selection({ resources: ["arn:aws:ec2:*:*:volume/*"] })],
    },
    { title: "no plan", verdict: "fail", absent: true, resources: volume() },
    {
      title: "a plan for databases",
      verdict: "fail",
      resources: [...volume(), selection({ resources: ["arn:aws:rds:*:*:db:*"] })],
    },
    {
      title: "a plan for what is known only later",
      verdict: "undecided",
      resources: [...volume(), selection({ resources: UNKNOWN })],
    },
  ],
});
