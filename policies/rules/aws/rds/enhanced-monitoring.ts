import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { at, sameCheck } from "../../../kit/same-check";
import { exampleOf } from "../../../kit/store-examples";

const types = ["aws:rds/clusterInstance:ClusterInstance", "aws:rds/instance:Instance"] as const;
const instance = exampleOf(types[1], "features");

export const rdsEnhancedMonitoring = rule({
  id: "aws-rds-enhanced-monitoring",
  title: "Databases report the load of their operating system",
  severity: "low",
  rationale:
    "Processes that do not belong there, and what slows a database down, show in the operating system's figures alone.",
  remediation: "Set monitoringInterval to 60 or less (1, 5, 10, 15, 30, 60), and monitoringRoleArn.",
  mappings: [
    { framework: "AWS FSBP", control: "RDS.6" },
    { framework: "NIST 800-53r5", control: "SI-4" },
  ],
  levels: { baseline: "disabled", regulated: "advisory", isolated: "advisory" },
  checks: sameCheck(types, (properties) => {
    const interval = at(properties, "monitoringInterval");
    const seconds = interval.number();
    if (seconds === UNKNOWN) return [undecided(interval)];
    return seconds !== undefined && seconds > 0 ? [] : [fail(interval, "is not set, or 0, which means none")];
  }),
  examples: [
    { title: "every minute", verdict: "pass", resources: instance({ monitoringInterval: 60 }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: instance() },
    { title: "off", verdict: "fail", resources: instance({ monitoringInterval: 0 }) },
    { title: "known only later", verdict: "undecided", resources: instance({ monitoringInterval: UNKNOWN }) },
  ],
});
