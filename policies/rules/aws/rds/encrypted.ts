import { databaseTypes, isCopy } from "../../../kit/databases";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { at, sameCheck, sameRemedy } from "../../../kit/same-check";
import { exampleOf } from "../../../kit/store-examples";

const instance = exampleOf("aws:rds/instance:Instance", "features");
const cluster = exampleOf("aws:rds/cluster:Cluster", "features");
const globalType = "aws:rds/globalCluster:GlobalCluster";
const types = [...databaseTypes, globalType] as const;

export const rdsEncrypted = rule({
  id: "aws-rds-encrypted",
  title: "Databases encrypt their storage",
  severity: "high",
  rationale:
    "What is not encrypted from the start stays readable in volumes, snapshots and logs, and cannot be encrypted later.",
  remediation: "Set storageEncrypted to true and name a KMS key of yours in kmsKeyId.",
  mappings: [
    { framework: "AWS FSBP", control: "RDS.3" },
    { framework: "AWS FSBP", control: "RDS.27" },
    { framework: "CIS AWS Foundations 7.0.0", control: "3.2.1" },
    { framework: "NIST 800-53r5", control: "SC-28" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
  ],
  checks: sameCheck(types, encryptionFindings),
  remedies: sameRemedy(types, { storageEncrypted: true }),
  examples: [
    { title: "encrypted", verdict: "pass", resources: instance({ engine: "postgres", storageEncrypted: true }) },
    {
      title: "a replica in another Region, which names a key of that Region",
      verdict: "pass",
      resources: instance({ replicateSourceDb: UNKNOWN, kmsKeyId: UNKNOWN }),
    },
    {
      title: "a cluster of the engine mode that is always encrypted",
      verdict: "pass",
      resources: cluster({ engine: "aurora-mysql", engineMode: "serverless" }),
    },
    {
      title: "nothing said, which means no encryption",
      verdict: "fail",
      absent: true,
      resources: cluster({ engine: "aurora-postgresql" }),
    },
    {
      title: "not encrypted",
      verdict: "fail",
      resources: instance({ engine: "postgres", storageEncrypted: false }),
    },
    {
      title: "a global cluster that is not encrypted",
      verdict: "fail",
      resources: [{ type: globalType, name: "features", properties: { globalClusterIdentifier: "features" } }],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: instance({ engine: "postgres", storageEncrypted: UNKNOWN }),
    },
    {
      title: "a copy, which is encrypted when its source is",
      verdict: "undecided",
      resources: instance({ snapshotIdentifier: "rds:features-2026-11-01" }),
    },
  ],
});

function encryptionFindings(properties: Property<unknown>): Finding[] {
  const encrypted = at(properties, "storageEncrypted");
  const value = encrypted.flag();
  if (value === true) return [];
  if (value === UNKNOWN) return [undecided(encrypted)];
  if (value === false) return [fail(encrypted, "is false")];
  const mode = at(properties, "engineMode");
  if (mode.text() === "serverless") return [];
  if (mode.text() === UNKNOWN) return [undecided(mode)];
  const source = at(properties, "sourceDbClusterIdentifier");
  if (isCopy(properties) || !source.isAbsent) {
    const hasKey = !at(properties, "kmsKeyId").isAbsent;
    return hasKey ? [] : [undecided(encrypted, "is not set, so it is as its source is, which is not told here")];
  }
  return [fail(encrypted, "is not set, which means no encryption")];
}
