import { requireFalse } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { at, sameCheck, sameRemedy } from "../../../kit/same-check";
import { exampleOf } from "../../../kit/store-examples";

const types = ["aws:rds/clusterInstance:ClusterInstance", "aws:rds/instance:Instance"] as const;
const instance = exampleOf(types[1], "features");

export const rdsNotPublic = rule({
  id: "aws-rds-not-public",
  title: "Databases have no public address",
  severity: "critical",
  rationale: "One wrong security group then puts the database on the internet, where passwords are tried all day.",
  remediation: "Leave publiclyAccessible out or set it to false, and reach the database from within the VPC.",
  mappings: [
    { framework: "AWS FSBP", control: "RDS.2" },
    { framework: "CIS AWS Foundations 7.0.0", control: "3.2.3" },
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "SC-7" },
  ],
  checks: sameCheck(types, (properties) => requireFalse(at(properties, "publiclyAccessible"), "is true")),
  remedies: sameRemedy(types, { publiclyAccessible: false }),
  examples: [
    { title: "private", verdict: "pass", resources: instance({ publiclyAccessible: false }) },
    { title: "nothing said, which means private", verdict: "pass", absent: true, resources: instance() },
    { title: "public", verdict: "fail", resources: instance({ publiclyAccessible: true }) },
    {
      title: "a public member of a cluster",
      verdict: "fail",
      resources: [{ type: types[0], name: "features", properties: { publiclyAccessible: "true" } }],
    },
    { title: "known only later", verdict: "undecided", resources: instance({ publiclyAccessible: UNKNOWN }) },
  ],
});
