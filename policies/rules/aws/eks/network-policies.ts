import { clusterExample } from "../../../kit/cluster-examples";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import { askedOf } from "../../../kit/training-network";

const clusterType = "aws:eks/cluster:Cluster";
const addonType = "aws:eks/addon:Addon";

const addon = (configurationValues?: Plain, addonName: Plain = "vpc-cni"): ExampleResource => ({
  type: addonType,
  name: "network",
  properties: {
    addonName,
    clusterName: UNKNOWN,
    ...(configurationValues === undefined ? {} : { configurationValues }),
  },
  dependencies: { clusterName: ["training"] },
});
const on = addon('{"enableNetworkPolicy":"true"}');

export const networkPolicies = rule({
  id: "aws-eks-network-policies",
  title: "The network plugin of a cluster enforces network policies",
  severity: "high",
  rationale:
    "The VPC plugin takes NetworkPolicies and ignores them unless told otherwise: every pod still reaches every other.",
  remediation:
    'Install the Addon vpc-cni with configurationValues that hold {"enableNetworkPolicy": "true"}; set the rule\'s elsewhere where another plugin or stack sees to it.',
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.3.1" },
    { framework: "CIS EKS 1.8.0", control: "5.4.4" },
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "NIST 800-53r5", control: "SC-7(21)" },
  ],
  levels: { baseline: "advisory" },
  config: {
    elsewhere: {
      type: "boolean",
      description: "Whether another network plugin enforces policies, or another stack installs the add-on.",
      default: false,
    },
  },
  checks: {
    "aws:eks/addon:Addon": ({ properties }, { config }) => {
      const name = properties.get("addonName");
      const text = name.text();
      if (config.elsewhere === true || (text !== "vpc-cni" && text !== UNKNOWN)) return [];
      const values = properties.get("configurationValues");
      const settings = values.text();
      if (settings === UNKNOWN) return [undecided(values)];
      if (settings !== undefined && enablesPolicies(settings)) return [];
      return [text === UNKNOWN ? undecided(name) : fail(values, "does not switch network policies on")];
    },
  },
  observes: [clusterType],
  stack: (index, { config }) =>
    config.elsewhere === true ? [] : index.ofType(clusterType).flatMap((cluster) => missingFindings(index, cluster)),
  examples: [
    { title: "switched on", verdict: "pass", resources: [clusterExample(), on] },
    {
      title: "switched on, in YAML",
      verdict: "pass",
      resources: [clusterExample(), addon("enableNetworkPolicy: true\n")],
    },
    {
      title: "Auto Mode, which has a plugin of its own",
      verdict: "pass",
      resources: [clusterExample({ computeConfig: { enabled: true } })],
    },
    { title: "another plugin", verdict: "pass", config: { elsewhere: true }, resources: [clusterExample()] },
    { title: "an add-on without settings", verdict: "fail", absent: true, resources: [clusterExample(), addon()] },
    {
      title: "switched off",
      verdict: "fail",
      resources: [clusterExample(), addon('{"enableNetworkPolicy":"false","env":{"enableNetworkPolicy":"true"}}')],
    },
    {
      title: "only the plugin that EKS installs by itself",
      verdict: "fail",
      resources: [clusterExample(), addon("{}", "coredns")],
    },
    { title: "settings known only later", verdict: "undecided", resources: [clusterExample(), addon(UNKNOWN)] },
  ],
});

/** Settings of an add-on are JSON or YAML. */
function enablesPolicies(settings: string): boolean {
  try {
    const value: unknown = JSON.parse(settings);
    const flag = typeof value === "object" && value !== null ? Object.entries(value) : [];
    return flag.some(([key, given]) => key === "enableNetworkPolicy" && String(given).toLowerCase() === "true");
  } catch {
    return /^enableNetworkPolicy:\s*["']?true["']?\s*(#.*)?$/im.test(settings);
  }
}

function missingFindings(index: StackIndex, cluster: StackResource<typeof clusterType>): StackFinding[] {
  const auto = askedOf(cluster).get("computeConfig").get("enabled").flag();
  if (auto === true) return [];
  const links = index.linksTo(cluster, [addonType], "clusterName", ["name", "id"]).map(({ resource, certainty }) => {
    const name = (askedOf(resource) as Property<{ addonName?: string }>).get("addonName").text();
    if (name !== "vpc-cni" && name !== UNKNOWN) return "no";
    return certainty === "sure" && name === "vpc-cni" ? "yes" : "maybe";
  });
  if (links.includes("yes")) return [];
  const text = "the cluster has no Addon vpc-cni, and the plugin that EKS installs by itself enforces no policies";
  const open = links.includes("maybe") || auto === UNKNOWN;
  return [{ ...(open ? undecided("", `${text}, or it is known only later`) : fail("", text)), resource: cluster }];
}
