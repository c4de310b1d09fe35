import fc from "fast-check";
import { NETWORK_TIERS, planSubnets } from "gabion-knowledge";
import { beforeAll, describe, expect, it } from "vitest";
import { PrivateNetwork, type PrivateNetworkArgs } from "../../../components";
import { keyArn, type Made, make, policyOf, problemsOf, scope, UNKNOWN } from "../support";

const zones = ["eu-central-1a", "eu-central-1b"];
const args: PrivateNetworkArgs = { ...scope, cidr: "10.20.0.0/16", zones, logKeyArn: keyArn };
const made = (more: Partial<PrivateNetworkArgs> = {}, preview = true) =>
  make("PrivateNetwork", () => new PrivateNetwork("test", { ...args, ...more }), { preview });

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
      "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl test-default",
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup test-default",
      "aws:ec2/flowLog:FlowLog test-flow-logs",
      "aws:ec2/networkAcl:NetworkAcl test",
      ...perZone("aws:ec2/routeTable:RouteTable", [""]),
      ...perZone("aws:ec2/routeTableAssociation:RouteTableAssociation", tiers),
      ...perZone("aws:ec2/subnet:Subnet", tiers),
      "aws:ec2/vpc:Vpc test",
      "aws:iam/role:Role test-flow-logs",
      "aws:iam/rolePolicy:RolePolicy test-flow-logs",
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
    expect(network.child("LogGroup").inputs).toEqual({
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
    expect(network.child("LogGroup").inputs.retentionInDays).toBe(731);
    expect(network.outputs).toEqual({
      vpcId: UNKNOWN,
      cidr: "10.20.0.0/16",
      workloadSubnetIds: UNKNOWN,
      endpointSubnetIds: UNKNOWN,
      controlPlaneSubnetIds: UNKNOWN,
      routeTableIds: UNKNOWN,
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
      routeTableIds: ["test-eu-central-1c-id", "test-eu-central-1a-id"],
    });
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
