import { requireTrue } from "../../../kit/checks";
import { nodeGroupExample } from "../../../kit/cluster-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

const pool = (enabled: Plain) => [nodeGroupExample({ nodeRepairConfig: { enabled } })];

export const nodeRepair = rule({
  id: "aws-eks-node-repair",
  title: "EKS replaces nodes that are broken",
  severity: "low",
  rationale: "A node whose GPU or disk has failed keeps taking pods, and a training run hangs until somebody looks.",
  remediation:
    "Set nodeRepairConfig.enabled to true, and install the add-on eks-node-monitoring-agent for accelerators.",
  mappings: [{ framework: "NIST 800-53r5", control: "SI-13" }],
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: {
    "aws:eks/nodeGroup:NodeGroup": ({ properties }) =>
      requireTrue(properties.get("nodeRepairConfig").get("enabled"), "EKS leaves broken nodes as they are"),
  },
  remedies: {
    "aws:eks/nodeGroup:NodeGroup": ({ properties }) => {
      const config = properties.get("nodeRepairConfig").raw();
      if (config === UNKNOWN || Array.isArray(config)) return undefined;
      return { nodeRepairConfig: { ...(typeof config === "object" ? config : {}), enabled: true } };
    },
  },
  examples: [
    { title: "repaired", verdict: "pass", profile: "regulated", resources: pool(true) },
    { title: "nothing said", verdict: "fail", absent: true, profile: "regulated", resources: [nodeGroupExample()] },
    { title: "switched off", verdict: "fail", profile: "regulated", resources: pool(false) },
    { title: "known only later", verdict: "undecided", profile: "regulated", resources: pool(UNKNOWN) },
  ],
});
