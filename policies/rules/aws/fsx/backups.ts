import { type Property, UNKNOWN } from "../../../kit/property";
import type { ResourceType } from "../../../kit/resource-types";
import { type Finding, fail, type Remedy, rule, undecided } from "../../../kit/rule";
import { at, sameCheck } from "../../../kit/same-check";
import { exampleOf, failuresOf } from "../../../kit/store-examples";

const lustreType = "aws:fsx/lustreFileSystem:LustreFileSystem";
const windowsType = "aws:fsx/windowsFileSystem:WindowsFileSystem";
const otherTypes = ["aws:fsx/ontapFileSystem:OntapFileSystem", "aws:fsx/openZfsFileSystem:OpenZfsFileSystem"] as const;
const lustre = exampleOf(lustreType, "training");
const windows = exampleOf(windowsType, "home");
const ontap = exampleOf("aws:fsx/ontapFileSystem:OntapFileSystem", "home");
/** What the provider asks for where a program says nothing about a file system for Windows. */
const daysForWindows = 7;
const remedy: Remedy<ResourceType> = (_, { config }) => ({
  automaticBackupRetentionDays: config.minimumDays as number,
});

export const fsxBackups = rule({
  id: "aws-fsx-backups",
  title: "File systems of FSx keep automatic backups long enough",
  severity: "medium",
  rationale:
    "Spoiled or encrypted files are often noticed only after days; older backups are then all there is to go back to.",
  remediation: "Set automaticBackupRetentionDays to at least the days that the rule asks for; up to 90 are possible.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CP-9" },
    { framework: "ISO 27001:2022", control: "A.8.13" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  config: {
    minimumDays: {
      type: "integer",
      description: "For how many days backups are to be kept at least",
      default: 7,
      minimum: 1,
      maximum: 90,
    },
  },
  checks: {
    ...sameCheck(otherTypes, (properties, { config }) => daysFindings(properties, config.minimumDays)),
    [windowsType]: ({ properties }, { config }) => daysFindings(properties, config.minimumDays, daysForWindows),
    [lustreType]: ({ properties }, { config }) => {
      const kind = properties.get("deploymentType");
      const name = kind.text();
      // Scratch has no backups, and what is linked to a bucket has its copy there.
      if (name !== UNKNOWN && !name?.startsWith("PERSISTENT")) return [];
      if (!properties.get("importPath").isAbsent) return [];
      const findings = daysFindings(properties, config.minimumDays);
      return findings.length > 0 && name === UNKNOWN ? [undecided(kind)] : findings;
    },
  },
  remedies: Object.fromEntries([lustreType, windowsType, ...otherTypes].map((type) => [type, remedy])),
  examples: [
    { title: "a month", verdict: "pass", resources: ontap({ automaticBackupRetentionDays: 30 }) },
    {
      title: "a week, which is what Windows has by itself",
      verdict: "pass",
      resources: windows({ subnetIds: ["subnet-1"] }),
    },
    { title: "scratch, which has no backups", verdict: "pass", resources: lustre({ deploymentType: "SCRATCH_2" }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: ontap({ deploymentType: "MULTI_AZ_1" }) },
    ...failuresOf([windowsType, ...otherTypes], "off", { automaticBackupRetentionDays: 0 }),
    {
      title: "none for what is to last",
      verdict: "fail",
      resources: lustre({ deploymentType: "PERSISTENT_2", automaticBackupRetentionDays: 0 }),
    },
    {
      title: "days known only later",
      verdict: "undecided",
      resources: ontap({ automaticBackupRetentionDays: UNKNOWN }),
    },
  ],
});

function daysFindings(properties: Property<unknown>, minimum: unknown, byDefault?: number): Finding[] {
  const place = at(properties, "automaticBackupRetentionDays");
  const days = place.number();
  if (days === UNKNOWN) return [undecided(place)];
  const kept = days ?? byDefault ?? 0;
  if (kept >= (minimum as number)) return [];
  return [
    fail(place, days === undefined && byDefault === undefined ? "is not set, which means none" : `is ${kept} days`),
  ];
}
