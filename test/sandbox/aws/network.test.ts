import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, bench, type Made, type Values } from "./client";
import { grant } from "./documents";
import { network, types } from "./ground";

let b: Bench;
let n: Awaited<ReturnType<typeof network>>;
beforeEach(async () => {
  b = await bench();
  n = await network(b.client);
});
afterEach(() => b.end());

const make = (type: string, inputs: Values, name = "one"): Promise<Made> => b.client.create(type, name, inputs);
const interfaceEndpoint = (more: Values = {}): Values => ({
  vpcId: n.vpc.id,
  serviceName: "com.amazonaws.eu-central-1.sts",
  vpcEndpointType: "Interface",
  subnetIds: [n.a.id, n.b.id],
  securityGroupIds: [n.group.id],
  ...more,
});

describe("VPCs and subnets", () => {
  it("tells who failed at what, as the provider does", async () => {
    await expect(make(types.subnet, { vpcId: "vpc-0123", cidrBlock: "10.0.9.0/24" })).rejects.toThrow(
      /1 error occurred:\n\t\* creating EC2 Subnet \(one\): operation error EC2: CreateSubnet, https response error StatusCode: 400, RequestID: [0-9a-f-]{36}, api error InvalidVpcID.NotFound: The vpc ID 'vpc-0123' does not exist/,
    );
  });

  it.each([
    ["10.1.0.0/24", "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid: it is not within the VPC's 10.0.0.0/16"],
    ["10.0.0.0/15", "InvalidSubnet.Range: The CIDR '10.0.0.0/15' is invalid."],
    ["10.0.0.128/25", "InvalidSubnet.Conflict: The CIDR '10.0.0.128/25' conflicts with another subnet"],
  ])("refuses the subnet %s", async (cidrBlock, message) => {
    await expect(make(types.subnet, { vpcId: n.vpc.id, cidrBlock })).rejects.toThrow(message);
  });

  it("takes a subnet of a range that was added to the VPC", async () => {
    await make("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", {
      vpcId: n.vpc.id,
      cidrBlock: "100.64.0.0/16",
    });
    expect((await make(types.subnet, { vpcId: n.vpc.id, cidrBlock: "100.64.1.0/24" })).id).toMatch(/^subnet-0/);
  });

  it("refuses a zone of another Region", async () => {
    await expect(
      make(types.subnet, { vpcId: n.vpc.id, cidrBlock: "10.0.9.0/24", availabilityZone: "us-east-1a" }),
    ).rejects.toThrow("Value (us-east-1a) for parameter availabilityZone is invalid");
  });

  it("holds the quota of five VPCs a Region", async () => {
    for (const at of [1, 2, 3, 4]) await make(types.vpc, { cidrBlock: `10.${at}.0.0/16` }, `vpc-${at}`);
    await expect(make(types.vpc, { cidrBlock: "10.5.0.0/16" }, "vpc-5")).rejects.toThrow(
      "VpcLimitExceeded: The maximum number of VPCs has been reached.",
    );
    expect((await make(types.vpc, { cidrBlock: "10.5.0.0/16", region: "eu-west-1" }, "vpc-6")).id).toMatch(/^vpc-0/);
  });

  it("deletes a VPC only when nothing is in it, and with it what it came with", async () => {
    await expect(b.client.delete(n.vpc)).rejects.toThrow(
      /DependencyViolation: The vpc '.*' has dependencies and cannot be deleted\. \(in use by .*ground-a/,
    );
    const other = await make(types.vpc, { cidrBlock: "10.9.0.0/16" });
    await make(types.defaultGroup, { vpcId: other.id }, "closed");
    await b.client.delete(other);
    const left = b.twin
      .outOfBand()
      .list()
      .filter((one) => one.outputs.vpcId === other.id);
    expect(left.map((one) => one.type)).toEqual([types.defaultGroup]);
  });
});

describe("security groups", () => {
  it("has each name once in a VPC, and does not take two made names for one", async () => {
    await make(types.group, { vpcId: n.vpc.id, name: "web" });
    await expect(make(types.group, { vpcId: n.vpc.id, name: "web" }, "two")).rejects.toThrow(
      `InvalidGroup.Duplicate: The security group 'web' already exists for VPC '${n.vpc.id}'`,
    );
    await make(types.group, { vpcId: n.vpc.id, namePrefix: "node-" }, "three");
    await make(types.group, { vpcId: n.vpc.id, namePrefix: "node-" }, "four");
  });

  it("has each rule once, with one peer", async () => {
    const ports = { securityGroupId: n.group.id, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    const rule = { ...ports, cidrIpv4: "10.0.0.0/16" };
    await make(types.ingress, rule);
    await expect(make(types.ingress, rule, "two")).rejects.toThrow("InvalidPermission.Duplicate");
    await expect(make(types.ingress, ports, "three")).rejects.toThrow(
      "exactly one of cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId must be given, found none",
    );
  });

  it("keeps a group that a rule of another one names", async () => {
    const other = await make(types.group, { vpcId: n.vpc.id });
    const rule = await make(types.ingress, {
      securityGroupId: n.group.id,
      ipProtocol: "-1",
      referencedSecurityGroupId: other.id,
    });
    await expect(b.client.delete(other)).rejects.toThrow(
      `DependencyViolation: resource ${other.id} has a dependent object`,
    );
    await b.client.delete(rule);
    await b.client.delete(other);
  });

  it("waits for the interfaces of a deleted endpoint, and gives up on those that nobody removes", async () => {
    const endpoint = await make(types.endpoint, interfaceEndpoint());
    await expect(b.client.delete(n.group)).rejects.toThrow("has a dependent object (in use by");
    await b.client.delete(endpoint);
    await b.client.delete(n.group);
    const last = b.twin.report().operations.at(-1);
    expect(last).toMatchObject({ operation: "delete", type: types.group });
    expect(last?.waits).toEqual([
      {
        seconds: 15,
        reason: `waited for network interface of the deleted endpoint com.amazonaws.eu-central-1.sts in ${n.a.id}`,
      },
    ]);
    const other = await make(types.group, { vpcId: n.vpc.id });
    b.twin.outOfBand().hold(other.id, "interface of load balancer k8s-ml");
    await expect(b.client.delete(other)).rejects.toThrow(
      `DependencyViolation: resource ${other.id} has a dependent object (held by interface of load balancer k8s-ml)`,
    );
    b.twin.outOfBand().release("interface of load balancer k8s-ml");
    await b.client.delete(other);
  });
});

describe("endpoints", () => {
  it("takes one subnet a zone", async () => {
    const second = await make(types.subnet, {
      vpcId: n.vpc.id,
      cidrBlock: "10.0.9.0/24",
      availabilityZone: "eu-central-1a",
    });
    await expect(make(types.endpoint, interfaceEndpoint({ subnetIds: [n.a.id, second.id] }))).rejects.toThrow(
      `DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of ${second.id}: ${n.a.id} (eu-central-1a)`,
    );
  });

  it("answers private names once in a VPC, and only with the VPC's own DNS", async () => {
    await make(types.endpoint, interfaceEndpoint({ privateDnsEnabled: true }));
    await expect(make(types.endpoint, interfaceEndpoint({ privateDnsEnabled: true }), "two")).rejects.toThrow(
      "private-dns-enabled cannot be set because there is already a conflicting DNS domain for com.amazonaws.eu-central-1.sts",
    );
    const vpc = await make(types.vpc, { cidrBlock: "10.9.0.0/16" }, "mute");
    await expect(
      make(
        types.endpoint,
        { ...interfaceEndpoint({ privateDnsEnabled: true }), vpcId: vpc.id, subnetIds: [] },
        "three",
      ),
    ).rejects.toThrow(
      "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true",
    );
  });

  it.each([
    [
      { serviceName: "com.amazonaws.eu-central-1.kms", vpcEndpointType: "Gateway" },
      "Endpoint type (Gateway) does not match",
    ],
    [
      { serviceName: "com.amazonaws.us-east-1.sts" },
      "The Vpc Endpoint Service 'com.amazonaws.us-east-1.sts' does not exist",
    ],
    [{ subnetIds: ["subnet-0123"] }, "InvalidSubnetId.NotFound: The subnet ID 'subnet-0123' does not exist"],
    [{ securityGroupIds: ["sg-0123"] }, "InvalidGroup.NotFound: The security group 'sg-0123' does not exist"],
    [{ policy: "{}" }, "InvalidPolicyDocument"],
  ])("refuses %o", async (more, message) => {
    await expect(make(types.endpoint, interfaceEndpoint(more))).rejects.toThrow(message);
  });

  it("keeps subnets, groups and tables that it stands in", async () => {
    const gateway = await make(types.endpoint, {
      vpcId: n.vpc.id,
      serviceName: "com.amazonaws.eu-central-1.s3",
      routeTableIds: [n.table.id],
      policy: grant("*", "s3:GetObject", "*"),
    });
    await expect(b.client.delete(n.table)).rejects.toThrow("has dependencies and cannot be deleted");
    expect(gateway.outputs.prefixListId).toMatch(/^pl-[0-9a-f]{8}$/);
  });
});

describe("routes and what is adopted", () => {
  it("associates a subnet with one table", async () => {
    const other = await make(types.table, { vpcId: n.vpc.id });
    await expect(make(types.association, { routeTableId: other.id, subnetId: n.a.id })).rejects.toThrow(
      `Resource.AlreadyAssociated: the specified association for route table conflicts with an existing association of ${n.a.id}`,
    );
  });

  it("has one route a destination", async () => {
    const gateway = await make(types.gateway, { vpcId: n.vpc.id });
    const route = { routeTableId: n.table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id };
    await make(types.route, route);
    await expect(make(types.route, route, "two")).rejects.toThrow("RouteAlreadyExists");
    await expect(make(types.gateway, { vpcId: n.vpc.id }, "two")).rejects.toThrow(
      "already has an internet gateway attached",
    );
  });

  it("takes the group of a VPC over, and leaves it where it is when it is given back", async () => {
    const adopted = await make(types.defaultGroup, { vpcId: n.vpc.id });
    expect(adopted.id).toBe(n.vpc.outputs.defaultSecurityGroupId);
    expect(adopted.outputs).toMatchObject({ name: "default", ingress: [], egress: [] });
    await b.client.delete(adopted);
    const again = await make(types.defaultGroup, { vpcId: n.vpc.id }, "again");
    expect(again.id).toBe(adopted.id);
    await expect(make(types.defaultGroup, {}, "none")).rejects.toThrow("No default VPC for this user");
  });

  it("needs a gateway before a public NAT gateway", async () => {
    const address = await make("aws:ec2/eip:Eip", { domain: "vpc" });
    await expect(make("aws:ec2/natGateway:NatGateway", { subnetId: n.a.id, allocationId: address.id })).rejects.toThrow(
      `Gateway.NotAttached: Network ${n.vpc.id} has no Internet gateway attached`,
    );
  });
});
