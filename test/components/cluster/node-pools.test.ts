import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { efaInterfaces, instanceTypes } from "gabion-knowledge";
import { beforeAll, describe, expect, it } from "vitest";
import { GpuNodePool, type GpuNodePoolArgs, InputError, NodePool, type NodePoolArgs } from "../../../components";
import { amiTypeProblems, defaultAmiType } from "../../../knowledge/eks/ami-types";
import { errorOf, keyArn, type Made, make, policyOf, problemsOf, scope, UNKNOWN } from "../support";

const common = {
  ...scope,
  clusterName: "test",
  clusterVersion: "1.35",
  volumeKeyArn: keyArn,
  minSize: 2,
  maxSize: 4,
};
const plain: NodePoolArgs = { ...common, subnetIds: ["subnet-a", "subnet-b"], instanceTypes: ["m7i.xlarge"] };
const gpu: GpuNodePoolArgs = { ...common, subnetIds: ["subnet-a", "subnet-b"], instanceType: "g6.xlarge" };
const efa: GpuNodePoolArgs = {
  ...gpu,
  instanceType: "p5.48xlarge",
  subnetIds: ["subnet-a"],
  efa: true,
  vpcId: "vpc-1",
  clusterSecurityGroupId: "sg-cluster",
};
const node = (more: Partial<NodePoolArgs> = {}, preview = true) =>
  make("NodePool", () => new NodePool("test-system", { ...plain, ...more }), { preview });
const accelerated = (args: GpuNodePoolArgs, preview = true) =>
  make("GpuNodePool", () => new GpuNodePool("test-gpu", args), { preview });
const roleParts = (name: string) => [
  `aws:iam/role:Role ${name}-node`,
  `aws:iam/rolePolicyAttachment:RolePolicyAttachment ${name}-AmazonEC2ContainerRegistryPullOnly`,
  `aws:iam/rolePolicyAttachment:RolePolicyAttachment ${name}-AmazonEKSWorkerNodeMinimalPolicy`,
];
const volume = { encrypted: "true", kmsKeyId: keyArn, volumeType: "gp3", deleteOnTermination: "true" };
const metadataOptions = {
  httpEndpoint: "enabled",
  httpTokens: "required",
  httpPutResponseHopLimit: 1,
  instanceMetadataTags: "disabled",
};

describe("NodePool", () => {
  let preview: Made;
  let update: Made;
  beforeAll(async () => {
    [preview, update] = await Promise.all([node(), node({ tags: { team: "ml" } }, false)]);
  });

  it("makes a role, a launch template and a node group", () => {
    expect(preview.children).toEqual([
      "aws:ec2/launchTemplate:LaunchTemplate test-system",
      "aws:eks/nodeGroup:NodeGroup test-system",
      ...roleParts("test-system"),
    ]);
  });

  it("launches nodes with encrypted volumes, tokens for metadata and no way in", () => {
    const tags = { team: "ml", Name: "test-system" };
    expect(update.child("LaunchTemplate").inputs).toEqual({
      description: "Nodes of the pool test-system",
      updateDefaultVersion: true,
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: volume },
        { deviceName: "/dev/xvdb", ebs: { ...volume, volumeSize: 80 } },
      ],
      metadataOptions,
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
      tags: { Name: "test-system" },
    });
  });

  it("pins what nodes run, and leaves the size to whoever scales", () => {
    expect(update.child("NodeGroup").inputs).toEqual({
      clusterName: "test",
      nodeRoleArn: "arn:aws:iam::111122223333:role/test-system-node-0000000",
      subnetIds: ["subnet-a", "subnet-b"],
      instanceTypes: ["m7i.xlarge"],
      amiType: "BOTTLEROCKET_x86_64",
      version: "1.35",
      releaseVersion: "1.58.0-c5c37032",
      capacityType: "ON_DEMAND",
      launchTemplate: { id: "lt-test-system", version: "1" },
      scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 2 },
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
      labels: { "gabion.dev/pool": "test-system" },
      taints: [],
      tags: { Name: "test-system" },
    });
    expect(update.child("NodeGroup").ignoreChanges).toEqual(["scalingConfig.desiredSize"]);
    expect(preview.child("NodeGroup").inputs.launchTemplate).toEqual({ id: UNKNOWN, version: UNKNOWN });
  });

  it("has a role that can join and pull, for as long as there are nodes", () => {
    expect(policyOf(preview.child("Role"), "assumeRolePolicy").Statement).toEqual([
      { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    expect(update.dependsOn(update.child("NodeGroup"))).toEqual([
      "LaunchTemplate test-system",
      "Role test-system-node",
      "RolePolicyAttachment test-system-AmazonEC2ContainerRegistryPullOnly",
      "RolePolicyAttachment test-system-AmazonEKSWorkerNodeMinimalPolicy",
    ]);
    expect(update.outputs).toEqual({
      nodeGroupName: "test-system-0000000",
      nodeRoleArn: "arn:aws:iam::111122223333:role/test-system-node-0000000",
    });
  });

  it("makes the node group wait for what the caller names, down to the last child", async () => {
    class Inner extends pulumi.CustomResource {}
    class Before extends pulumi.ComponentResource {
      constructor() {
        super("test:index:Before", "before");
        new Inner("test:index:Inner", "inner", {}, { parent: this });
        this.registerOutputs();
      }
    }
    for (const wrap of [(before: Before) => before, (before: Before) => [before]]) {
      const pool = await make("NodePool", () => new NodePool("test-system", plain, { dependsOn: wrap(new Before()) }));
      expect(pool.dependsOn(pool.child("NodeGroup"))).toContain("Inner inner");
      expect(pool.dependsOn(pool.component)).toContain("Inner inner");
    }
  });

  it("takes labels, taints, sizes, names and images of its own", async () => {
    const pool = await node({
      poolName: "system",
      labels: { "example.com/team": "ml" },
      taints: [{ key: "dedicated", value: "ci", effect: "NO_EXECUTE" }],
      desiredSize: 3,
      diskGiB: 500,
      amiType: "AL2023_x86_64_STANDARD",
      releaseVersion: "1.35.1-20260714",
    });
    expect(pool.child("NodeGroup").inputs).toMatchObject({
      labels: { "gabion.dev/pool": "system", "example.com/team": "ml" },
      taints: [{ key: "dedicated", value: "ci", effect: "NO_EXECUTE" }],
      scalingConfig: { desiredSize: 3 },
      amiType: "AL2023_x86_64_STANDARD",
      releaseVersion: "1.35.1-20260714",
    });
    expect(pool.child("LaunchTemplate").inputs.blockDeviceMappings).toEqual([
      { deviceName: "/dev/xvda", ebs: { ...volume, volumeSize: 500 } },
    ]);
  });

  it.each<[Partial<Record<keyof NodePoolArgs, unknown>>, string[]]>([
    [{ region: "x" }, ["region: not the code of an AWS Region"]],
    [{ accountId: "x" }, ["accountId: an account id is text of exactly twelve digits"]],
    [{ clusterName: "" }, ["clusterName: it is needed"]],
    [
      { clusterVersion: undefined },
      [
        "clusterVersion: it is needed",
        "releaseVersion: Gabion pins no release of BOTTLEROCKET_x86_64 for Kubernetes undefined",
      ],
    ],
    [{ clusterVersion: "1.31" }, ["releaseVersion: Gabion pins no release of BOTTLEROCKET_x86_64 for Kubernetes 1.31"]],
    [{ volumeKeyArn: "alias/aws/ebs" }, ["volumeKeyArn: it is not the ARN of a KMS key"]],
    [{ volumeKeyArn: undefined }, ["volumeKeyArn: it is needed"]],
    [{ subnetIds: undefined }, ["subnetIds: it is needed"]],
    [{ minSize: -1 }, ["minSize: it is out of range"]],
    [{ maxSize: 451 }, ["maxSize: it is out of range"]],
    [{ minSize: 5 }, ["minSize: it is more than maxSize, which is 4"]],
    [{ desiredSize: 5 }, ["desiredSize: it is outside of minSize and maxSize"]],
    [{ desiredSize: 2.5 }, ["desiredSize: it is out of range"]],
    [{ diskGiB: 10 }, ["diskGiB: it is out of range"]],
    [{ instanceTypes: undefined }, ["instanceTypes: it is needed"]],
    [{ instanceTypes: [] }, ["instanceTypes: nodes need a type"]],
    [{ instanceTypes: ["m7i.giant"] }, ["instanceTypes[0]: the family m7i has no such size"]],
    [{ instanceTypes: ["m7i.xlarge", "m7i.xlarge"] }, ["instanceTypes[1]: it is named twice"]],
    [
      { instanceTypes: ["m7i.xlarge", "m7g.xlarge"] },
      ["instanceTypes[1]: it is arm64, and the first type of the pool is x86_64"],
    ],
    [
      { instanceTypes: ["g6.xlarge"], amiType: "BOTTLEROCKET_x86_64_NVIDIA" },
      ["instanceTypes[0]: it has accelerators (1 x L4)"],
    ],
    [
      { amiType: "AL2_x86_64" },
      ["amiType: Amazon Linux 2 has reached its end of life, and EKS makes no images of it from 1.33 on"],
    ],
    [{ amiType: "CUSTOM" }, ["amiType: an image of your own needs more than its kind"]],
    [{ amiType: "BOTTLEROCKET_ARM_64" }, ["amiType: the image is for arm64 and m7i.xlarge is x86_64"]],
    [{ releaseVersion: "latest" }, ["releaseVersion: it is not the form of a release of BOTTLEROCKET_x86_64"]],
    [
      { amiType: "AL2023_x86_64_STANDARD", releaseVersion: "1.34.2-20260120" },
      ["releaseVersion: it is an image for Kubernetes 1.34, and the pool runs 1.35"],
    ],
    [{ poolName: "a b" }, ["poolName: it is not a value of a label"]],
    [
      { subnetAddresses: 100 },
      [
        "maxSize: 4 nodes of m7i.xlarge with 20 pods each hold 45 addresses each, 180 together, and the subnets have 100",
      ],
    ],
    [{ subnetAddresses: 180 }, []],
    [{ subnetAddresses: 100, warmTargets: { warmIps: 1 }, podsPerNode: 10 }, []],
    [{ subnetAddresses: 0 }, ["subnetAddresses: it is out of range"]],
    [{ podsPerNode: 738 }, ["podsPerNode: it is out of range"]],
    [
      { warmTargets: { warmEnis: 1, warmIps: 1 } },
      ["warmTargets.warmEnis: the CNI ignores it where warmIps or minimumIps is set"],
    ],
    [{ labels: { "a b": "c" } }, ['labels["a b"]: the key is not a label of Kubernetes']],
    [{ labels: { "gabion.dev/pool": "c" } }, ['labels["gabion.dev/pool"]: the key is kept for Gabion or Kubernetes']],
    [
      { labels: { "node.kubernetes.io/x": "c" } },
      ['labels["node.kubernetes.io/x"]: the key is kept for Gabion or Kubernetes'],
    ],
    [{ labels: { team: "a b" } }, ['labels["team"]: the value is not one of a label']],
    [{ taints: [{ key: "a", effect: "Never" }] }, ["taints[0].effect: it is not one of the known values"]],
  ])("refuses %o", async (wrong, problems) => {
    const construct = () => new NodePool("test-system", { ...plain, ...wrong } as NodePoolArgs);
    if (problems.length === 0) await make("NodePool", construct);
    else expect(problemsOf(construct)).toEqual(problems);
  });
});

describe("GpuNodePool", () => {
  it("keeps other pods off and tells workloads what it has", async () => {
    const pool = await accelerated(gpu);
    expect(pool.children).toEqual([
      "aws:ec2/launchTemplate:LaunchTemplate test-gpu",
      "aws:eks/nodeGroup:NodeGroup test-gpu",
      ...roleParts("test-gpu"),
    ]);
    expect(pool.child("NodeGroup").inputs).toMatchObject({
      amiType: "BOTTLEROCKET_x86_64_NVIDIA",
      instanceTypes: ["g6.xlarge"],
      subnetIds: ["subnet-a", "subnet-b"],
      taints: [{ key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" }],
      labels: {
        "gabion.dev/pool": "test-gpu",
        "gabion.dev/accelerator": "l4",
        "gabion.dev/attestation": "none",
        "gabion.dev/device-management": "device-plugin",
        "nvidia.com/gpu.present": "true",
      },
      updateConfig: { maxUnavailable: 1 },
    });
    expect(pool.child("LaunchTemplate").inputs).toMatchObject({ metadataOptions });
    expect(pool.child("LaunchTemplate").inputs.networkInterfaces).toBeUndefined();
    expect(pool.outputs.efaSecurityGroupId).toBeUndefined();
  });

  it("gives pools of AWS's own accelerators their driver, taint and image", async () => {
    const pool = await accelerated({ ...gpu, instanceType: "trn2.48xlarge" });
    expect(pool.child("NodeGroup").inputs).toMatchObject({
      amiType: "AL2023_x86_64_NEURON",
      releaseVersion: "1.35.0-20260129",
      taints: [{ key: "aws.amazon.com/neuron", value: "true", effect: "NO_SCHEDULE" }],
    });
    expect(pool.child("NodeGroup").inputs.labels).not.toHaveProperty(["nvidia.com/gpu.present"]);
  });

  it("gives EFA pools all interfaces of the type, a placement group, and a group for their own traffic", async () => {
    const pool = await accelerated(efa, false);
    expect(pool.children).toEqual([
      "aws:ec2/launchTemplate:LaunchTemplate test-gpu",
      "aws:ec2/placementGroup:PlacementGroup test-gpu",
      "aws:ec2/securityGroup:SecurityGroup test-gpu-efa",
      "aws:eks/nodeGroup:NodeGroup test-gpu",
      ...roleParts("test-gpu"),
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule test-gpu-efa",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule test-gpu-efa",
    ]);
    const { networkInterfaces, placement } = pool.child("LaunchTemplate").inputs as {
      networkInterfaces: Record<string, unknown>[];
      placement: unknown;
    };
    expect(placement).toEqual({ groupName: "test-gpu-0000000" });
    expect(pool.child("PlacementGroup").inputs).toEqual({ strategy: "cluster", tags: { Name: "test-gpu" } });
    const rest = { securityGroups: ["sg-cluster", "sg-test-gpu-efa"], deleteOnTermination: "true" };
    expect(networkInterfaces).toHaveLength(33);
    expect(networkInterfaces.slice(0, 3)).toEqual([
      { networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface", ...rest },
      { networkCardIndex: 0, deviceIndex: 1, interfaceType: "efa-only", ...rest },
      { networkCardIndex: 1, deviceIndex: 0, interfaceType: "efa-only", ...rest },
    ]);
    const itself = {
      securityGroupId: "sg-test-gpu-efa",
      referencedSecurityGroupId: "sg-test-gpu-efa",
      ipProtocol: "-1",
    };
    expect(pool.child("SecurityGroupIngressRule").inputs).toEqual({ ...itself, description: "From nodes of the pool" });
    expect(pool.child("SecurityGroupEgressRule").inputs).toEqual({ ...itself, description: "To nodes of the pool" });
    expect(pool.child("NodeGroup").inputs).toMatchObject({
      subnetIds: ["subnet-a"],
      labels: { "vpc.amazonaws.com/efa.present": "true" },
    });
    expect(pool.outputs.efaSecurityGroupId).toBe("sg-test-gpu-efa");
  });

  it("refuses subnets of several zones for EFA, known now or later", async () => {
    const several = { ...efa, subnetIds: ["subnet-a", "subnet-b"] };
    const reason = "subnetIds: EFA traffic does not leave a zone, so all nodes must be in one subnet";
    expect(problemsOf(() => new GpuNodePool("test-gpu", several))).toEqual([reason]);
    const later = { ...efa, subnetIds: pulumi.output(["subnet-a", "subnet-b"]) };
    await expect(accelerated(later)).rejects.toThrow(
      /GpuNodePool "test-gpu" cannot be made:\n {2}subnetIds is a list of 2/,
    );
  });

  it.each<[Partial<Record<keyof GpuNodePoolArgs, unknown>>, string[]]>([
    [{ instanceType: undefined }, ["instanceType: it is needed"]],
    [{ instanceType: "p5.giant" }, ["instanceType: the family p5 has no such size"]],
    [{ instanceType: "m7i.xlarge" }, ["instanceType: it has no accelerators"]],
    [{ instanceType: "g4ad.xlarge" }, ["amiType: no EKS image has a driver for the Radeon Pro V520 of g4ad.xlarge"]],
    [{ amiType: "BOTTLEROCKET_x86_64" }, ["amiType: g6.xlarge needs an image with the nvidia driver"]],
    [
      { efa: true, subnetIds: ["subnet-a"], vpcId: "vpc-1", clusterSecurityGroupId: "sg-1" },
      ["efa: g6.xlarge has no Elastic Fabric Adapter"],
    ],
    [
      { efa: true, subnetIds: ["subnet-a"], instanceType: "p5.48xlarge" },
      ["vpcId: it is needed", "clusterSecurityGroupId: it is needed"],
    ],
    [{ minSize: undefined }, ["minSize: it is needed"]],
  ])("refuses %o", (wrong, problems) => {
    expect(problemsOf(() => new GpuNodePool("test-gpu", { ...gpu, ...wrong } as GpuNodePoolArgs))).toEqual(problems);
  });

  it("accepts each accelerated type that EKS has an image for, and refuses the others by name", () => {
    const types = [...instanceTypes().values()].filter(({ accelerator }) => accelerator !== undefined);
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.boolean(), (type, wantsEfa) => {
        const wrong = amiTypeProblems(defaultAmiType(type), type).length > 0;
        const noEfa = wantsEfa && efaInterfaces(type).length === 0;
        if (!wrong && !noEfa) return;
        const args = { ...gpu, ...(wantsEfa ? { ...efa } : {}), instanceType: type.name };
        const error = errorOf(() => new GpuNodePool("test-gpu", args));
        expect(error).toBeInstanceOf(InputError);
        expect(error.message).toContain(type.name);
      }),
    );
  });
});
