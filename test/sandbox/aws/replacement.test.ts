import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, bench, type Made, type Values } from "./client";
import { keyPolicy, trust } from "./documents";
import { clusterInputs, type Ground, ground, nodeGroupInputs, types } from "./ground";

let b: Bench;
let g: Ground;
beforeAll(async () => {
  b = await bench();
  g = await ground(b.client);
  const cluster = await b.client.create(types.cluster, "ml", clusterInputs(g));
  expect(cluster.id).toBe("ml");
});
afterAll(() => b.end());

interface Case {
  type: string;
  inputs: (g: Ground) => Values;
  /** Changed inputs and the answer to them. */
  changes: [(g: Ground) => Values, Record<string, string>][];
}

const block = (values: Values): Values => ({ vpcConfig: { endpointPrivateAccess: true, ...values } });
const subnets = (ground: Ground): string[] => [ground.a.id, ground.b.id];

/** The main properties of the types that an environment is made of. Sources: the provider's schema flags and code. */
const cases: Case[] = [
  {
    type: types.vpc,
    inputs: () => ({ cidrBlock: "10.8.0.0/16" }),
    changes: [
      [() => ({ cidrBlock: "10.7.0.0/16" }), { cidrBlock: "UPDATE_REPLACE" }],
      [() => ({ enableDnsHostnames: true }), { enableDnsHostnames: "UPDATE" }],
      [() => ({ instanceTenancy: "dedicated" }), { instanceTenancy: "UPDATE_REPLACE" }],
      [() => ({ region: "eu-west-1" }), { region: "UPDATE_REPLACE" }],
    ],
  },
  {
    type: types.subnet,
    inputs: ({ vpc }) => ({ vpcId: vpc.id, cidrBlock: "10.0.9.0/24", availabilityZone: "eu-central-1c" }),
    changes: [
      [() => ({ cidrBlock: "10.0.10.0/24" }), { cidrBlock: "UPDATE_REPLACE" }],
      [() => ({ availabilityZone: "eu-central-1a" }), { availabilityZone: "UPDATE_REPLACE" }],
      [() => ({ mapPublicIpOnLaunch: true }), { mapPublicIpOnLaunch: "UPDATE" }],
      [() => ({ tags: { a: "b" } }), { tags: "ADD", "tagsAll.a": "ADD" }],
    ],
  },
  {
    type: types.group,
    inputs: ({ vpc }) => ({ vpcId: vpc.id, name: "nodes", description: "nodes" }),
    changes: [
      [() => ({ description: "workers" }), { description: "UPDATE_REPLACE" }],
      [() => ({ name: "workers" }), { name: "UPDATE_REPLACE" }],
      [
        () => ({ ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"] }] }),
        { "ingress[0]": "ADD" },
      ],
    ],
  },
  {
    type: types.ingress,
    inputs: ({ group }) => ({
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: 1,
      toPort: 2,
      cidrIpv4: "10.0.0.0/8",
    }),
    changes: [
      [() => ({ cidrIpv4: "10.0.0.0/16" }), { cidrIpv4: "UPDATE" }],
      [({ vpc }) => ({ securityGroupId: vpc.outputs.defaultSecurityGroupId }), { securityGroupId: "UPDATE_REPLACE" }],
    ],
  },
  {
    type: types.endpoint,
    inputs: ({ vpc, a, group }) => ({
      vpcId: vpc.id,
      serviceName: "com.amazonaws.eu-central-1.kms",
      vpcEndpointType: "Interface",
      subnetIds: [a.id],
      securityGroupIds: [group.id],
      privateDnsEnabled: true,
    }),
    changes: [
      [({ b: other }) => ({ subnetIds: [other.id] }), { "subnetIds[0]": "UPDATE" }],
      [(ground) => ({ subnetIds: subnets(ground) }), { "subnetIds[1]": "ADD" }],
      [() => ({ privateDnsEnabled: false }), { privateDnsEnabled: "UPDATE" }],
      [() => ({ serviceName: "com.amazonaws.eu-central-1.sts" }), { serviceName: "UPDATE_REPLACE" }],
    ],
  },
  {
    type: types.flowLog,
    inputs: ({ vpc, bucket }) => ({
      vpcId: vpc.id,
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: bucket.outputs.arn,
    }),
    changes: [
      [() => ({ trafficType: "REJECT" }), { trafficType: "UPDATE_REPLACE" }],
      [() => ({ maxAggregationInterval: 60 }), { maxAggregationInterval: "UPDATE_REPLACE" }],
    ],
  },
  {
    type: types.template,
    inputs: () => ({ name: "gpu", instanceType: "p5.48xlarge", metadataOptions: { httpTokens: "required" } }),
    changes: [
      [() => ({ instanceType: "p5en.48xlarge" }), { instanceType: "UPDATE" }],
      [() => ({ metadataOptions: { httpTokens: "optional" } }), { "metadataOptions.httpTokens": "UPDATE" }],
      [() => ({ name: "other" }), { name: "UPDATE_REPLACE" }],
    ],
  },
  {
    type: types.role,
    inputs: () => ({ name: "trainer", assumeRolePolicy: trust("ec2.amazonaws.com") }),
    changes: [
      [() => ({ assumeRolePolicy: trust("pods.eks.amazonaws.com") }), { assumeRolePolicy: "UPDATE" }],
      [() => ({ name: "other" }), { name: "UPDATE_REPLACE" }],
      [() => ({ path: "/ml/" }), { path: "UPDATE_REPLACE" }],
    ],
  },
  {
    type: types.key,
    inputs: () => ({ description: "data" }),
    changes: [
      [() => ({ enableKeyRotation: true }), { enableKeyRotation: "UPDATE" }],
      [() => ({ policy: keyPolicy() }), { policy: "UPDATE" }],
      [() => ({ multiRegion: true }), { multiRegion: "UPDATE_REPLACE" }],
      [() => ({ customerMasterKeySpec: "RSA_2048" }), { customerMasterKeySpec: "UPDATE_REPLACE" }],
    ],
  },
  {
    type: types.bucket,
    inputs: () => ({ bucket: "models-of-tests" }),
    changes: [
      [() => ({ bucket: "datasets-of-tests" }), { bucket: "UPDATE_REPLACE" }],
      [() => ({ forceDestroy: true }), { forceDestroy: "UPDATE" }],
      [() => ({ objectLockEnabled: true }), { objectLockEnabled: "UPDATE_REPLACE" }],
    ],
  },
  {
    type: types.versioning,
    inputs: ({ bucket }) => ({ bucket: bucket.id, versioningConfiguration: { status: "Enabled" } }),
    changes: [
      [() => ({ versioningConfiguration: { status: "Suspended" } }), { "versioningConfiguration.status": "UPDATE" }],
      [() => ({ bucket: "another" }), { bucket: "UPDATE_REPLACE" }],
      [() => ({ expectedBucketOwner: "123456789012" }), { expectedBucketOwner: "ADD" }],
    ],
  },
  {
    type: types.cluster,
    inputs: (ground) =>
      clusterInputs(ground, {
        name: "train",
        encryptionConfig: { provider: { keyArn: ground.key.outputs.arn }, resources: ["secrets"] },
        ...block({ subnetIds: subnets(ground), endpointPublicAccess: false }),
      }),
    changes: [
      [() => ({ version: "1.36" }), { version: "UPDATE" }],
      [() => ({ deletionProtection: true }), { deletionProtection: "UPDATE" }],
      [
        (ground) => block({ subnetIds: subnets(ground), endpointPublicAccess: true }),
        { "vpcConfig.endpointPublicAccess": "UPDATE" },
      ],
      [() => ({ enabledClusterLogTypes: ["audit"] }), { enabledClusterLogTypes: "ADD" }],
      [() => ({ encryptionConfig: undefined }), { encryptionConfig: "DELETE_REPLACE" }],
      [({ podRole }) => ({ roleArn: podRole.outputs.arn }), { roleArn: "UPDATE_REPLACE" }],
      [
        () => ({ kubernetesNetworkConfig: { serviceIpv4Cidr: "10.100.0.0/16" } }),
        { "kubernetesNetworkConfig.serviceIpv4Cidr": "UPDATE_REPLACE" },
      ],
    ],
  },
  {
    type: types.nodeGroup,
    inputs: (ground) => nodeGroupInputs(ground, { instanceTypes: ["g6.xlarge"], amiType: "AL2023_x86_64_NVIDIA" }),
    changes: [
      [
        () => ({ scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 2 } }),
        { "scalingConfig.desiredSize": "UPDATE" },
      ],
      [() => ({ labels: { pool: "a" } }), { labels: "ADD" }],
      [() => ({ releaseVersion: "1.35.0-20260714" }), { releaseVersion: "UPDATE" }],
      [() => ({ instanceTypes: ["g6.2xlarge"] }), { "instanceTypes[0]": "UPDATE_REPLACE" }],
      [() => ({ amiType: "BOTTLEROCKET_x86_64_NVIDIA" }), { amiType: "UPDATE_REPLACE" }],
      [(ground) => ({ subnetIds: subnets(ground) }), { "subnetIds[1]": "ADD_REPLACE" }],
      [() => ({ capacityType: "SPOT" }), { capacityType: "UPDATE_REPLACE" }],
    ],
  },
  {
    type: types.addon,
    inputs: () => ({ clusterName: "ml", addonName: "vpc-cni", addonVersion: "v1.20.0-eksbuild.1" }),
    changes: [
      [() => ({ addonVersion: "v1.21.1-eksbuild.1" }), { addonVersion: "UPDATE" }],
      [() => ({ addonName: "coredns" }), { addonName: "UPDATE_REPLACE" }],
    ],
  },
  {
    type: types.logGroup,
    inputs: () => ({ name: "/ml/training" }),
    changes: [
      [() => ({ retentionInDays: 30 }), { retentionInDays: "UPDATE" }],
      [() => ({ name: "/ml/other" }), { name: "UPDATE_REPLACE" }],
      [() => ({ logGroupClass: "INFREQUENT_ACCESS" }), { logGroupClass: "UPDATE_REPLACE" }],
    ],
  },
  {
    type: types.repository,
    inputs: () => ({ name: "models" }),
    changes: [
      [() => ({ imageTagMutability: "IMMUTABLE" }), { imageTagMutability: "UPDATE" }],
      [
        () => ({ encryptionConfigurations: [{ encryptionType: "KMS" }] }),
        { "encryptionConfigurations[0].encryptionType": "UPDATE_REPLACE" },
      ],
    ],
  },
  {
    type: "aws:ssm/parameter:Parameter",
    inputs: () => ({ name: "/ml/a", type: "String", value: "x", tier: "Advanced" }),
    changes: [
      [() => ({ value: "y" }), { value: "UPDATE" }],
      [() => ({ tier: "Standard" }), { tier: "UPDATE_REPLACE" }],
    ],
  },
];

describe("what a change of a property does", () => {
  it.each(cases)("$type", async ({ type, inputs, changes }) => {
    const base = inputs(g);
    const made: Made = await b.client.create(type, "changing", base);
    for (const [change, expected] of changes) {
      expect(await b.client.diff(made, { ...base, ...change(g) })).toEqual(expected);
    }
    await b.client.delete(made);
  });

  it("raises a parameter's tier in place and lowers it by replacement", async () => {
    const base = { name: "/ml/b", type: "String", value: "x", tier: "Standard" };
    const made = await b.client.create("aws:ssm/parameter:Parameter", "tier", base);
    expect(await b.client.diff(made, { ...base, tier: "Advanced" })).toEqual({ tier: "UPDATE" });
  });

  it("deletes first where the replacement needs the same name, and only there", async () => {
    const replace = async (base: Values) => {
      const made = await b.client.create(types.group, "named", { vpcId: g.vpc.id, ...base });
      const { inputs } = await b.client.check(types.group, "named", { vpcId: g.vpc.id, ...base, description: "other" });
      const answer = await b.client.diffRaw(made, { ...inputs, name: made.inputs.name });
      await b.client.delete(made);
      return answer;
    };
    expect(await replace({ name: "fixed" })).toMatchObject({ deleteBeforeReplace: true, replaces: ["description"] });
    expect(await replace({})).toMatchObject({ deleteBeforeReplace: false, replaces: ["description"] });
  });

  it("takes two policies that say the same for equal", async () => {
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: { Service: ["ec2.amazonaws.com"] }, Action: "sts:AssumeRole" },
    });
    const same = JSON.stringify({
      Statement: [{ Action: ["sts:AssumeRole"], Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" } }],
      Version: "2012-10-17",
    });
    const made = await b.client.create(types.role, "same", { assumeRolePolicy: policy });
    expect(await b.client.diff(made, { assumeRolePolicy: same })).toEqual({});
    await b.client.delete(made);
  });

  it("knows no difference for what the caller ignores", async () => {
    const made = await b.client.create(types.vpc, "ignored", { cidrBlock: "10.6.0.0/16", tags: { a: "b" } });
    const { inputs } = await b.client.check(types.vpc, "ignored", { cidrBlock: "10.5.0.0/16", tags: { a: "c" } });
    const answer = await b.client.diffRaw(made, inputs, ["cidrBlock", "tags", "tagsAll"]);
    expect(answer.details).toEqual({});
    await b.client.delete(made);
  });
});
