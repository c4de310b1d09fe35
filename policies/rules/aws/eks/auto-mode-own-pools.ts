import { texts } from "../../../kit/checks";
import { clusterExample } from "../../../kit/cluster-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

const cluster = (computeConfig: Record<string, Plain>) => [clusterExample({ computeConfig })];

export const autoModeOwnPools = rule({
  id: "aws-eks-auto-mode-own-pools",
  title: "EKS Auto Mode puts workloads on node pools of your own",
  severity: "medium",
  rationale:
    "The pool general-purpose takes any pod onto nodes of AWS's choice: in the control plane's subnets, with disks under AWS's key and without taints.",
  remediation:
    'Leave "general-purpose" out of computeConfig.nodePools, and make a NodeClass and NodePools for your tiers; the pool "system" may stay.',
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-39" },
    { framework: "NIST 800-53r5", control: "CM-6" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: {
    "aws:eks/cluster:Cluster": ({ properties }) => {
      const compute = properties.get("computeConfig");
      const enabled = compute.get("enabled").flag();
      if (enabled !== true && enabled !== UNKNOWN) return [];
      const pools = compute.get("nodePools");
      const { values, open } = texts(pools);
      if (values.includes("general-purpose")) {
        return [enabled === UNKNOWN ? undecided(compute.get("enabled")) : fail(pools, 'names "general-purpose"')];
      }
      return open ? [undecided(pools)] : [];
    },
  },
  examples: [
    {
      title: "pools of one's own, and the one for the system",
      verdict: "pass",
      profile: "isolated",
      resources: cluster({ enabled: true, nodePools: ["system"] }),
    },
    {
      title: "no pools of AWS",
      verdict: "pass",
      absent: true,
      profile: "isolated",
      resources: cluster({ enabled: true }),
    },
    { title: "no Auto Mode", verdict: "pass", profile: "isolated", resources: cluster({ enabled: false }) },
    {
      title: "the pool for everything",
      verdict: "fail",
      profile: "isolated",
      resources: cluster({ enabled: true, nodePools: ["system", "general-purpose"] }),
    },
    {
      title: "pools known only later",
      verdict: "undecided",
      profile: "isolated",
      resources: cluster({ enabled: true, nodePools: UNKNOWN }),
    },
  ],
});
