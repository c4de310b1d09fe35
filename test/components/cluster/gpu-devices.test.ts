import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { GpuNodePool, type GpuNodePoolArgs } from "../../../components";
import { keyArn, make, problemsOf, scope } from "../support";

const gpu: GpuNodePoolArgs = {
  ...scope,
  clusterName: "test",
  clusterVersion: "1.35",
  volumeKeyArn: keyArn,
  minSize: 0,
  maxSize: 4,
  subnetIds: ["subnet-a"],
  instanceType: "p5.48xlarge",
};
const efa = { efa: true, vpcId: "vpc-1", clusterSecurityGroupId: "sg-cluster" };
const block = "cr-02168da1478b509e0";
const made = (more: Partial<GpuNodePoolArgs> = {}, preview = true) =>
  make("GpuNodePool", () => new GpuNodePool("test-gpu", { ...gpu, ...more }), { preview });
const userDataOf = async (more: Partial<GpuNodePoolArgs>) => {
  const { userData } = (await made(more)).child("LaunchTemplate").inputs;
  return userData === undefined ? undefined : Buffer.from(userData as string, "base64").toString();
};

describe("a GPU pool in a Capacity Block", () => {
  it("has type, market and reservation in its launch template, and no node before the block starts", async () => {
    const pool = await made({ ...efa, capacityBlockId: block }, false);
    const { networkInterfaces, ...template } = pool.child("LaunchTemplate").inputs as Record<string, unknown[]>;
    expect(template).toMatchObject({
      instanceType: "p5.48xlarge",
      instanceMarketOptions: { marketType: "capacity-block" },
      capacityReservationSpecification: { capacityReservationTarget: { capacityReservationId: block } },
    });
    expect(networkInterfaces).toHaveLength(33);
    expect(template.placement).toBeUndefined();
    const { inputs } = pool.child("NodeGroup");
    expect(inputs).toMatchObject({
      capacityType: "CAPACITY_BLOCK",
      subnetIds: ["subnet-a"],
      scalingConfig: { minSize: 0, maxSize: 4, desiredSize: 0 },
    });
    expect(inputs.instanceTypes).toBeUndefined();
    expect(pool.children.filter((child) => child.includes("PlacementGroup"))).toEqual([]);
  });

  it("refuses another zone also where subnets are known only later", async () => {
    const later = pulumi.output(["subnet-a", "subnet-b"]);
    await expect(made({ capacityBlockId: block, subnetIds: later })).rejects.toThrow(
      /subnetIds is a list of 2: a reservation is in one zone/,
    );
  });
});

describe("a GPU pool in reserved on-demand capacity", () => {
  it("starts nodes there or not at all", async () => {
    const pool = await made({ capacityReservationId: block, minSize: 2 });
    expect(pool.child("LaunchTemplate").inputs).toMatchObject({
      capacityReservationSpecification: {
        capacityReservationPreference: "capacity-reservations-only",
        capacityReservationTarget: { capacityReservationId: block },
      },
    });
    expect(pool.child("NodeGroup").inputs).toMatchObject({
      capacityType: "ON_DEMAND",
      instanceTypes: ["p5.48xlarge"],
    });
  });

  it("takes a resource group of reservations, of several zones", async () => {
    const capacityReservationGroupArn = "arn:aws:resource-groups:eu-central-1:111122223333:group/gpu";
    const pool = await made({ capacityReservationGroupArn, subnetIds: ["subnet-a", "subnet-b"] });
    expect(pool.child("LaunchTemplate").inputs.capacityReservationSpecification).toEqual({
      capacityReservationPreference: "capacity-reservations-only",
      capacityReservationTarget: { capacityReservationResourceGroupArn: capacityReservationGroupArn },
    });
  });
});

describe("devices of a GPU pool", () => {
  it("are whole and counted where nothing else is said, without user data", async () => {
    expect(await userDataOf({})).toBeUndefined();
    expect(await userDataOf({ amiType: "AL2023_x86_64_NVIDIA" })).toBeUndefined();
    expect(await userDataOf({ deviceManagement: "device-plugin" })).toBeUndefined();
  });

  it("are partitioned by Bottlerocket's own settings", async () => {
    expect(await userDataOf({ migProfiles: ["1g.10gb"] })).toBe(
      [
        "[settings.kubelet-device-plugins.nvidia]",
        '"device-partitioning-strategy" = "mig"',
        "",
        "[settings.kubelet-device-plugins.nvidia.mig.profile]",
        '"h100.80gb" = "1g.10gb"',
        "",
      ].join("\n"),
    );
  });

  it("are partitioned before the kubelet starts on Amazon Linux, or the node does not join", async () => {
    const text = (await userDataOf({ amiType: "AL2023_x86_64_NVIDIA", migProfiles: ["3g.40gb", "1g.10gb"] })) ?? "";
    expect(text).toContain("MIME-Version: 1.0\n");
    expect(text).toContain("Content-Type: text/x-shellscript");
    expect(text).toContain("--create-gpu-instance 3g.40gb,1g.10gb --default-compute-instance");
    expect(text).toContain("trap 'systemctl mask --now nodeadm-run.service kubelet.service' ERR");
    const single = (await userDataOf({ amiType: "AL2023_x86_64_NVIDIA", migProfiles: ["3g.40gb"] })) ?? "";
    expect(single).toContain("--create-gpu-instance 3g.40gb,3g.40gb --default-compute-instance");
  });

  it("are claimed, with Bottlerocket's own device plugin off and a label that keeps others off", async () => {
    const dra = { deviceManagement: "dra", releaseVersion: "1.63.0-0a1b2c3d" } as const;
    expect(await userDataOf(dra)).toBe('[settings.kubelet-device-plugins.nvidia]\n"enabled" = false\n');
    expect((await made(dra)).child("NodeGroup").inputs.labels).toMatchObject({ "gabion.dev/device-management": "dra" });
    expect(await userDataOf({ deviceManagement: "dra", amiType: "AL2023_x86_64_NVIDIA" })).toBeUndefined();
  });

  it.each<[Partial<Record<keyof GpuNodePoolArgs, unknown>>, string[]]>([
    [{ capacityBlockId: "block" }, ["capacityBlockId: it is not the id of a capacity reservation"]],
    [
      { capacityBlockId: block, minSize: 1, desiredSize: 1 },
      [
        "minSize: before the block starts and after it ended no node can be launched, and EKS itself scales the pool to 0",
        "desiredSize: before the block starts and after it ended no node can be launched, and EKS itself scales the pool to 0",
      ],
    ],
    [
      { capacityBlockId: block, instanceType: "g6.xlarge" },
      ["capacityBlockId: there are no Capacity Blocks of g6.xlarge"],
    ],
    [
      { capacityReservationId: block, subnetIds: ["a", "b"] },
      ["subnetIds: a reservation is in one zone, and nodes in another would never start"],
    ],
    [
      { capacityBlockId: block, capacityReservationId: block },
      ["capacityReservationId: an instance is launched into one reservation, and capacityBlockId names another"],
    ],
    [{ deviceManagement: "both" }, ["deviceManagement: it is not one of the known values"]],
    [
      { deviceManagement: "dra" },
      [
        "deviceManagement: Bottlerocket can switch its own device plugin off from 1.63 on, and the pool runs 1.58.0-c5c37032",
      ],
    ],
    [
      { deviceManagement: "dra", migProfiles: ["1g.10gb"], releaseVersion: "1.64.0-0a1b2c3d" },
      ["deviceManagement: Bottlerocket partitions GPUs for its own device plugin only, which must be off then"],
    ],
    [{ migProfiles: [] }, ["migProfiles: no partition is named"]],
    [{ migProfiles: ["1g.5gb"] }, ["migProfiles[0]: the H100 of p5.48xlarge has no such profile"]],
    [
      { migProfiles: ["3g.40gb", "1g.10gb"] },
      ["migProfiles: Bottlerocket has one profile for all GPUs of a node and fills them with it"],
    ],
    [
      { migProfiles: ["1g.6gb"], instanceType: "g6.48xlarge" },
      ["migProfiles: g6.48xlarge has no GPU that can be partitioned"],
    ],
    [
      { migProfiles: ["1g.10gb"], ...efa },
      ["migProfiles: collective communication does not work between partitions, so EFA would carry nothing"],
    ],
    [
      { subnetAddresses: 251, maxSize: 3, podsPerNode: 10 },
      [
        "maxSize: 3 nodes of p5.48xlarge with 10 pods each hold 100 addresses each, 300 together, and the subnets have 251",
      ],
    ],
  ])("refuse %o", (wrong, problems) => {
    expect(problemsOf(() => new GpuNodePool("test-gpu", { ...gpu, ...wrong } as GpuNodePoolArgs))).toEqual(problems);
  });
});
