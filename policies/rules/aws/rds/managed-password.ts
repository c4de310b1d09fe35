import { clusterType, instanceType } from "../../../kit/databases";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const instance = exampleOf(instanceType, "features");
const cluster = exampleOf(clusterType, "features");

export const rdsManagedPassword = rule({
  id: "aws-rds-managed-password",
  title: "No password of a database passes through the program",
  severity: "high",
  rationale:
    "The administrator's password then stands in the state and its history, for all who can read those, and never changes.",
  remediation:
    "Set manageMasterUserPassword to true and give no password: RDS makes one, keeps it in a secret and rotates it.",
  mappings: [{ framework: "NIST 800-53r5", control: "IA-5(7)" }],
  levels: { baseline: "advisory" },
  checks: {
    [instanceType]: ({ properties }) =>
      [properties.get("password"), properties.get("passwordWo")].flatMap(passwordFindings),
    [clusterType]: ({ properties }) =>
      [properties.get("masterPassword"), properties.get("masterPasswordWo")].flatMap(passwordFindings),
  },
  examples: [
    { title: "RDS makes the password", verdict: "pass", resources: instance({ manageMasterUserPassword: true }) },
    { title: "no password", verdict: "pass", absent: true, resources: instance({ snapshotIdentifier: "features" }) },
    { title: "a password", verdict: "fail", resources: instance({ password: "correct horse" }) },
    { title: "a password of a cluster", verdict: "fail", resources: cluster({ masterPassword: "correct horse" }) },
    {
      title: "a password that only AWS is told, but by the program",
      verdict: "fail",
      resources: instance({ passwordWo: "correct horse", passwordWoVersion: 1 }),
    },
    { title: "password known only later", verdict: "undecided", resources: instance({ password: UNKNOWN }) },
  ],
});

function passwordFindings(place: Property<unknown>): Finding[] {
  const value = place.text();
  if (value === UNKNOWN) return [undecided(place, "whether a password is given is known only after deployment")];
  return value === undefined ? [] : [fail(place, "holds the password itself")];
}
