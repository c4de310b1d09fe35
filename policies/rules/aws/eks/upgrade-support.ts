import { clusterExample } from "../../../kit/cluster-examples";
import { deviationOf } from "../../../kit/deviations";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

const cluster = (supportType: Plain, more: Record<string, Plain> = {}) => [
  clusterExample({ upgradePolicy: { supportType }, ...more }),
];

export const upgradeSupport = rule({
  id: "aws-eks-upgrade-support",
  title: "Clusters are upgraded by the end of standard support",
  severity: "medium",
  rationale:
    "In extended support, which is what AWS takes by itself, a cluster stays on an old version unseen, with fewer patches and at a higher price.",
  remediation:
    'Set upgradePolicy.supportType to "STANDARD". While an upgrade is late, the deviation eks-extended-support of the cluster holds here, too.',
  mappings: [
    { framework: "AWS FSBP", control: "EKS.2" },
    { framework: "NIST 800-53r5", control: "SI-2" },
    { framework: "NIST 800-53r5", control: "SA-22" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "aws:eks/cluster:Cluster": ({ properties }, { today }) => {
      const type = properties.get("upgradePolicy").get("supportType");
      const value = type.text();
      if (value === "STANDARD") return [];
      // A version in extended support is deviated from once; the rule about versions shows it.
      if (deviationOf(properties.raw() ?? null, "eks-extended-support", today).state === "accepted") return [];
      if (value === UNKNOWN) return [undecided(type)];
      return [fail(type, value === undefined ? 'is not set, and AWS then takes "EXTENDED"' : 'is not "STANDARD"')];
    },
  },
  examples: [
    { title: "standard support", verdict: "pass", resources: cluster("STANDARD") },
    {
      title: "extended support that somebody answers for",
      verdict: "pass",
      today: "2026-11-24",
      resources: cluster("EXTENDED", { tags: { "gabion:deviation": "eks-extended-support:OPS-7:2026-12-24" } }),
    },
    { title: "nothing said", verdict: "fail", absent: true, resources: [clusterExample()] },
    { title: "extended support", verdict: "fail", resources: cluster("EXTENDED") },
    { title: "known only later", verdict: "undecided", resources: cluster(UNKNOWN) },
  ],
});
