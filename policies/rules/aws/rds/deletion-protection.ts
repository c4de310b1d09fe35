import { requireTrue } from "../../../kit/checks";
import { databaseTypes } from "../../../kit/databases";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { at, sameCheck, sameRemedy } from "../../../kit/same-check";
import { exampleOf, failuresOf } from "../../../kit/store-examples";

const types = [...databaseTypes, "aws:rds/globalCluster:GlobalCluster"] as const;
const instance = exampleOf("aws:rds/instance:Instance", "features");

export const rdsDeletionProtection = rule({
  id: "aws-rds-deletion-protection",
  title: "Databases are protected against deletion",
  severity: "medium",
  rationale: "A mistake in a program, or one stolen role, otherwise takes the database and its automatic backups away.",
  remediation: "Set deletionProtection to true; taking it off is then a change of its own that people see.",
  mappings: [
    { framework: "AWS FSBP", control: "RDS.7" },
    { framework: "AWS FSBP", control: "RDS.8" },
    { framework: "NIST 800-53r5", control: "CP-9" },
  ],
  levels: { baseline: "advisory" },
  liftedByRelease: true,
  checks: sameCheck(types, (properties) => requireTrue(at(properties, "deletionProtection"))),
  remedies: sameRemedy(types, { deletionProtection: true }),
  examples: [
    { title: "protected", verdict: "pass", resources: instance({ deletionProtection: true }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: instance() },
    ...failuresOf(types, "not protected", { deletionProtection: false }),
    { title: "known only later", verdict: "undecided", resources: instance({ deletionProtection: UNKNOWN }) },
  ],
});
