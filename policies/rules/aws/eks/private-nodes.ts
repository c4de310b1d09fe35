import { clusterExample, nodeGroupExample } from "../../../kit/cluster-examples";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import {
  privateSubnetExample,
  publicSubnetExample,
  publicSubnetFindings,
  subnetTypes,
} from "../../../kit/public-subnets";
import { type ExampleResource, rule } from "../../../kit/rule";
import { askedOf } from "../../../kit/training-network";

const pool: ExampleResource = {
  ...nodeGroupExample({ subnetIds: [UNKNOWN] }),
  dependencies: { subnetIds: ["nodes"] },
};
const autoMode = (enabled: Plain): ExampleResource => ({
  ...clusterExample({ computeConfig: { enabled }, vpcConfig: { subnetIds: [UNKNOWN] } }),
  dependencies: { vpcConfig: ["nodes"] },
});
const named = (id: string, mapPublicIpOnLaunch: boolean): ExampleResource => ({
  type: "aws:ec2/subnet:Subnet",
  name: id,
  properties: { id, vpcId: "vpc-1", mapPublicIpOnLaunch },
});

export const privateNodes = rule({
  id: "aws-eks-private-nodes",
  title: "Nodes run in subnets that the internet does not reach",
  severity: "high",
  rationale:
    "A node with a public address lets anyone try its kubelet, its node ports and whatever pods open on the host.",
  remediation:
    "Put node groups, and the clusters of EKS Auto Mode, into subnets without mapPublicIpOnLaunch and without a route to an internet gateway.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "5.4.3" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "SC-7(3)" },
  ],
  levels: { baseline: "advisory" },
  checks: {},
  observes: ["aws:eks/cluster:Cluster", "aws:eks/nodeGroup:NodeGroup", ...subnetTypes],
  stack: (index) => [
    ...index
      .ofType("aws:eks/nodeGroup:NodeGroup")
      .flatMap((group) => publicSubnetFindings(index, group, askedOf(group).get("subnetIds"), "subnetIds")),
    ...index.ofType("aws:eks/cluster:Cluster").flatMap((cluster) => {
      const properties = askedOf(cluster);
      // In Auto Mode nodes take the cluster's subnets, unless a class of nodes of one's own names others.
      const enabled = properties.get("computeConfig").get("enabled").flag();
      if (enabled !== true && enabled !== UNKNOWN) return [];
      const subnets: Property<unknown> = properties.get("vpcConfig").get("subnetIds");
      const findings = publicSubnetFindings(index, cluster, subnets, "vpcConfig");
      return enabled === true ? findings : findings.map((finding) => ({ ...finding, verdict: "undecided" as const }));
    }),
  ],
  examples: [
    { title: "a subnet without routes", verdict: "pass", absent: true, resources: [privateSubnetExample, pool] },
    {
      title: "Auto Mode in a subnet without routes",
      verdict: "pass",
      resources: [privateSubnetExample, autoMode(true)],
    },
    {
      title: "a control plane with a public subnet, and no nodes of its own",
      verdict: "pass",
      resources: [...publicSubnetExample, autoMode(false)],
    },
    {
      title: "the private one of two subnets",
      verdict: "pass",
      resources: [named("subnet-1", true), named("subnet-2", false), nodeGroupExample({ subnetIds: ["subnet-2"] })],
    },
    { title: "a route to an internet gateway", verdict: "fail", resources: [...publicSubnetExample, pool] },
    {
      title: "a subnet that gives out public addresses",
      verdict: "fail",
      resources: [{ ...privateSubnetExample, properties: { mapPublicIpOnLaunch: true } }, pool],
    },
    {
      title: "a gateway in the table itself",
      verdict: "fail",
      resources: [
        privateSubnetExample,
        { type: "aws:ec2/routeTable:RouteTable", name: "public", properties: { routes: [{ gatewayId: "igw-1" }] } },
        {
          type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
          name: "nodes",
          properties: { subnetId: UNKNOWN, routeTableId: UNKNOWN },
          dependencies: { subnetId: ["nodes"], routeTableId: ["public"] },
        },
        pool,
      ],
    },
    {
      title: "a gateway in the main table of the network",
      verdict: "fail",
      resources: [
        { type: "aws:ec2/vpc:Vpc", name: "network", properties: { cidrBlock: "10.0.0.0/16" } },
        { ...privateSubnetExample, properties: { vpcId: UNKNOWN }, dependencies: { vpcId: ["network"] } },
        {
          type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
          name: "main",
          properties: { defaultRouteTableId: UNKNOWN, routes: [{ gatewayId: "igw-1" }] },
          dependencies: { defaultRouteTableId: ["network"] },
        },
        pool,
      ],
    },
    { title: "Auto Mode in a public subnet", verdict: "fail", resources: [...publicSubnetExample, autoMode(true)] },
    {
      title: "subnets known only later, from nobody knows where",
      verdict: "undecided",
      resources: [nodeGroupExample({ subnetIds: UNKNOWN })],
    },
  ],
});
