import { clusterExample } from "../../../kit/cluster-examples";
import { sourceWidth } from "../../../kit/exposure";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const cluster = (vpcConfig: Record<string, Plain>) => [clusterExample({ vpcConfig })];

export const publicEndpointSources = rule({
  id: "aws-eks-public-endpoint-sources",
  title: "Where the API of a cluster is public, only named ranges of addresses reach it",
  severity: "high",
  rationale:
    "AWS opens a public endpoint to the whole internet unless told otherwise, and then stolen credentials work from anywhere.",
  remediation:
    "List the addresses of offices and pipelines in vpcConfig.publicAccessCidrs, or set endpointPublicAccess to false.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "5.4.1" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "SC-7(5)" },
  ],
  config: {
    widestRange: {
      type: "integer",
      description: "The shortest prefix that a range of public IPv4 addresses may have.",
      default: 16,
      minimum: 1,
      maximum: 32,
    },
  },
  checks: {
    "aws:eks/cluster:Cluster": ({ properties }, { config }) => {
      const vpc = properties.get("vpcConfig");
      // AWS makes the endpoint public when it is told nothing.
      const open = vpc.get("endpointPublicAccess").flag() ?? true;
      if (open === false) return [];
      const findings = rangeFindings(vpc.get("publicAccessCidrs"), Number(config.widestRange));
      return open === UNKNOWN ? findings.map(({ path }) => undecided(path)) : findings;
    },
  },
  examples: [
    {
      title: "a public endpoint for an office",
      verdict: "pass",
      resources: cluster({ endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24", "2001:db8::/48"] }),
    },
    { title: "no public endpoint", verdict: "pass", resources: cluster({ endpointPublicAccess: false }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: cluster({ subnetIds: ["subnet-1"] }) },
    {
      title: "the whole internet",
      verdict: "fail",
      resources: cluster({ publicAccessCidrs: ["203.0.113.0/24", "0.0.0.0/0"] }),
    },
    {
      title: "the whole internet, in two halves",
      verdict: "fail",
      resources: cluster({ publicAccessCidrs: ["0.0.0.0/1", "128.0.0.0/1"] }),
    },
    { title: "an empty list, which AWS fills", verdict: "fail", resources: cluster({ publicAccessCidrs: [] }) },
    {
      title: "the whole internet beside a range known only later",
      verdict: "fail",
      resources: cluster({ publicAccessCidrs: [UNKNOWN, "0.0.0.0/0"] }),
    },
    {
      title: "a range known only later",
      verdict: "undecided",
      resources: cluster({ publicAccessCidrs: [UNKNOWN] }),
    },
  ],
});

function rangeFindings(list: Property<string[]>, widest: number): Finding[] {
  const { items, complete } = list.items();
  if (!complete) return [undecided(list)];
  if (items.length === 0) return [fail(list, "names no range, and AWS then lets the whole internet in")];
  return items.flatMap((item) => {
    const width = sourceWidth(item, widest);
    if (width === "unknown") return [undecided(item)];
    return width === "world" ? [fail(item, "is a range of public addresses that is too wide")] : [];
  });
}
