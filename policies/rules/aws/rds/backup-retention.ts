import { databaseTypes, isReplica } from "../../../kit/databases";
import { UNKNOWN } from "../../../kit/property";
import { fail, type Remedy, rule, undecided } from "../../../kit/rule";
import { at, sameCheck } from "../../../kit/same-check";
import { exampleOf } from "../../../kit/store-examples";

const instance = exampleOf("aws:rds/instance:Instance", "features");
const cluster = exampleOf("aws:rds/cluster:Cluster", "features");
const remedy: Remedy<(typeof databaseTypes)[number]> = (_, { config }) => ({
  backupRetentionPeriod: config.minimumDays as number,
});

export const rdsBackupRetention = rule({
  id: "aws-rds-backup-retention",
  title: "Databases keep automatic backups long enough",
  severity: "medium",
  rationale:
    "Spoiled or encrypted data is often noticed only after days; older backups are then all there is to go back to.",
  remediation: "Set backupRetentionPeriod to at least the days that the rule asks for; up to 35 are possible.",
  mappings: [
    { framework: "AWS FSBP", control: "RDS.11" },
    { framework: "NIST 800-53r5", control: "CP-9" },
    { framework: "ISO 27001:2022", control: "A.8.13" },
  ],
  levels: { baseline: "advisory" },
  config: {
    minimumDays: {
      type: "integer",
      description: "For how many days backups are to be kept at least",
      default: 7,
      minimum: 1,
      maximum: 35,
    },
  },
  checks: sameCheck(databaseTypes, (properties, { config }) => {
    if (isReplica(properties)) return [];
    const period = at(properties, "backupRetentionPeriod");
    const days = period.number();
    if (days === UNKNOWN) return [undecided(period)];
    if (days !== undefined && days >= (config.minimumDays as number)) return [];
    return [fail(period, days === undefined ? "is not set, which means a day at most" : `is ${days} days`)];
  }),
  remedies: { [databaseTypes[0]]: remedy, [databaseTypes[1]]: remedy },
  examples: [
    { title: "two weeks", verdict: "pass", resources: instance({ backupRetentionPeriod: 14 }) },
    {
      title: "a replica, whose source is what is backed up",
      verdict: "pass",
      resources: instance({ replicateSourceDb: "features" }),
    },
    { title: "no backups", verdict: "fail", resources: instance({ backupRetentionPeriod: 0 }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: cluster({ engine: "aurora-mysql" }) },
    {
      title: "fewer days than the configuration asks for",
      verdict: "fail",
      config: { minimumDays: 30 },
      resources: cluster({ backupRetentionPeriod: 14 }),
    },
    { title: "known only later", verdict: "undecided", resources: instance({ backupRetentionPeriod: UNKNOWN }) },
  ],
});
