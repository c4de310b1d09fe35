import { isSelectedForBackup, selectionType } from "../../../kit/backup-coverage";
import { requireOneOf } from "../../../kit/checks";
import { companionFindings } from "../../../kit/companions";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const fileType = "aws:efs/fileSystem:FileSystem";
const policyType = "aws:efs/backupPolicy:BackupPolicy";
const files = exampleOf(fileType, "home");
const policy = (status: string | typeof UNKNOWN): ExampleResource => ({
  type: policyType,
  name: "home",
  properties: { fileSystemId: UNKNOWN, backupPolicy: { status } },
  dependencies: { fileSystemId: ["home"] },
});
const selection = (properties: ExampleResource["properties"]): ExampleResource => ({
  type: selectionType,
  name: "nightly",
  properties: { planId: "plan", ...properties },
});

export const efsBackup = rule({
  id: "aws-efs-backup",
  title: "File systems of EFS are backed up",
  severity: "medium",
  rationale: "Every client may delete or encrypt every file it may write, and EFS itself keeps no older versions.",
  remediation: 'Add a BackupPolicy for the file system with status "ENABLED", or select it for a backup plan.',
  mappings: [
    { framework: "AWS FSBP", control: "EFS.2" },
    { framework: "NIST 800-53r5", control: "CP-9" },
    { framework: "ISO 27001:2022", control: "A.8.13" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [policyType]: ({ properties }) =>
      requireOneOf(properties.get("backupPolicy").get("status"), ["ENABLED"], 'is not "ENABLED"'),
  },
  remedies: { [policyType]: () => ({ backupPolicy: { status: "ENABLED" } }) },
  observes: [fileType, selectionType],
  stack: (index) =>
    index.ofType(fileType).flatMap((resource) => {
      const selected = isSelectedForBackup(index, resource, "elasticfilesystem:*:*:file-system/*");
      if (selected === true) return [];
      const findings = companionFindings(index, resource, {
        types: [policyType],
        property: "fileSystemId",
        identifiers: ["id"],
        missing: "the file system has no BackupPolicy, and no backup plan selects it",
      });
      if (selected === false || findings.length === 0) return findings;
      return [{ ...undecided("", "whether a backup plan selects the file system is known only later"), resource }];
    }),
  examples: [
    { title: "EFS's own backups", verdict: "pass", resources: [...files(), policy("ENABLED")] },
    {
      title: "a backup plan for its tag",
      verdict: "pass",
      resources: [
        ...files({ tags: { backup: "nightly" } }),
        selection({ selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "nightly" }] }),
      ],
    },
    {
      title: "a backup plan for all file systems",
      verdict: "pass",
      resources: [...files(), selection({ resources: ["arn:aws:elasticfilesystem:*:*:file-system/*"] })],
    },
    { title: "no backups", verdict: "fail", absent: true, resources: files() },
    { title: "backups that are off", verdict: "fail", resources: [...files(), policy("DISABLED")] },
    {
      title: "a backup plan for another tag",
      verdict: "fail",
      resources: [
        ...files({ tags: { backup: "none" } }),
        selection({ selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "nightly" }] }),
      ],
    },
    { title: "status known only later", verdict: "undecided", resources: [...files(), policy(UNKNOWN)] },
    {
      title: "a backup plan for what is known only later",
      verdict: "undecided",
      resources: [...files(), selection({ resources: [UNKNOWN] })],
    },
  ],
});
