import { clusterExample } from "../../../kit/cluster-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import { some, type Ternary } from "../../../kit/statements";
import { askedOf } from "../../../kit/training-network";

const clusterType = "aws:eks/cluster:Cluster";
const groupType = "aws:cloudwatch/logGroup:LogGroup";

const logged: ExampleResource = clusterExample({ name: "training", enabledClusterLogTypes: ["audit"] });
const group = (name: Plain): ExampleResource => ({ type: groupType, name: "audit", properties: { name } });

export const controlPlaneLogGroup = rule({
  id: "aws-eks-control-plane-log-group",
  title: "The logs of a control plane go to a log group that the program makes",
  severity: "low",
  rationale: "The group that EKS makes by itself keeps logs for ever, under a key of AWS, and outside of review.",
  remediation:
    "Make a LogGroup with the name /aws/eks/<cluster>/cluster, a key and a retention, before the cluster; set the rule's elsewhere where another stack has it.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AU-9" },
    { framework: "NIST 800-53r5", control: "AU-11" },
  ],
  levels: { baseline: "disabled" },
  config: {
    elsewhere: {
      type: "boolean",
      description: "Whether another stack makes the log groups of clusters.",
      default: false,
    },
  },
  checks: {},
  observes: [clusterType, groupType],
  stack: (index, { config }) => {
    if (config.elsewhere === true) return [];
    return index.ofType(clusterType).flatMap((cluster) => {
      const types = askedOf(cluster).get("enabledClusterLogTypes");
      const { items, complete } = types.items();
      if (complete && items.length === 0) return [];
      const found = some(...index.ofType(groupType).map((candidate) => isGroupOf(index, candidate, cluster)));
      if (found === true) return [];
      const text = "the stack has no LogGroup for the cluster's logs";
      const open = found === "unknown" || !complete;
      return [{ ...(open ? undecided("", `${text}, or it is known only later`) : fail("", text)), resource: cluster }];
    });
  },
  examples: [
    {
      title: "a group of the program",
      verdict: "pass",
      profile: "regulated",
      resources: [logged, group("/aws/eks/training/cluster")],
    },
    {
      title: "a cluster without logs, which another rule finds",
      verdict: "pass",
      profile: "regulated",
      resources: [clusterExample({ name: "training" })],
    },
    { title: "no group", verdict: "fail", absent: true, profile: "regulated", resources: [logged] },
    {
      title: "a group of another cluster",
      verdict: "fail",
      profile: "regulated",
      resources: [logged, group("/aws/eks/serving/cluster")],
    },
    {
      title: "name of the group known only later",
      verdict: "undecided",
      profile: "regulated",
      resources: [logged, group(UNKNOWN)],
    },
  ],
});

function isGroupOf(
  index: StackIndex,
  group: StackResource<typeof groupType>,
  cluster: StackResource<typeof clusterType>,
): Ternary {
  const written = askedOf(group).get("name").text();
  const name = cluster.properties.entry("name").text();
  const known = typeof name === "string" ? name : askedOf(cluster).get("name").text();
  if (written === UNKNOWN) {
    // Made from the name of a cluster: of this one, if it is the only one that it is made from.
    const from = (group.sources.name ?? []).filter((urn) => index.find(urn)?.type === clusterType);
    return from.length === 1 ? from.includes(cluster.urn) : "unknown";
  }
  if (known === UNKNOWN || known === undefined) return written?.startsWith("/aws/eks/") === true ? "unknown" : false;
  return written === `/aws/eks/${known}/cluster`;
}
