import { requireFalse } from "../../../kit/checks";
import { nodeGroupExample } from "../../../kit/cluster-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const pool = (properties: Record<string, Plain>) => [nodeGroupExample(properties)];

export const nodeUpdates = rule({
  id: "aws-eks-node-updates",
  title: "Updates of nodes wait for disruption budgets and leave most nodes running",
  severity: "low",
  rationale:
    "A forced update kills pods that asked to be moved with care, and one that takes many nodes at once stops training and serving.",
  remediation:
    "Leave forceUpdateVersion out, and set updateConfig.maxUnavailable to a small number or maxUnavailablePercentage to a share that can be spared.",
  mappings: [],
  unmapped: "the catalogues leave the availability of workloads during updates to those who run them",
  levels: { baseline: "advisory" },
  config: {
    highestPercentage: {
      type: "integer",
      description: "The highest share of a group's nodes that an update may take at once, in percent.",
      default: 50,
      minimum: 1,
      maximum: 100,
    },
  },
  checks: {
    "aws:eks/nodeGroup:NodeGroup": ({ properties }, { config }) => {
      const share = properties.get("updateConfig").get("maxUnavailablePercentage");
      const percentage = share.number();
      const findings: Finding[] = requireFalse(
        properties.get("forceUpdateVersion"),
        "is true, so updates do not wait for disruption budgets",
      );
      if (percentage === UNKNOWN) return [...findings, undecided(share)];
      const tooMany = percentage !== undefined && percentage > Number(config.highestPercentage);
      return tooMany ? [...findings, fail(share, "takes too many nodes at once")] : findings;
    },
  },
  examples: [
    { title: "one node after the other", verdict: "pass", resources: pool({ updateConfig: { maxUnavailable: 1 } }) },
    {
      title: "nothing said, so that EKS takes one after the other",
      verdict: "pass",
      absent: true,
      resources: [nodeGroupExample()],
    },
    {
      title: "a fifth of the nodes",
      verdict: "pass",
      resources: pool({ updateConfig: { maxUnavailablePercentage: 20 } }),
    },
    { title: "forced", verdict: "fail", resources: pool({ forceUpdateVersion: true }) },
    {
      title: "all nodes at once",
      verdict: "fail",
      resources: pool({ updateConfig: { maxUnavailablePercentage: 100 } }),
    },
    { title: "known only later", verdict: "undecided", resources: pool({ forceUpdateVersion: UNKNOWN }) },
  ],
});
