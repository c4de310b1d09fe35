import { requireTrue } from "../../../kit/checks";
import { clusterExample } from "../../../kit/cluster-examples";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

export const deletionProtection = rule({
  id: "aws-eks-deletion-protection",
  title: "Clusters are protected against deletion",
  severity: "medium",
  rationale:
    "One call, by mistake or by whoever got hold of a pipeline, takes away the control plane under all running training and serving.",
  remediation: "Set deletionProtection to true on the Cluster, and to false in a change of its own before it is to go.",
  mappings: [],
  unmapped: "the catalogues ask for protection against deletion for other services, not for EKS",
  levels: { baseline: "disabled" },
  liftedByRelease: true,
  checks: {
    "aws:eks/cluster:Cluster": ({ properties }) => requireTrue(properties.get("deletionProtection")),
  },
  remedies: { "aws:eks/cluster:Cluster": () => ({ deletionProtection: true }) },
  examples: [
    {
      title: "protected",
      verdict: "pass",
      profile: "regulated",
      resources: [clusterExample({ deletionProtection: true })],
    },
    { title: "nothing said", verdict: "fail", absent: true, profile: "regulated", resources: [clusterExample()] },
    {
      title: "not protected",
      verdict: "fail",
      profile: "regulated",
      resources: [clusterExample({ deletionProtection: false })],
    },
    {
      title: "known only later",
      verdict: "undecided",
      profile: "regulated",
      resources: [clusterExample({ deletionProtection: UNKNOWN })],
    },
  ],
});
