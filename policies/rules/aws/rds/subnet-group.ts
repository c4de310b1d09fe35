import { databaseTypes, isReplica } from "../../../kit/databases";
import { explainedReferenceParts } from "../../../kit/explained-references";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { at } from "../../../kit/same-check";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:rds/instance:Instance";
const instance = exampleOf(type, "features");

export const rdsSubnetGroup = rule({
  id: "aws-rds-subnet-group",
  title: "Databases stand in a VPC that the program chose",
  severity: "medium",
  rationale: "Without a subnet group a database lands in the default VPC, whose subnets are public.",
  remediation: "Set dbSubnetGroupName to a SubnetGroup of private subnets.",
  mappings: [
    { framework: "AWS FSBP", control: "RDS.18" },
    { framework: "NIST 800-53r5", control: "SC-7" },
  ],
  levels: { baseline: "advisory" },
  ...explainedReferenceParts(databaseTypes, ["dbSubnetGroupName"], (properties) => {
    if (isReplica(properties)) return [];
    const group = at(properties, "dbSubnetGroupName");
    const name = group.text();
    if (name === UNKNOWN) return [undecided(group)];
    if (name === undefined) return [fail(group, "is not set, so the database is in the default VPC")];
    return /^default(-vpc-\w+)?$/.test(name) ? [fail(group, "is the one of the default VPC")] : [];
  }),
  examples: [
    {
      title: "a group of the program",
      verdict: "pass",
      resources: [
        { type: "aws:rds/subnetGroup:SubnetGroup", name: "private", properties: { subnetIds: ["subnet-1"] } },
        {
          type,
          name: "features",
          properties: { dbSubnetGroupName: UNKNOWN },
          dependencies: { dbSubnetGroupName: ["private"] },
        },
      ],
    },
    { title: "a group by its name", verdict: "pass", resources: instance({ dbSubnetGroupName: "private" }) },
    {
      title: "a replica, which stands where its source does",
      verdict: "pass",
      resources: instance({ replicateSourceDb: "features" }),
    },
    { title: "no group", verdict: "fail", absent: true, resources: instance({ engine: "postgres" }) },
    { title: "the default VPC's group", verdict: "fail", resources: instance({ dbSubnetGroupName: "default" }) },
    { title: "group known only later", verdict: "undecided", resources: instance({ dbSubnetGroupName: UNKNOWN }) },
  ],
});
