import fc from "fast-check";
import { NETWORK_TIERS, planSubnets } from "gabion-knowledge";
import { beforeAll, describe, expect, it } from "vitest";
import { NetworkEgress } from "../../../components";
import { type Made, UNKNOWN } from "../support";
import { made, subnets, zones } from "./private-network";

describe("PrivateNetwork", () => {
  let preview: Made;
  let update: Made;
  beforeAll(async () => {
    [preview, update] = await Promise.all([made(), made({}, false)]);
  });

  it("makes exactly the parts of a private network, and no gateway or address", () => {
    const network = preview;
    const perZone = (type: string, tiers: string[]) =>
      tiers.flatMap((tier) => zones.map((zone) => `${type} test-${tier}${zone}`));
    const tiers = ["control-plane-", "endpoint-", "workload-"];
    expect(network.children).toEqual([
      "aws:cloudwatch/logGroup:LogGroup test-flow-logs",
      "aws:cloudwatch/logGroup:LogGroup test-query-logs",
      "aws:cloudwatch/logResourcePolicy:LogResourcePolicy test-log-delivery",
      "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl test-default",
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup test-default",
      "aws:ec2/flowLog:FlowLog test-flow-logs",
      "aws:ec2/networkAcl:NetworkAcl test",
      ...perZone("aws:ec2/routeTable:RouteTable", [""]),
      ...perZone("aws:ec2/routeTableAssociation:RouteTableAssociation", tiers),
      ...perZone("aws:ec2/subnet:Subnet", tiers),
      "aws:ec2/vpc:Vpc test",
      "aws:ec2/vpcEncryptionControl:VpcEncryptionControl test",
      "aws:iam/role:Role test-flow-logs",
      "aws:iam/rolePolicy:RolePolicy test-flow-logs",
      "aws:route53/resolverFirewallConfig:ResolverFirewallConfig test",
      "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList test-allowed",
      "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList test-everything",
      "aws:route53/resolverFirewallRule:ResolverFirewallRule test-allowed",
      "aws:route53/resolverFirewallRule:ResolverFirewallRule test-everything",
      "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup test",
      "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation test",
      "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig test-query-logs",
      "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation test-query-logs",
    ]);
    expect(network.recording.invokes).toEqual([]);
  });

  it("lays out three tiers in each zone", () => {
    expect(subnets(preview)).toEqual({
      "test-workload-eu-central-1a": ["eu-central-1a", "10.20.0.0/20"],
      "test-workload-eu-central-1b": ["eu-central-1b", "10.20.32.0/20"],
      "test-endpoint-eu-central-1a": ["eu-central-1a", "10.20.16.0/21"],
      "test-endpoint-eu-central-1b": ["eu-central-1b", "10.20.48.0/21"],
      "test-control-plane-eu-central-1a": ["eu-central-1a", "10.20.24.0/22"],
      "test-control-plane-eu-central-1b": ["eu-central-1b", "10.20.56.0/22"],
    });
  });

  it("gives no subnet public addresses and routes each by the table of its zone", () => {
    const network = update;
    for (const zone of zones) {
      for (const tier of ["workload", "endpoint", "control-plane"]) {
        const name = `test-${tier}-${zone}`;
        expect(network.child("Subnet", name).inputs).toMatchObject({ vpcId: "vpc-test", mapPublicIpOnLaunch: false });
        expect(network.child("RouteTableAssociation", name).inputs).toEqual({
          subnetId: `subnet-${name}`,
          routeTableId: `test-${zone}-id`,
        });
      }
      expect(network.child("RouteTable", `test-${zone}`).inputs).toEqual({
        vpcId: "vpc-test",
        tags: { Name: `test-${zone}` },
      });
    }
    expect(network.child("Subnet", "test-workload-eu-central-1a").inputs.tags).toEqual({
      Name: "test-workload-eu-central-1a",
      "kubernetes.io/role/internal-elb": "1",
    });
    expect(network.child("Subnet", "test-endpoint-eu-central-1a").inputs.tags).toEqual({
      Name: "test-endpoint-eu-central-1a",
    });
  });

  it("names zones by id where ids are given", async () => {
    const network = await made({ zones: ["euc1-az1", "euc1-az2"] });
    expect(network.child("Subnet", "test-workload-euc1-az1").inputs).toMatchObject({ availabilityZoneId: "euc1-az1" });
    expect(network.child("Subnet", "test-workload-euc1-az1").inputs.availabilityZone).toBeUndefined();
  });

  it("moves no subnet when a zone is appended", async () => {
    const before = Object.entries(subnets(preview));
    const after = Object.entries(subnets(await made({ zones: [...zones, "eu-central-1c"] })));
    expect(after).toHaveLength(9);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  it("moves no subnet of the zones that stay, whatever the network", () => {
    const letters = fc.shuffledSubarray(["a", "b", "c", "d", "e", "f"], { minLength: 3 });
    fc.assert(
      fc.property(letters, fc.integer({ min: 16, max: 22 }), (chosen, prefix) => {
        const plan = (count: number) =>
          planSubnets({
            vpcCidr: `10.64.0.0/${prefix}`,
            zones: chosen.slice(0, count).map((letter) => `eu-central-1${letter}`),
            tiers: NETWORK_TIERS,
          }).subnets;
        expect(plan(chosen.length)).toEqual(expect.arrayContaining([...plan(chosen.length - 1)]));
      }),
    );
  });

  it("closes the default security group and the default ACL", () => {
    const network = update;
    expect(network.child("DefaultSecurityGroup").inputs).toEqual({
      vpcId: "vpc-test",
      ingress: [],
      egress: [],
      tags: { Name: "test-default-closed" },
    });
    expect(network.child("DefaultNetworkAcl").inputs).toEqual({
      defaultNetworkAclId: "acl-test",
      ingress: [],
      egress: [],
      tags: { Name: "test-default-closed" },
    });
    expect(network.child("DefaultNetworkAcl").ignoreChanges).toEqual(["subnetIds"]);
  });

  it("lets the ACL of all subnets pass what stays inside, and HTTPS to the S3 gateway, but not RDP", () => {
    const network = update;
    const { subnetIds, ingress, egress } = network.child("NetworkAcl").inputs;
    expect(subnetIds).toHaveLength(6);
    const inside = { ruleNo: 100, action: "allow", protocol: "-1", cidrBlock: "10.20.0.0/16", fromPort: 0, toPort: 0 };
    const outside = { protocol: "tcp", cidrBlock: "0.0.0.0/0" };
    expect(ingress).toEqual([
      inside,
      { ...outside, ruleNo: 200, action: "deny", fromPort: 3389, toPort: 3389 },
      { ...outside, ruleNo: 210, action: "allow", fromPort: 1024, toPort: 65535 },
    ]);
    expect(egress).toEqual([inside, { ...outside, ruleNo: 200, action: "allow", fromPort: 443, toPort: 443 }]);
  });

  it("has every policy in a preview, and keeps what is made apart from it unknown", async () => {
    const network = await made({ logRetentionDays: 731 });
    expect(network.child("RolePolicy").inputs.policy).not.toBe(UNKNOWN);
    expect(network.child("LogGroup", "test-query-logs").inputs.retentionInDays).toBe(731);
    expect(network.outputs).toEqual({
      vpcId: UNKNOWN,
      cidr: "10.20.0.0/16",
      workloadSubnetIds: UNKNOWN,
      endpointSubnetIds: UNKNOWN,
      controlPlaneSubnetIds: UNKNOWN,
      podSubnetIds: [],
      routeTableIds: UNKNOWN,
      inspectionSubnetIds: [],
      publicRouteTableIds: [],
    });
  });

  it("gives its outputs in the order of the zones", async () => {
    const network = await made({ zones: ["eu-central-1c", "eu-central-1a"] }, false);
    expect(network.outputs).toEqual({
      vpcId: "vpc-test",
      cidr: "10.20.0.0/16",
      workloadSubnetIds: ["subnet-test-workload-eu-central-1c", "subnet-test-workload-eu-central-1a"],
      endpointSubnetIds: ["subnet-test-endpoint-eu-central-1c", "subnet-test-endpoint-eu-central-1a"],
      controlPlaneSubnetIds: ["subnet-test-control-plane-eu-central-1c", "subnet-test-control-plane-eu-central-1a"],
      podSubnetIds: [],
      routeTableIds: ["test-eu-central-1c-id", "test-eu-central-1a-id"],
      inspectionSubnetIds: [],
      publicRouteTableIds: [],
    });
  });

  it("appends gateways, NAT and firewall subnets where egress is inspected, and no route of workloads", async () => {
    const network = await made({ egress: NetworkEgress.Inspected }, false);
    const added = network.children.filter((child) => !update.children.includes(child));
    const perZone = (type: string, name: string) => zones.map((zone) => `aws:ec2/${type} test-${name}-${zone}`);
    expect(added).toEqual(
      [
        "aws:ec2/internetGateway:InternetGateway test",
        ...perZone("eip:Eip", "nat"),
        ...perZone("natGateway:NatGateway", "nat"),
        ...["inspection", "public"].flatMap((tier) => [
          ...perZone("route:Route", tier),
          ...perZone("routeTable:RouteTable", tier),
          ...perZone("routeTableAssociation:RouteTableAssociation", tier),
          ...perZone("subnet:Subnet", tier),
        ]),
      ].sort(),
    );
    expect(subnets(network)).toMatchObject({
      ...subnets(update),
      "test-public-eu-central-1b": ["eu-central-1b", "10.20.60.16/28"],
    });
    const routes = network.customs.filter(({ type }) => type.endsWith(":Route"));
    expect(routes.map(({ inputs }) => inputs.routeTableId).sort()).toEqual(
      ["inspection", "public"].flatMap((tier) => zones.map((zone) => `test-${tier}-${zone}-id`)),
    );
    expect(network.outputs).toMatchObject({
      routeTableIds: zones.map((zone) => `test-${zone}-id`),
      inspectionSubnetIds: zones.map((zone) => `subnet-test-inspection-${zone}`),
      publicRouteTableIds: zones.map((zone) => `test-public-${zone}-id`),
    });
    expect(network.child("NetworkAcl").inputs.subnetIds).toHaveLength(10);
    expect(network.child("NetworkAcl").inputs.egress).toContainEqual({
      ruleNo: 210,
      action: "allow",
      protocol: "tcp",
      cidrBlock: "0.0.0.0/0",
      fromPort: 80,
      toPort: 80,
    });
    expect(network.child("NatGateway", "test-nat-eu-central-1a").inputs).toMatchObject({
      allocationId: "eipalloc-test-nat-eu-central-1a",
      subnetId: "subnet-test-public-eu-central-1a",
    });
  });

  it("excepts the subnets of its NAT gateways alone from block public access, outwards", async () => {
    const network = await made({ egress: NetworkEgress.Inspected, blockPublicAccessExclusion: true }, false);
    const exclusions = network.customs.filter(({ type }) => type.endsWith(":VpcBlockPublicAccessExclusion"));
    expect(exclusions.map(({ inputs }) => [inputs.subnetId, inputs.internetGatewayExclusionMode])).toEqual(
      zones.map((zone) => [`subnet-test-public-${zone}`, "allow-egress"]),
    );
  });

  it("gives pods a second block, its subnets routed and tagged for them, and takes a block out of a pool", async () => {
    const ipamPoolId = "ipam-pool-0123456789abcdef0";
    const network = await made({ podCidr: "100.64.0.0/16", ipamPoolId }, false);
    expect(network.child("Vpc").inputs).toMatchObject({ cidrBlock: "10.20.0.0/16", ipv4IpamPoolId: ipamPoolId });
    expect(network.child("VpcIpv4CidrBlockAssociation").inputs).toEqual({
      vpcId: "vpc-test",
      cidrBlock: "100.64.0.0/16",
    });
    const subnet = network.child("Subnet", "test-pod-eu-central-1b");
    expect(subnet.inputs).toMatchObject({
      cidrBlock: "100.64.32.0/19",
      tags: { Name: "test-pod-eu-central-1b", "kubernetes.io/role/cni": "1" },
    });
    expect(network.dependsOn(subnet)).toContain("VpcIpv4CidrBlockAssociation test-pod");
    expect(network.child("RouteTableAssociation", "test-pod-eu-central-1b").inputs.routeTableId).toBe(
      "test-eu-central-1b-id",
    );
    expect(network.outputs.podSubnetIds).toEqual(zones.map((zone) => `subnet-test-pod-${zone}`));
    expect(network.child("NetworkAcl").inputs.ingress).toContainEqual(
      expect.objectContaining({ ruleNo: 101, protocol: "-1", cidrBlock: "100.64.0.0/16" }),
    );
  });
});
