import { clusterType, familyOf } from "../../../kit/databases";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const cluster = exampleOf(clusterType, "features");

export const rdsBacktrack = rule({
  id: "aws-rds-backtrack",
  title: "Clusters of Aurora MySQL can be turned back in time",
  severity: "low",
  rationale: "After a wrong statement a restore takes hours; turning back takes minutes, in the same cluster.",
  remediation: "Set backtrackWindow to the seconds that the cluster may be turned back, up to 259200.",
  mappings: [
    { framework: "AWS FSBP", control: "RDS.14" },
    { framework: "NIST 800-53r5", control: "CP-10" },
  ],
  levels: { baseline: "disabled", regulated: "advisory", isolated: "advisory" },
  checks: {
    [clusterType]: ({ properties }) => {
      const family = familyOf(properties);
      const window = properties.get("backtrackWindow");
      const seconds = window.number();
      if (typeof seconds === "number" && seconds > 0) return [];
      if (family === UNKNOWN) return [undecided(properties.get("engine"))];
      // Clusters of a global database cannot be turned back.
      if (family?.prefix !== "aurora-mysql" || !properties.get("globalClusterIdentifier").isAbsent) return [];
      return [seconds === UNKNOWN ? undecided(window) : fail(window, "is not set, or 0, which means not at all")];
    },
  },
  examples: [
    { title: "a day", verdict: "pass", resources: cluster({ engine: "aurora-mysql", backtrackWindow: 86400 }) },
    { title: "an engine that has no such thing", verdict: "pass", resources: cluster({ engine: "aurora-postgresql" }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: cluster({ engine: "aurora-mysql" }) },
    {
      title: "known only later",
      verdict: "undecided",
      resources: cluster({ engine: "aurora-mysql", backtrackWindow: UNKNOWN }),
    },
  ],
});
