import { requireTrue } from "../../../kit/checks";
import { databaseTypes, familyOf } from "../../../kit/databases";
import { UNKNOWN } from "../../../kit/property";
import { rule, undecided } from "../../../kit/rule";
import { at, sameCheck, sameRemedy } from "../../../kit/same-check";
import { exampleOf } from "../../../kit/store-examples";

const instance = exampleOf("aws:rds/instance:Instance", "features");
const cluster = exampleOf("aws:rds/cluster:Cluster", "features");

export const rdsIamAuthentication = rule({
  id: "aws-rds-iam-authentication",
  title: "Databases let users sign in with identities of IAM",
  severity: "medium",
  rationale:
    "Passwords of databases are shared, stay valid for years and end in code; tokens of IAM last fifteen minutes.",
  remediation: "Set iamDatabaseAuthenticationEnabled to true and give roles rds-db:connect for the users they may be.",
  mappings: [
    { framework: "AWS FSBP", control: "RDS.10" },
    { framework: "AWS FSBP", control: "RDS.12" },
    { framework: "NIST 800-53r5", control: "IA-2" },
  ],
  levels: { baseline: "advisory" },
  checks: sameCheck(databaseTypes, (properties) => {
    const family = familyOf(properties);
    const findings = requireTrue(at(properties, "iamDatabaseAuthenticationEnabled"));
    if (family === UNKNOWN) return findings.length === 0 ? [] : [undecided(at(properties, "engine"))];
    return family?.hasIamAuthentication ? findings : [];
  }),
  remedies: sameRemedy(databaseTypes, { iamDatabaseAuthenticationEnabled: true }),
  examples: [
    {
      title: "with IAM",
      verdict: "pass",
      resources: instance({ engine: "postgres", iamDatabaseAuthenticationEnabled: true }),
    },
    { title: "an engine that has no such thing", verdict: "pass", resources: instance({ engine: "oracle-ee" }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: cluster({ engine: "aurora-postgresql" }) },
    {
      title: "passwords alone",
      verdict: "fail",
      resources: instance({ engine: "mysql", iamDatabaseAuthenticationEnabled: false }),
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: instance({ engine: "mysql", iamDatabaseAuthenticationEnabled: UNKNOWN }),
    },
    { title: "engine known only later", verdict: "undecided", resources: instance({ engine: UNKNOWN }) },
  ],
});
