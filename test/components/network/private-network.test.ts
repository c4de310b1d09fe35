import fc from "fast-check";
import { NETWORK_TIERS, planSubnets } from "gabion-knowledge";
import { beforeAll, describe, expect, it } from "vitest";
import {
  DnsFirewall,
  EncryptionControl,
  type ExistingNetwork,
  type InputError,
  NetworkEgress,
  PrivateNetwork,
  type PrivateNetworkArgs,
} from "../../../components";
import { keyArn, type Made, make, policyOf, problemsOf, scope, UNKNOWN } from "../support";

const zones = ["eu-central-1a", "eu-central-1b"];
const args: PrivateNetworkArgs = { ...scope, cidr: "10.20.0.0/16", zones, logKeyArn: keyArn };
const made = (more: Partial<PrivateNetworkArgs> = {}, preview = true) =>
  make("PrivateNetwork", () => new PrivateNetwork("test", { ...args, ...more }), { preview });

const existing: ExistingNetwork = {
  vpcId: "vpc-old",
  workloadSubnetIds: ["subnet-w0", "subnet-w1"],
  endpointSubnetIds: ["subnet-e0", "subnet-e1"],
  controlPlaneSubnetIds: ["subnet-c0", "subnet-c1"],
  routeTableIds: ["rtb-0", "rtb-1"],
};
/** What AWS says of the VPC above, with what is told otherwise of a part by the name that it is read under. */
const reads =
  (otherwise: Record<string, Record<string, unknown>> = {}) =>
  (type: string, name: string) => {
    const place = zones.findIndex((zone) => name.endsWith(zone));
    const tier = ["workload", "endpoint", "controlPlane"].findIndex((one) => name.includes(one));
    const facts: Record<string, Record<string, unknown>> = {
      "aws:ec2/vpc:Vpc": {
        cidrBlock: "10.20.0.0/16",
        enableDnsSupport: true,
        enableDnsHostnames: true,
        defaultSecurityGroupId: "sg-default",
      },
      "aws:ec2/securityGroup:SecurityGroup": { ingress: [], egress: [] },
      "aws:ec2/subnet:Subnet": {
        vpcId: "vpc-old",
        cidrBlock: `10.20.${16 * tier + place}.0/24`,
        availabilityZone: zones[place],
        availabilityZoneId: `euc1-az${place}`,
        mapPublicIpOnLaunch: false,
      },
      "aws:ec2/routeTable:RouteTable": { vpcId: "vpc-old", routes: [] },
    };
    return { ...facts[type], ...otherwise[name] };
  };
const adopted = (
  otherwise: Record<string, Record<string, unknown>> = {},
  more: Partial<PrivateNetworkArgs> = {},
  preview = false,
) =>
  make("PrivateNetwork", () => new PrivateNetwork("test", { ...args, existing, ...more }), {
    preview,
    reads: reads(otherwise),
  });

/** name → inputs that place a subnet. */
function subnets(network: Made): Record<string, unknown[]> {
  return Object.fromEntries(
    network.customs
      .filter(({ type }) => type === "aws:ec2/subnet:Subnet")
      .map(({ name, inputs }) => [name, [inputs.availabilityZone ?? inputs.availabilityZoneId, inputs.cidrBlock]]),
  );
}

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

  it("records all traffic in an encrypted log group of a known name", () => {
    const network = update;
    expect(PrivateNetwork.flowLogGroup("test")).toBe("/gabion/test/flow");
    expect(network.child("LogGroup", "test-flow-logs").inputs).toEqual({
      name: "/gabion/test/flow",
      retentionInDays: 365,
      kmsKeyId: keyArn,
    });
    expect(network.child("FlowLog").inputs).toEqual({
      vpcId: "vpc-test",
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: "arn:aws:logs:eu-central-1:111122223333:log-group:/gabion/test/flow",
      iamRoleArn: "arn:aws:iam::111122223333:role/test-flow-logs-0000000",
      maxAggregationInterval: 60,
      tags: { Name: "test" },
    });
    expect(network.dependsOn(network.child("FlowLog"))).toContain("RolePolicy test-flow-logs");
    expect(policyOf(network.child("Role"), "assumeRolePolicy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
    const group = "arn:aws:logs:eu-central-1:111122223333:log-group:/gabion/test/flow";
    expect(policyOf(network.child("RolePolicy")).Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [group, `${group}:*`],
      },
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ]);
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

  it("resolves AWS's own names and those that are allowed, nothing else, and nothing while it cannot be asked", async () => {
    const network = await made({ dnsAllowedNames: ["pypi.org", ".huggingface.co"] }, false);
    expect(network.child("ResolverFirewallDomainList", "test-allowed").inputs.domains).toEqual([
      "*.amazonaws.com",
      "*.api.aws",
      "*.huggingface.co",
      "*.in-addr.arpa",
      "*.internal",
      "amazonaws.com",
      "api.aws",
      "huggingface.co",
      "in-addr.arpa",
      "internal",
      "pypi.org",
    ]);
    expect(network.child("ResolverFirewallDomainList", "test-everything").inputs.domains).toEqual(["*"]);
    const rule = (name: string) => network.child("ResolverFirewallRule", `test-${name}`).inputs;
    expect(rule("allowed")).toMatchObject({ action: "ALLOW", priority: 100, firewallDomainListId: "test-allowed-id" });
    expect(rule("everything")).toMatchObject({
      action: "BLOCK",
      blockResponse: "NXDOMAIN",
      priority: 200,
      firewallDomainListId: "test-everything-id",
    });
    expect(network.child("ResolverFirewallConfig").inputs).toEqual({
      resourceId: "vpc-test",
      firewallFailOpen: "DISABLED",
    });
    const association = network.child("ResolverFirewallRuleGroupAssociation");
    expect(association.inputs).toMatchObject({ vpcId: "vpc-test", firewallRuleGroupId: "test-id" });
    expect(network.dependsOn(association)).toEqual(
      expect.arrayContaining(["ResolverFirewallRule test-allowed", "ResolverFirewallRule test-everything"]),
    );
  });

  it("blocks lists, tunnels and generated names where it is told to let everything else through", async () => {
    const ids = ["rslvr-fdl-0a", "rslvr-fdl-0b"];
    const network = await made({ dnsFirewall: DnsFirewall.BlockList, dnsBlockedListIds: ids });
    const rules = network.customs.filter(({ type }) => type.endsWith(":ResolverFirewallRule"));
    expect(
      rules.map(({ inputs }) => [inputs.priority, inputs.firewallDomainListId ?? inputs.dnsThreatProtection]),
    ).toEqual(
      expect.arrayContaining([
        [100, "rslvr-fdl-0a"],
        [101, "rslvr-fdl-0b"],
        [1000, "DNS_TUNNELING"],
        [1001, "DGA"],
      ]),
    );
    for (const { inputs } of rules) expect(inputs).toMatchObject({ action: "BLOCK", blockResponse: "NXDOMAIN" });
  });

  it("records every query in an encrypted log group that log delivery of the account alone may write to", () => {
    expect(PrivateNetwork.logGroups("test")).toEqual(["/gabion/test/flow", "/gabion/test/queries"]);
    expect(update.child("LogGroup", "test-query-logs").inputs).toEqual({
      name: "/gabion/test/queries",
      retentionInDays: 365,
      kmsKeyId: keyArn,
    });
    const config = update.child("ResolverQueryLogConfig");
    expect(config.inputs.destinationArn).toBe("arn:aws:logs:eu-central-1:111122223333:log-group:/gabion/test/queries");
    expect(update.dependsOn(config)).toContain("LogResourcePolicy test-log-delivery");
    expect(update.child("ResolverQueryLogConfigAssociation").inputs).toEqual({
      resolverQueryLogConfigId: "test-query-logs-id",
      resourceId: "vpc-test",
    });
    expect(policyOf(update.child("LogResourcePolicy"), "policyDocument").Statement).toMatchObject([
      {
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
  });

  it("watches encryption in transit, and enforces it with the exclusions that a way out needs", async () => {
    expect(update.child("VpcEncryptionControl").inputs).toEqual({
      vpcId: "vpc-test",
      mode: "monitor",
      tags: { Name: "test" },
    });
    const enforced = { encryptionControl: EncryptionControl.Enforce };
    const closed = await made(enforced);
    expect(closed.child("VpcEncryptionControl").inputs).toMatchObject({ mode: "enforce" });
    expect(closed.child("VpcEncryptionControl").inputs).not.toHaveProperty("natGatewayExclusion");
    const open = await made({ ...enforced, egress: NetworkEgress.Inspected });
    expect(open.child("VpcEncryptionControl").inputs).toMatchObject({
      internetGatewayExclusion: "enable",
      natGatewayExclusion: "enable",
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

  it("adopts a VPC: reads its parts, makes none of them, and watches it like its own", async () => {
    const network = await adopted();
    const own = /vpc:Vpc|subnet:Subnet|routeTable|networkAcl|NetworkAcl|SecurityGroup|ternetGateway/;
    expect(network.children).toEqual(update.children.filter((child) => !own.test(child)));
    expect(network.child("FlowLog").inputs.vpcId).toBe("vpc-old");
    expect(network.outputs).toEqual({
      ...existing,
      cidr: "10.20.0.0/16",
      podSubnetIds: [],
      inspectionSubnetIds: [],
      publicRouteTableIds: [],
    });
  });

  it("does not adopt a VPC that it would not have made, and says all that is wrong with it at once", async () => {
    const wrong = {
      test: { cidrBlock: "10.30.0.0/16", enableDnsHostnames: false },
      "test-default": { egress: [{}] },
      "test-workload-eu-central-1a": { vpcId: "vpc-x" },
      "test-workload-eu-central-1b": { availabilityZone: zones[0] },
      "test-endpoint-eu-central-1a": { mapPublicIpOnLaunch: true, cidrBlock: "10.20.0.0/24" },
      "test-endpoint-eu-central-1b": { cidrBlock: "10.99.0.0/24" },
      "test-eu-central-1a": { vpcId: "vpc-x", routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] },
      "test-eu-central-1b": {
        routes: [
          { cidrBlock: "8.0.0.0/8", natGatewayId: "nat-1" },
          { cidrBlock: "0.0.0.0/0", transitGatewayId: "tgw-1" },
        ],
      },
    };
    for (const preview of [true, false]) {
      const error = await adopted(wrong, {}, preview).catch((thrown: unknown) => thrown as InputError);
      expect((error as InputError).problems.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
        "cidr: the VPC's own block is 10.30.0.0/16",
        "existing.vpcId: endpoints have private names only where the VPC has DNS support and DNS host names",
        "existing.vpcId: its default security group lets traffic through",
        "existing.workloadSubnetIds[0]: it is in vpc-x",
        "existing.workloadSubnetIds[1]: it is in eu-central-1a, and its place is eu-central-1b's",
        "existing.endpointSubnetIds[0]: it gives public addresses to what starts in it",
        "existing.endpointSubnetIds[0]: it is existing.workloadSubnetIds[0] as well",
        "existing.endpointSubnetIds[1]: its block 10.99.0.0/24 is outside of 10.20.0.0/16, which rules are made for",
        "existing.routeTableIds[0]: it is another VPC's",
        "existing.routeTableIds[0]: nothing inspects what takes it",
        "existing.routeTableIds[1]: nothing inspects what takes it",
        'existing.routeTableIds[1]: it leads out of the network, whose egress is "none"',
      ]);
    }
  });

  it("adopts a VPC whose egress somebody else inspects, where it is said to be", async () => {
    const routes = [{ cidrBlock: "0.0.0.0/0", transitGatewayId: "tgw-1" }];
    await adopted({ "test-eu-central-1a": { routes } }, { egress: NetworkEgress.Inspected });
  });

  it.each<[Partial<Record<keyof PrivateNetworkArgs, unknown>>, string[]]>([
    [{ cidr: undefined }, ["cidr: it is needed"]],
    [{ cidr: "10.20.0.0" }, ["cidr: not an IPv4 block"]],
    [{ cidr: "10.20.0.1/16" }, ["cidr: the address is not the first one of its block"]],
    [{ cidr: "8.8.0.0/16" }, ["cidr: the block is not in a private range"]],
    [{ cidr: "10.20.0.0/23" }, ["cidr: its subnets would be smaller than the /28 that AWS takes"]],
    [{ cidr: "10.20.0.0/28" }, ["cidr: its subnets would be smaller than the /28 that AWS takes"]],
    [{ zones: ["eu-central-1a"] }, ["zones: a network spans 2 to 6 zones"]],
    [{ zones: ["eu-central-1a", "eu-central-1a"] }, ["zones[1]: the zone is named twice"]],
    [{ zones: ["eu-central-1a", "b"] }, ["zones[1]: not an Availability Zone"]],
    [
      { zones: ["us-east-1a", "us-east-1b"] },
      [
        "zones[0]: the zone is in us-east-1, and the component in eu-central-1",
        "zones[1]: the zone is in us-east-1, and the component in eu-central-1",
      ],
    ],
    [{ logKeyArn: "alias/logs" }, ["logKeyArn: it is not the ARN of a KMS key"]],
    [{ logKeyArn: undefined }, ["logKeyArn: it is needed"]],
    [{ logRetentionDays: 364 }, ["logRetentionDays: CloudWatch Logs has no such retention"]],
    [{ accountId: 111122223333 }, ["accountId: an account id is text of exactly twelve digits"]],
    [{ egress: "open" }, ["egress: it is not one of the known values"]],
    [{ encryptionControl: "off" }, ["encryptionControl: it is not one of the known values"]],
    [{ dnsFirewall: "off" }, ["dnsFirewall: it is not one of the known values"]],
    [{ dnsAllowedNames: ["*"] }, ["dnsAllowedNames[0]: it lets everything through"]],
    [
      { dnsBlockedListIds: ["rslvr-fdl-1"] },
      ['dnsBlockedListIds: it has no effect with the DNS firewall "allow-list"'],
    ],
    [
      { dnsFirewall: "block-list", dnsAllowedNames: ["pypi.org"], dnsBlockedListIds: ["malware"] },
      [
        "dnsBlockedListIds[0]: it has not the form of such an id",
        'dnsAllowedNames: it has no effect with the DNS firewall "block-list"',
      ],
    ],
    [{ ipamPoolId: "pool" }, ["ipamPoolId: it has not the form of such an id"]],
    [
      { egress: "inspected", cidr: "10.20.0.0/22" },
      ["cidr: its subnets would be smaller than the /28 that AWS takes, those of firewall and NAT included"],
    ],
    [
      { podCidr: "10.0.0.0/16" },
      ["podCidr: pods alone get a block of 100.64.0.0/10, which every VPC takes as a second one"],
    ],
    [
      { blockPublicAccessExclusion: true },
      ["blockPublicAccessExclusion: without inspected egress the network has no gateway that would need it"],
    ],
    [
      { existing: { vpcId: "net", workloadSubnetIds: ["subnet-1"], endpointSubnetIds: ["subnet-1", "b"] } },
      [
        "existing.controlPlaneSubnetIds: it is needed",
        "existing.routeTableIds: it is needed",
        "existing.vpcId: it has not the form of such an id",
        "existing.workloadSubnetIds: there are 2 zones, and each has one",
        "existing.endpointSubnetIds[1]: it has not the form of such an id",
      ],
    ],
  ])("refuses %o", (wrong, problems) => {
    expect(problemsOf(() => new PrivateNetwork("test", { ...args, ...wrong } as PrivateNetworkArgs))).toEqual(problems);
  });

  it("refuses names that derived names would be too long with", () => {
    expect(problemsOf(() => new PrivateNetwork("n".repeat(41), args))).toHaveLength(1);
    expect(problemsOf(() => new PrivateNetwork("net-", args))).toEqual([
      "name: names of AWS resources are derived from it",
    ]);
  });
});
