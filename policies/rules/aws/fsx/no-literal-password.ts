import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const ontapType = "aws:fsx/ontapFileSystem:OntapFileSystem";
const windowsType = "aws:fsx/windowsFileSystem:WindowsFileSystem";
const ontap = exampleOf(ontapType, "home");
const windows = exampleOf(windowsType, "home");

export const fsxNoLiteralPassword = rule({
  id: "aws-fsx-no-literal-password",
  title: "No password of a file system or a directory passes through the program",
  severity: "high",
  rationale:
    "It then stands in the state and its history, for all who can read those, and is the key to the file system or the domain.",
  remediation:
    "Leave fsxAdminPassword out, and set it by hand where it is needed; for a domain name the secret in domainJoinServiceAccountSecret.",
  mappings: [{ framework: "NIST 800-53r5", control: "IA-5(7)" }],
  levels: { baseline: "advisory" },
  checks: {
    [ontapType]: ({ properties }) => passwordFindings(properties.get("fsxAdminPassword")),
    [windowsType]: ({ properties }) => {
      const directory = properties.get("selfManagedActiveDirectory");
      return [directory.get("password"), directory.get("passwordWo")].flatMap(passwordFindings);
    },
  },
  examples: [
    { title: "no password", verdict: "pass", absent: true, resources: ontap({ deploymentType: "MULTI_AZ_1" }) },
    { title: "a directory of AWS", verdict: "pass", resources: windows({ activeDirectoryId: "d-1234567890" }) },
    {
      title: "a domain, joined through a secret",
      verdict: "pass",
      resources: windows({ selfManagedActiveDirectory: { domainJoinServiceAccountSecret: UNKNOWN } }),
    },
    { title: "the administrator's password", verdict: "fail", resources: ontap({ fsxAdminPassword: "correct horse" }) },
    {
      title: "the password for the domain",
      verdict: "fail",
      resources: windows({ selfManagedActiveDirectory: { domainName: "corp.test", password: "correct horse" } }),
    },
    { title: "password known only later", verdict: "undecided", resources: ontap({ fsxAdminPassword: UNKNOWN }) },
  ],
});

function passwordFindings(place: Property<unknown>): Finding[] {
  const value = place.text();
  if (value === UNKNOWN) return [undecided(place, "whether a password is given is known only after deployment")];
  return value === undefined ? [] : [fail(place, "holds the password itself")];
}
