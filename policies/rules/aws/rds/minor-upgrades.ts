import { databaseTypes } from "../../../kit/databases";
import { requireNotFalse } from "../../../kit/flag-by-default";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { at, sameCheck, sameRemedy } from "../../../kit/same-check";
import { exampleOf, failuresOf } from "../../../kit/store-examples";

const types = [...databaseTypes, "aws:rds/clusterInstance:ClusterInstance"] as const;
const instance = exampleOf("aws:rds/instance:Instance", "features");

export const rdsMinorUpgrades = rule({
  id: "aws-rds-minor-upgrades",
  title: "Databases take minor versions of their engine by themselves",
  severity: "medium",
  rationale: "Minor versions close holes; where somebody has to install each of them, databases fall behind by years.",
  remediation: "Leave autoMinorVersionUpgrade out or set it to true, and choose a maintenance window that suits you.",
  mappings: [
    { framework: "AWS FSBP", control: "RDS.13" },
    { framework: "AWS FSBP", control: "RDS.35" },
    { framework: "CIS AWS Foundations 7.0.0", control: "3.2.2" },
    { framework: "NIST 800-53r5", control: "SI-2" },
  ],
  levels: { baseline: "advisory" },
  checks: sameCheck(types, (properties) => requireNotFalse(at(properties, "autoMinorVersionUpgrade"), "is false")),
  remedies: sameRemedy(types, { autoMinorVersionUpgrade: true }),
  examples: [
    { title: "upgraded", verdict: "pass", resources: instance({ autoMinorVersionUpgrade: true }) },
    { title: "nothing said, which means upgraded", verdict: "pass", absent: true, resources: instance() },
    ...failuresOf(types, "not upgraded", { autoMinorVersionUpgrade: false }),
    { title: "known only later", verdict: "undecided", resources: instance({ autoMinorVersionUpgrade: UNKNOWN }) },
  ],
});
