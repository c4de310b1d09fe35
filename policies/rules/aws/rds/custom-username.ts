import { clusterType, instanceType } from "../../../kit/databases";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const instance = exampleOf(instanceType, "features");
const cluster = exampleOf(clusterType, "features");
const common = /^(admin|administrator|dbadmin|master|mysql|oracle|postgres|root|sa|superuser|user)$/i;

export const rdsCustomUsername = rule({
  id: "aws-rds-custom-username",
  title: "Administrators of databases have a name of their own",
  severity: "low",
  rationale: "With a name that everybody knows only the password is left to guess.",
  remediation:
    "Give the administrator a name in username (masterUsername of a cluster) that is none of the usual ones.",
  mappings: [
    { framework: "AWS FSBP", control: "RDS.24" },
    { framework: "AWS FSBP", control: "RDS.25" },
  ],
  levels: { baseline: "disabled", regulated: "advisory", isolated: "advisory" },
  checks: {
    [instanceType]: ({ properties }) => nameFindings(properties.get("username")),
    [clusterType]: ({ properties }) => nameFindings(properties.get("masterUsername")),
  },
  examples: [
    { title: "a name of its own", verdict: "pass", resources: instance({ username: "features_owner" }) },
    {
      title: "a copy, which has its source's users",
      verdict: "pass",
      absent: true,
      resources: instance({ snapshotIdentifier: "features" }),
    },
    { title: "the usual name", verdict: "fail", resources: instance({ username: "postgres" }) },
    { title: "the usual name, of a cluster", verdict: "fail", resources: cluster({ masterUsername: "Admin" }) },
    { title: "name known only later", verdict: "undecided", resources: instance({ username: UNKNOWN }) },
  ],
});

function nameFindings(place: Property<unknown>): Finding[] {
  const name = place.text();
  if (name === UNKNOWN) return [undecided(place)];
  return name !== undefined && common.test(name) ? [fail(place, "is one of the usual names")] : [];
}
