import { argument } from "../../../kit/bucket-aspects";
import { featureExample } from "../../../kit/detector-features";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

const additional = (status: Plain): Record<string, Plain> => ({
  additionalConfigurations: [{ name: "EKS_ADDON_MANAGEMENT", status }],
});

export const guarddutyEksAgent = rule({
  id: "aws-guardduty-eks-agent",
  title: "GuardDuty keeps its agent on the nodes of clusters",
  severity: "low",
  rationale: "Runtime monitoring without an agent sees nothing, and a cluster that nobody thought of has none.",
  remediation:
    "Give the DetectorFeature RUNTIME_MONITORING the additionalConfiguration EKS_ADDON_MANAGEMENT with status ENABLED.",
  mappings: [{ framework: "NIST 800-53r5", control: "SI-4" }],
  // Programs that install the add-on aws-guardduty-agent themselves leave this off, so that the rule is chosen.
  levels: { baseline: "disabled", regulated: "disabled", isolated: "disabled" },
  checks: {
    "aws:guardduty/detectorFeature:DetectorFeature": ({ properties }) => {
      const name = properties.get("name").text();
      if (name !== UNKNOWN && name !== "RUNTIME_MONITORING" && name !== "EKS_RUNTIME_MONITORING") return [];
      const list = properties.get("additionalConfigurations");
      const { items, complete } = list.items();
      const read = items.map((item) => ({
        name: argument(item, "name").text(),
        status: argument(item, "status").text(),
      }));
      if (read.some((item) => item.name === "EKS_ADDON_MANAGEMENT" && item.status === "ENABLED")) return [];
      const open =
        !complete ||
        name === UNKNOWN ||
        read.some((item) => item.name === UNKNOWN || isOpenAgent(item.name, item.status));
      return [open ? undecided(list) : fail(list, "EKS_ADDON_MANAGEMENT is not ENABLED")];
    },
  },
  examples: [
    {
      title: "the agent is GuardDuty's affair",
      verdict: "pass",
      resources: [featureExample("RUNTIME_MONITORING", "ENABLED", additional("ENABLED"))],
    },
    { title: "a feature without an agent", verdict: "pass", resources: [featureExample("S3_DATA_EVENTS")] },
    {
      title: "nothing said of the agent",
      verdict: "fail",
      absent: true,
      resources: [featureExample("RUNTIME_MONITORING")],
    },
    {
      title: "switched off",
      verdict: "fail",
      resources: [featureExample("EKS_RUNTIME_MONITORING", "ENABLED", additional("DISABLED"))],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [featureExample("RUNTIME_MONITORING", "ENABLED", additional(UNKNOWN))],
    },
  ],
});

function isOpenAgent(name: unknown, status: unknown): boolean {
  return name === "EKS_ADDON_MANAGEMENT" && status === UNKNOWN;
}
