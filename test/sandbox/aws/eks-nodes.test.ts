import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, bench, type Made, type Values } from "./client";
import { keyPolicy, scalingRole, trust } from "./documents";
import { clusterInputs, type Ground, ground, network, nodeGroupInputs, types } from "./ground";

let b: Bench;
let g: Ground;
beforeEach(async () => {
  b = await bench();
  g = await ground(b.client);
});
afterEach(() => b.end());

const make = (type: string, inputs: Values, name = "one"): Promise<Made> => b.client.create(type, name, inputs);
const cluster = (more: Values = {}): Promise<Made> => make(types.cluster, clusterInputs(g, more), "ml");
const nodes = (more: Values = {}, name = "gpu"): Promise<Made> => make(types.nodeGroup, nodeGroupInputs(g, more), name);
const template = (more: Values = {}): Promise<Made> => make(types.template, { name: "gpu", ...more });
const at = (one: Made): Values => ({ id: one.id, version: "1" });
const arn = (one: Made): string => String(one.outputs.arn);

describe("a node group", () => {
  beforeEach(async () => {
    await cluster();
  });

  const failing = async (work: Promise<Made>): Promise<string> => {
    try {
      await work;
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error("it did not fail");
  };

  it.each([
    [{ clusterName: "none" }, "ResourceNotFoundException: No cluster found for name: none."],
    [
      { scalingConfig: { minSize: 2, desiredSize: 1, maxSize: 2 } },
      "Minimum capacity 2 can't be greater than desired size 1",
    ],
    [
      { scalingConfig: { minSize: 1, desiredSize: 3, maxSize: 2 } },
      "desired capacity 3 can't be greater than max size 2",
    ],
    [{ subnetIds: ["subnet-0123"] }, "The subnet ID 'subnet-0123' does not exist"],
    [
      { instanceTypes: ["g5g.xlarge"], amiType: "AL2023_x86_64_NVIDIA" },
      "[g5g.xlarge] is not a valid instance type for requested amiType AL2023_x86_64_NVIDIA",
    ],
    [{ launchTemplate: { id: "lt-0123", version: "1" } }, "Launch template lt-0123 could not be found."],
    [
      {
        taints: [
          { key: "a", effect: "NO_SCHEDULE" },
          { key: "a", effect: "NO_SCHEDULE" },
        ],
      },
      "Duplicate taint a:NO_SCHEDULE",
    ],
  ])("refuses %o", async (more, message) => {
    await expect(nodes(more)).rejects.toThrow(message);
  });

  it("refuses a role of another service and a subnet of another VPC", async () => {
    await expect(nodes({ nodeRoleArn: g.clusterRole.outputs.arn })).rejects.toThrow(
      "Following required service principals [ec2.amazonaws.com] were not found in the trust relationships",
    );
    const other = await network(b.client);
    await expect(nodes({ subnetIds: [other.a.id] })).rejects.toThrow("is not in the VPC of the cluster");
  });

  it.each([
    [{}, { diskSize: 100 }, "Disk size must be specified within the launch template."],
    [{ instanceType: "g6.xlarge" }, { instanceTypes: ["g6.xlarge"] }, "not in both"],
    [{ iamInstanceProfile: { name: "x" } }, {}, "Launch template should not specify an instance profile."],
    [{ imageId: "ami-0123" }, { amiType: "AL2023_x86_64_NVIDIA" }, "You cannot specify an AMI Type other than CUSTOM"],
    [{ imageId: "ami-0123" }, { version: "1.35" }, "when using custom AMIs"],
    [{}, { amiType: "CUSTOM" }, "Launch template must specify an image id"],
    [
      {},
      { capacityType: "CAPACITY_BLOCK" },
      "CAPACITY_BLOCK and a launch template with the market type capacity-block",
    ],
    [
      { instanceMarketOptions: { marketType: "capacity-block" } },
      { capacityType: "CAPACITY_BLOCK" },
      "must specify a capacity reservation id",
    ],
  ])("refuses a launch template %o with %o", async (inputs, more, message) => {
    const made = await template(inputs);
    await expect(nodes({ launchTemplate: at(made), ...more })).rejects.toThrow(message);
  });

  it("refuses a version that the launch template does not have", async () => {
    const made = await template();
    await expect(nodes({ launchTemplate: { id: made.id, version: "2" } })).rejects.toThrow(
      `Could not find the specified version 2 of the launch template ${made.id}`,
    );
    await b.client.update(made, { name: "gpu", instanceType: "g6.xlarge" });
    expect((await nodes({ launchTemplate: { id: made.id, version: "2" } })).outputs.status).toBe("ACTIVE");
  });

  it("stays without nodes when its role lacks what nodes need", async () => {
    const role = await make(types.role, { assumeRolePolicy: trust("ec2.amazonaws.com") });
    const message = await failing(nodes({ nodeRoleArn: role.outputs.arn }));
    expect(message).toContain("may not ec2:DescribeInstances (AmazonEKSWorkerNodePolicy is not attached)");
    expect(message).toContain("may not ecr:GetAuthorizationToken");
    const [group] = b.twin.outOfBand().list(types.nodeGroup);
    expect(group?.outputs.status).toBe("CREATE_FAILED");
  });

  it("stays without nodes when the launcher cannot use the key of their disks", async () => {
    const key = await make(types.key, { policy: keyPolicy() });
    const disk = await template({ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { kmsKeyId: arn(key) } }] });
    expect(await failing(nodes({ launchTemplate: at(disk) }))).toContain(
      `Client.InternalError: Client error on launch. The policy of key ${arn(key)} does not let AWSServiceRoleForAutoScaling use it.`,
    );
    await make(types.keyPolicy, { keyId: key.id, policy: keyPolicy({ AWS: scalingRole }) });
    expect((await nodes({ launchTemplate: at(disk) }, "again")).outputs.status).toBe("ACTIVE");
  });

  it("stays without nodes when they do not match their reservation", async () => {
    const reservation = await make("aws:ec2/capacityReservation:CapacityReservation", {
      availabilityZone: "eu-central-1b",
      instanceCount: 1,
      instancePlatform: "Linux/UNIX",
      instanceType: "g6.xlarge",
    });
    const target = { capacityReservationTarget: { capacityReservationId: reservation.id } };
    const launch = await template({ instanceType: "g6.2xlarge", capacityReservationSpecification: target });
    const sizes = (desiredSize: number) => ({ scalingConfig: { minSize: 0, desiredSize, maxSize: 2 } });
    expect(await failing(nodes({ launchTemplate: at(launch), ...sizes(2) }))).toContain(
      `does not match the reservation ${reservation.id}: it holds g6.xlarge, not g6.2xlarge; it is in eu-central-1b, not eu-central-1a; it holds 1 instances, not 2.`,
    );
    const right = await make(
      types.template,
      { instanceType: "g6.xlarge", capacityReservationSpecification: target },
      "right",
    );
    const made = await nodes({ launchTemplate: at(right), subnetIds: [g.b.id], ...sizes(1) }, "again");
    expect(made.outputs.status).toBe("ACTIVE");
  });

  it("asks the SDK to keep what did not become ready", async () => {
    const role = await make(types.role, { assumeRolePolicy: trust("ec2.amazonaws.com") });
    const error = (await nodes({ nodeRoleArn: role.outputs.arn }).catch((caught: unknown) => caught)) as {
      metadata: { get(name: string): Uint8Array[] };
    };
    expect(Buffer.from(error.metadata.get("grpc-status-details-bin")[0] ?? []).toString("latin1")).toContain(
      "pulumirpc.ErrorResourceInitFailed",
    );
  });

  it("needs no nodes to join when it has none", async () => {
    const role = await make(types.role, { assumeRolePolicy: trust("ec2.amazonaws.com") });
    const empty = { minSize: 0, desiredSize: 0, maxSize: 1 };
    expect((await nodes({ nodeRoleArn: role.outputs.arn, scalingConfig: empty })).outputs.status).toBe("ACTIVE");
  });
});

describe("nodes and the network", () => {
  it("do not become ready before the network plugin", async () => {
    await cluster({ bootstrapSelfManagedAddons: false });
    await expect(nodes()).rejects.toThrow("cni plugin not initialized");
    await make(types.addon, { clusterName: "ml", addonName: "vpc-cni" });
    await nodes({}, "second");
  });

  it("do not join from a subnet with no way out and no endpoints", async () => {
    await cluster();
    const lonely = await make(types.subnet, { vpcId: g.vpc.id, cidrBlock: "10.0.5.0/24" });
    const table = await make(types.table, { vpcId: g.vpc.id });
    await make(types.association, { subnetId: lonely.id, routeTableId: table.id });
    const inside = (name: string) => nodes({ subnetIds: [lonely.id] }, name);
    await expect(inside("one")).rejects.toThrow("has no way out and no endpoint of ec2, ecr.api, ecr.dkr, s3");
    for (const service of ["ec2", "ecr.api", "ecr.dkr"]) {
      await make(
        types.endpoint,
        {
          vpcId: g.vpc.id,
          serviceName: `com.amazonaws.eu-central-1.${service}`,
          vpcEndpointType: "Interface",
          subnetIds: [lonely.id],
        },
        service,
      );
    }
    const gateway = { vpcId: g.vpc.id, serviceName: "com.amazonaws.eu-central-1.s3" };
    const s3 = await make(types.endpoint, gateway, "s3");
    await expect(inside("two")).rejects.toThrow("no endpoint of s3");
    await b.client.update(s3, { ...gateway, routeTableIds: [table.id] });
    expect((await inside("three")).outputs.status).toBe("ACTIVE");
  });
});
