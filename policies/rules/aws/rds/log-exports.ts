import type { DatabaseFamily } from "gabion-knowledge";
import { texts } from "../../../kit/checks";
import { clusterType, familyOf, instanceType } from "../../../kit/databases";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { at } from "../../../kit/same-check";
import { exampleOf } from "../../../kit/store-examples";

const instance = exampleOf(instanceType, "features");
const cluster = exampleOf(clusterType, "features");

export const rdsLogExports = rule({
  id: "aws-rds-log-exports",
  title: "Databases send the logs that tell of access to CloudWatch",
  severity: "medium",
  rationale: "Logs inside the database go with it and are kept for days; an attacker who owns it owns them too.",
  remediation:
    'List the engine\'s logs in enabledCloudwatchLogsExports: "postgresql", "audit" and "error", or "alert", "audit" and "listener".',
  mappings: [
    { framework: "AWS FSBP", control: "RDS.9" },
    { framework: "AWS FSBP", control: "RDS.34" },
    { framework: "AWS FSBP", control: "RDS.36" },
    { framework: "AWS FSBP", control: "RDS.37" },
    { framework: "NIST 800-53r5", control: "AU-2" },
    { framework: "NIST 800-53r5", control: "AU-12" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [instanceType]: ({ properties }) => exportFindings(properties, ({ logs }) => logs),
    // Clusters of MySQL that are not Aurora's have no option groups, and so no audit log.
    [clusterType]: ({ properties }) =>
      exportFindings(properties, ({ prefix, logs }) => (prefix === "mysql" ? ["error"] : logs)),
  },
  examples: [
    {
      title: "the log of PostgreSQL",
      verdict: "pass",
      resources: instance({ engine: "postgres", enabledCloudwatchLogsExports: ["postgresql", "upgrade"] }),
    },
    {
      title: "the audit log of Aurora MySQL",
      verdict: "pass",
      resources: cluster({ engine: "aurora-mysql", enabledCloudwatchLogsExports: ["audit"] }),
    },
    { title: "no logs", verdict: "fail", absent: true, resources: cluster({ engine: "aurora-postgresql" }) },
    {
      title: "slow queries alone",
      verdict: "fail",
      resources: instance({ engine: "mysql", enabledCloudwatchLogsExports: ["slowquery"] }),
    },
    {
      title: "logs known only later",
      verdict: "undecided",
      resources: instance({ engine: "postgres", enabledCloudwatchLogsExports: UNKNOWN }),
    },
    { title: "engine known only later", verdict: "undecided", resources: instance({ engine: UNKNOWN }) },
  ],
});

function exportFindings(
  properties: Property<unknown>,
  wantedOf: (family: DatabaseFamily) => readonly string[],
): Finding[] {
  const family = familyOf(properties);
  const exports = at(properties, "enabledCloudwatchLogsExports");
  if (family === UNKNOWN) return [undecided(at(properties, "engine"))];
  if (family === undefined) return [];
  const { values, open } = texts(exports);
  const missing = wantedOf(family).filter((log) => !values.includes(log));
  if (missing.length === 0) return [];
  return [open ? undecided(exports) : fail(exports, `lacks ${missing.join(" and ")}`)];
}
