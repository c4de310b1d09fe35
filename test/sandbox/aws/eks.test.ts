import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, bench, type Made, type Values } from "./client";
import { trust } from "./documents";
import { clusterInputs, type Ground, ground, nodeGroupInputs, types } from "./ground";

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

describe("a cluster", () => {
  it("comes with an identity, a security group and a log group", async () => {
    const made = await cluster({ enabledClusterLogTypes: ["audit"] });
    expect(made.outputs).toMatchObject({
      arn: "arn:aws:eks:eu-central-1:123456789012:cluster/ml",
      endpoint: expect.stringMatching(/^https:\/\/[0-9A-F]{32}\.gr7\.eu-central-1\.eks\.amazonaws\.com$/),
      status: "ACTIVE",
      vpcConfig: { vpcId: g.vpc.id, clusterSecurityGroupId: expect.stringMatching(/^sg-0/) },
    });
    const account = b.twin.outOfBand();
    expect(account.list(types.group).map((one) => one.outputs.name)).toContainEqual(
      expect.stringMatching(/^eks-cluster-sg-ml-\d+$/),
    );
    await b.client.delete(made);
    expect(account.list(types.group).map((one) => one.outputs.description)).not.toContain(
      "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes",
    );
    expect(b.twin.report().leftovers.map((one) => one.what)).toEqual([
      "aws:cloudwatch/logGroup:LogGroup /aws/eks/ml/cluster, made outside of any stack",
      `network interfaces of the deleted control plane ml in ${g.a.id}, ${g.b.id}`,
    ]);
  });

  it("leaves nothing when its log group is made first and deleted last", async () => {
    const logs = await make(types.logGroup, { name: "/aws/eks/ml/cluster" });
    const made = await cluster({ enabledClusterLogTypes: ["audit"] });
    await b.client.delete(made);
    await b.client.delete(logs);
    expect(b.twin.outOfBand().list(types.logGroup)).toEqual([]);
    const again = await make(types.logGroup, { name: "/aws/eks/ml/cluster" }, "two");
    await cluster({ enabledClusterLogTypes: ["audit"] });
    await b.client.delete(again);
    expect(
      b.twin
        .outOfBand()
        .list(types.logGroup)
        .map((one) => one.urn),
    ).toEqual([undefined]);
  });

  it.each([
    [{ version: "1.20" }, "InvalidParameterException: unsupported Kubernetes version 1.20"],
    [{ name: "-ml" }, "The name of the cluster can only contain alphanumeric characters"],
    [{ roleArn: "arn:aws:iam::123456789012:role/none" }, "could not be assumed because it does not exist"],
    [
      {
        encryptionConfig: {
          provider: { keyArn: "arn:aws:kms:eu-central-1:123456789012:key/none" },
          resources: ["secrets"],
        },
      },
      "The keyArn in encryptionConfig provider is invalid",
    ],
  ])("refuses %o", async (more, message) => {
    await expect(cluster(more)).rejects.toThrow(message);
  });

  it("refuses a network in which it could not stand", async () => {
    const config = (values: Values) => ({ vpcConfig: { endpointPrivateAccess: true, ...values } });
    await expect(cluster(config({ subnetIds: [g.a.id] }))).rejects.toThrow(
      "Subnets specified must be in at least two different AZs",
    );
    await expect(cluster(config({ subnetIds: [g.a.id, "subnet-0123"] }))).rejects.toThrow(
      "The subnet ID 'subnet-0123' does not exist",
    );
    await expect(
      cluster({
        vpcConfig: { subnetIds: [g.a.id, g.b.id], endpointPrivateAccess: false, endpointPublicAccess: false },
      }),
    ).rejects.toThrow("Private and public endpoint access cannot be false");
  });

  it("refuses a role that EKS cannot use", async () => {
    await expect(cluster({ roleArn: g.nodeRole.outputs.arn })).rejects.toThrow("the trusted entity is not correct");
    const bare = await make(types.role, { assumeRolePolicy: trust("eks.amazonaws.com") });
    await expect(cluster({ roleArn: bare.outputs.arn })).rejects.toThrow(
      "doesn't have the Amazon EKS Managed Policies associated with it",
    );
  });

  it("goes one version up and never down, and leaves the config map for good", async () => {
    const made = await cluster({ version: "1.33" });
    const change = (more: Values) => b.client.update(made, clusterInputs(g, { version: "1.33", ...more }));
    await expect(change({ version: "1.35" })).rejects.toThrow(
      "unsupported Kubernetes version update from 1.33 to 1.35",
    );
    await expect(change({ version: "1.32" })).rejects.toThrow(
      "unsupported Kubernetes version update from 1.33 to 1.32",
    );
    expect((await change({ version: "1.34" })).outputs.version).toBe("1.34");
    await expect(
      b.client.update(made, clusterInputs(g, { version: "1.34", accessConfig: { authenticationMode: "CONFIG_MAP" } })),
    ).rejects.toThrow("Unsupported authentication mode update from API to CONFIG_MAP");
  });

  it("is deleted when nothing is attached and it is not protected", async () => {
    const made = await cluster({ deletionProtection: true });
    await expect(cluster()).rejects.toThrow("ResourceInUseException: Cluster already exists with name: ml");
    await expect(b.client.delete(made)).rejects.toThrow("Cluster deletion protection is enabled");
    const open = await b.client.update(made, clusterInputs(g, { deletionProtection: false }));
    const group = await nodes();
    await expect(b.client.delete(open)).rejects.toThrow("ResourceInUseException: Cluster has nodegroups attached");
    await expect(b.client.delete(g.a)).rejects.toThrow("DependencyViolation");
    await b.client.delete(group);
    await b.client.delete(open);
  });
});

describe("access", () => {
  const entry = (more: Values = {}, name = "one") =>
    make(types.entry, { clusterName: "ml", principalArn: g.podRole.outputs.arn, ...more }, name);

  it("is given to what exists, once, and not in the mode of the config map", async () => {
    await cluster();
    await expect(entry({ principalArn: "arn:aws:iam::123456789012:role/none" })).rejects.toThrow(
      "The specified principalArn is invalid: invalid principal.",
    );
    await expect(entry({ kubernetesGroups: ["system:masters"] })).rejects.toThrow(
      "The kubernetes group name system:masters is invalid, it cannot start with system:",
    );
    await entry();
    await expect(entry({}, "two")).rejects.toThrow(
      "The specified access entry resource is already in use on this cluster.",
    );
    await make(
      types.cluster,
      clusterInputs(g, { name: "old", accessConfig: { authenticationMode: "CONFIG_MAP" } }),
      "old",
    );
    await expect(entry({ clusterName: "old" }, "three")).rejects.toThrow(
      "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    );
  });

  it("is there already for who made the cluster, and for the role of nodes", async () => {
    await b.end();
    b = await bench(
      {},
      {
        region: "eu-central-1",
        assumeRoles: JSON.stringify([{ roleArn: "arn:aws:iam::123456789012:role/deploy" }]),
      },
    );
    g = await ground(b.client);
    const deploy = await make(types.role, { name: "deploy", assumeRolePolicy: trust("ec2.amazonaws.com") }, "deploy");
    await cluster({ accessConfig: { authenticationMode: "API" } });
    await expect(entry({ principalArn: deploy.outputs.arn })).rejects.toThrow("already in use on this cluster");
    await nodes();
    await expect(entry({ principalArn: g.nodeRole.outputs.arn, type: "EC2_LINUX" }, "two")).rejects.toThrow(
      "already in use on this cluster",
    );
  });

  it("associates policies that exist with entries that exist", async () => {
    await cluster();
    const policy = (more: Values) =>
      make(types.entryPolicy, {
        clusterName: "ml",
        principalArn: g.podRole.outputs.arn,
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        accessScope: { type: "cluster" },
        ...more,
      });
    await expect(policy({})).rejects.toThrow("The specified principalArn could not be found.");
    await entry();
    await expect(policy({ policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" })).rejects.toThrow(
      "The policyArn parameter format is not valid",
    );
    await expect(policy({ accessScope: { type: "namespace" } })).rejects.toThrow("Namespaces must be specified");
    await policy({});
  });

  it("gives pods identities that they can take", async () => {
    await cluster();
    const identity = (more: Values, name = "one") =>
      make(
        "aws:eks/podIdentityAssociation:PodIdentityAssociation",
        { clusterName: "ml", namespace: "ml", serviceAccount: "train", roleArn: g.podRole.outputs.arn, ...more },
        name,
      );
    await expect(identity({ roleArn: g.nodeRole.outputs.arn })).rejects.toThrow("it must allow pods.eks.amazonaws.com");
    await identity({});
    await expect(identity({}, "two")).rejects.toThrow(
      /ResourceInUseException: Association already exists: a-[0-9a-f]{17}/,
    );
  });

  it("installs add-ons that exist, in versions of their form", async () => {
    await cluster();
    const addon = (more: Values, name = "one") =>
      make(types.addon, { clusterName: "ml", addonName: "coredns", ...more }, name);
    await expect(addon({ addonName: "core-dns" })).rejects.toThrow("Addon core-dns specified is not supported");
    await expect(addon({ addonName: "kube-proxy", addonVersion: "v1.33.3-eksbuild.10" })).rejects.toThrow(
      "Addon version specified is not supported (v1.33.3-eksbuild.10 on Kubernetes 1.35)",
    );
    await expect(addon({ configurationValues: "{" })).rejects.toThrow(
      "ConfigurationValue provided in request is not supported",
    );
    await addon({});
    await expect(addon({}, "two")).rejects.toThrow("Addon already exists.");
  });
});

it("is in the chain of what names the security group that came with it", async () => {
  const made = await cluster();
  const group = (made.outputs.vpcConfig as Values).clusterSecurityGroupId;
  const launch = await template({ vpcSecurityGroupIds: [group] });
  expect(
    b.twin
      .report()
      .criticalPath.map((step) => step.urn)
      .slice(-2),
  ).toEqual([made.urn, launch.urn]);
});
