import { clusterExample } from "../../../kit/cluster-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

const cluster = (compute?: Plain, storage?: Plain, balancing?: Plain, more: Record<string, Plain> = {}) => [
  clusterExample({
    ...(compute === undefined ? {} : { computeConfig: { enabled: compute } }),
    ...(storage === undefined ? {} : { storageConfig: { blockStorage: { enabled: storage } } }),
    ...(balancing === undefined ? {} : { kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: balancing } } }),
    ...more,
  }),
];
const bare = { bootstrapSelfManagedAddons: false };

export const autoModeWhole = rule({
  id: "aws-eks-auto-mode-whole",
  title: "EKS Auto Mode is on for nodes, volumes and load balancers together, or off",
  severity: "low",
  rationale:
    "AWS refuses a half of it, in an update after other resources have changed already, and leaves a cluster between two states.",
  remediation:
    "Give computeConfig.enabled, storageConfig.blockStorage.enabled and kubernetesNetworkConfig.elasticLoadBalancing.enabled one value, and set bootstrapSelfManagedAddons to false where it is true.",
  mappings: [],
  unmapped: "no catalogue speaks of EKS Auto Mode",
  checks: {
    "aws:eks/cluster:Cluster": ({ properties }) => {
      const parts = [
        properties.get("computeConfig").get("enabled"),
        properties.get("storageConfig").get("blockStorage").get("enabled"),
        properties.get("kubernetesNetworkConfig").get("elasticLoadBalancing").get("enabled"),
      ];
      const flags = parts.map((part) => part.flag() ?? false);
      const on = flags.includes(true);
      const off = parts.filter((_, position) => flags[position] === false);
      const open = parts.filter((_, position) => flags[position] === UNKNOWN);
      const addons = properties.get("bootstrapSelfManagedAddons");
      // The provider has EKS install add-ons of its own when it is told nothing.
      const installs = addons.flag() ?? true;
      return [
        ...(on ? off.map((part) => fail(part, "is not true, and another part of Auto Mode is on")) : []),
        ...(on || off.length > 0
          ? open.map((part) => undecided(part))
          : open.slice(0, 1).map((part) => undecided(part))),
        ...(on && installs === true ? [fail(addons, "must be false for Auto Mode")] : []),
        ...(on && installs === UNKNOWN ? [undecided(addons)] : []),
      ];
    },
  },
  examples: [
    { title: "on", verdict: "pass", resources: cluster(true, true, true, bare) },
    { title: "off", verdict: "pass", resources: cluster(false, false, false) },
    { title: "nothing said, which is off", verdict: "pass", absent: true, resources: cluster() },
    { title: "nodes alone", verdict: "fail", resources: cluster(true, undefined, undefined, bare) },
    { title: "all but load balancers", verdict: "fail", resources: cluster(true, true, false, bare) },
    { title: "add-ons of its own beside it", verdict: "fail", resources: cluster(true, true, true) },
    { title: "known only later", verdict: "undecided", resources: cluster(UNKNOWN, true, true, bare) },
  ],
});
