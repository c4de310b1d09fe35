import { beforeAll, describe, expect, it } from "vitest";
import {
  BucketClass,
  DataBucket,
  type DataBucketArgs,
  GpuNodePool,
  type GpuNodePoolArgs,
  PrivateCluster,
  type PrivateClusterArgs,
} from "../../components";
import { diff } from "../../sandbox/aws/server/diff";
import { typeShape } from "../../sandbox/aws/spec/shapes";
import { entryOf } from "../../sandbox/aws/types";
import { deployFoundation } from "../../stacks/layers/foundation";
import { ACCOUNT_OUTPUTS, read, SHORTEST, type Values } from "../stacks/documents";
import { type Recording, runInProcess } from "../support/instant-engine";
import type { Properties, Registration } from "../support/registration";
import { deviation, keyArn, make, scope, UNKNOWN } from "./support";

/**
 * Inputs whose change replaces what holds state. A property that is new here was not looked at: before it is added, no component may
 * change it for a reason that people would not expect to lose data for.
 */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/vpc:Vpc": ["cidrBlock", "instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength", "region"],
  "aws:ec2/subnet:Subnet": [
    "availabilityZone",
    "availabilityZoneId",
    "cidrBlock",
    "ipv4IpamPoolId",
    "ipv4NetmaskLength",
    "ipv6IpamPoolId",
    "ipv6Native",
    "ipv6NetmaskLength",
    "outpostArn",
    "region",
    "vpcId",
  ],
  "aws:kms/key:Key": ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "region", "xksKeyId"],
  "aws:eks/cluster:Cluster": [
    "accessConfig.bootstrapClusterCreatorAdminPermissions",
    "bootstrapSelfManagedAddons",
    "computeConfig.nodeRoleArn",
    "encryptionConfig",
    "kubernetesNetworkConfig.ipFamily",
    "kubernetesNetworkConfig.serviceIpv4Cidr",
    "name",
    "outpostConfig.controlPlaneInstanceType",
    "outpostConfig.controlPlanePlacement.groupName",
    "region",
    "roleArn",
  ],
  "aws:s3/bucket:Bucket": [
    "bucket",
    "bucketNamespace",
    "bucketPrefix",
    "objectLockConfiguration.objectLockEnabled",
    "objectLockEnabled",
    "region",
  ],
  "aws:eks/nodeGroup:NodeGroup": [
    "amiType",
    "capacityType",
    "clusterName",
    "diskSize",
    "instanceTypes",
    "launchTemplate.id",
    "launchTemplate.name",
    "nodeGroupName",
    "nodeGroupNamePrefix",
    "nodeRoleArn",
    "region",
    "remoteAccess",
    "remoteAccess.ec2SshKey",
    "remoteAccess.sourceSecurityGroupIds",
    "subnetIds",
  ],
  "aws:ec2/launchTemplate:LaunchTemplate": ["name", "namePrefix", "region"],
};

/** What is lost for good, or with all that runs in it, when it is replaced. */
const KEPT = ["Vpc", "Subnet", "Key", "Cluster", "Bucket"];

describe("what replaces a resource that holds state", () => {
  it.each(Object.entries(REPLACING))("%s", (type, properties) => {
    const own = (entryOf(type)?.replaces ?? []).map(({ property }) => property);
    const all = new Set(["region", ...(typeShape(type)?.replaces ?? []), ...own]);
    expect([...all].sort()).toEqual(properties);
  });
});

const lastPart = (type: string): string => type.split(":").at(-1) ?? type;

/** Resources of these types that the change replaces, as `Type name`. */
function replaced(before: Recording, after: Recording, types = Object.keys(REPLACING)): string[] {
  const next = new Map(after.registrations.map((registration) => [registration.urn, registration]));
  return before.registrations
    .filter(({ type, urn }) => types.includes(type) && next.has(urn))
    .filter((old) => isReplaced(old, next.get(old.urn) as Registration))
    .map(({ type, name }) => `${lastPart(type)} ${name}`)
    .sort();
}

function isReplaced(old: Registration, next: Registration): boolean {
  const { type } = old;
  const [before, after] = [known(old.inputs), known(next.inputs)];
  const subject = { type, entry: entryOf(type), oldInputs: before, oldOutputs: before, news: after, ignored: [] };
  return diff(subject).changes.some(({ replaces }) => replaces);
}

/** What both runs know only later is the same in both: the twin would take it for anything. */
function known(inputs: Properties): Properties {
  return JSON.parse(JSON.stringify(inputs).replaceAll(UNKNOWN, "known-later")) as Properties;
}

const BASE: Values = {
  ...SHORTEST.foundation,
  network: { ...(SHORTEST.foundation.network as Values), zones: ["eu-central-1a", "eu-central-1b"] },
  gpuPools: [{ name: "inference", instanceType: "g6.xlarge", minSize: 1, maxSize: 4 }],
  buckets: [{ name: "datasets", class: "dataset" }],
};

async function foundation(change: Values): Promise<Recording> {
  const result = read({ ...BASE, ...change });
  if (!result.ok) throw new Error(result.problems.map(({ path, reason }) => `${path}: ${reason}`).join("\n"));
  const { settings } = result;
  if (settings.layer !== "foundation") throw new Error("not a foundation");
  const stackOutputs = { "dev-account": ACCOUNT_OUTPUTS };
  return runInProcess(() => deployFoundation(settings), { preview: true, stackOutputs });
}

const first = (key: string, more: Values): Values => ({
  [key]: (BASE[key] as Values[]).map((each, index) => (index === 0 ? { ...each, ...more } : each)),
});
const network = (more: Values): Values => ({ network: { ...(BASE.network as Values), ...more } });

/** Each of them, all at once: a tag, retention of logs, a desired size, the release of an image, a zone, a pool and a bucket more. */
const ROUTINE: Values = {
  owner: "another-team",
  logs: { retentionDays: 365 },
  ...first("nodePools", { desiredSize: 4, releaseVersion: "1.58.1-c5c37032" }),
  ...network({ zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"] }),
  gpuPools: [...(BASE.gpuPools as Values[]), { name: "more", instanceType: "g6.xlarge", minSize: 0, maxSize: 1 }],
  buckets: [...(BASE.buckets as Values[]), { name: "models", class: "model" }],
};

describe("a change of the foundation's settings", () => {
  let before: Recording;
  beforeAll(async () => {
    before = await foundation({});
  });

  it("replaces no network, key, cluster or bucket where it is part of daily work", async () => {
    const after = await foundation(ROUTINE);
    expect(after.registrations.length).toBeGreaterThan(before.registrations.length);
    expect(replaced(before, after).filter((name) => KEPT.includes(name.split(" ")[0] as string))).toEqual([]);
  });

  it("is seen to replace where it does", async () => {
    const all = replaced(before, await foundation(network({ cidr: "10.30.0.0/16" })));
    expect(all).toContain("Vpc dev-network");
    expect(all.filter((name) => name.startsWith("Subnet"))).toHaveLength(6);
  });
});

const cluster: PrivateClusterArgs = {
  ...scope,
  version: "1.34",
  controlPlaneSubnetIds: ["subnet-a", "subnet-b"],
  secretsKeyArn: keyArn,
  logKeyArn: keyArn,
  today: "2026-11-24",
};
const gpu: GpuNodePoolArgs = {
  ...scope,
  clusterName: "test",
  clusterVersion: "1.35",
  volumeKeyArn: keyArn,
  minSize: 0,
  maxSize: 4,
  subnetIds: ["subnet-a"],
  instanceType: "p5.48xlarge",
  amiType: "AL2023_x86_64_NVIDIA",
};
const role = "arn:aws:iam::111122223333:role/research";

const clusterRun = async (more: Partial<PrivateClusterArgs>): Promise<Recording> =>
  (await make("PrivateCluster", () => new PrivateCluster("test", { ...cluster, ...more }))).recording;
const poolRun = async (more: Partial<GpuNodePoolArgs>): Promise<Recording> =>
  (await make("GpuNodePool", () => new GpuNodePool("test-gpu", { ...gpu, ...more }))).recording;

const bucketRun = async (more: Partial<DataBucketArgs>): Promise<Recording> => {
  const args = { ...scope, bucketClass: BucketClass.Scratch, keyArn };
  return (await make("DataBucket", () => new DataBucket("test-data", { ...args, ...more }))).recording;
};

describe("a change of a component's arguments", () => {
  it("never replaces a bucket, nor its lock: S3 takes one in place", async () => {
    const changes: Partial<DataBucketArgs>[] = [
      { bucketClass: "model" },
      { bucketClass: "model", retentionDays: 90, confirmedRetentionDays: 90 },
      { bucketClass: "dataset", accessLogBucket: "logs", minimumTlsVersion: "1.3" },
      { bucketClass: "checkpoint", expireAfterDays: 30 },
      {},
    ];
    const runs = await Promise.all(changes.map(bucketRun));
    const types = ["aws:s3/bucket:Bucket", "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"];
    for (const [index, after] of runs.slice(1).entries()) {
      expect(replaced(runs[index] as Recording, after, types)).toEqual([]);
    }
  });

  it("never replaces the cluster, nor a key or log group beside it", async () => {
    const after = await clusterRun({
      version: "1.35",
      extendedSupport: deviation,
      publicAccess: { cidrs: ["203.0.113.0/24"], deviation },
      controlPlaneEgressMode: "CUSTOMER_ROUTED",
      zonalShift: false,
      accessEntries: [{ roleArn: role, level: "view" }],
      warmTargets: { minimumIps: 10 },
      serviceAccountRoles: true,
      addons: [{ name: "aws-guardduty-agent" }],
      deletionProtection: false,
    });
    expect(replaced(await clusterRun({}), after)).toEqual([]);
  });

  it.each<[string, Partial<GpuNodePoolArgs>, boolean]>([
    [
      "release, partitions, devices, reservation, disk, tags, labels, size",
      {
        releaseVersion: "1.35.1-20260714",
        migProfiles: ["1g.10gb"],
        deviceManagement: "dra",
        capacityReservationId: "cr-02168da1478b509e0",
        diskGiB: 500,
        tags: { team: "ml" },
        labels: { "example.com/team": "ml" },
        maxSize: 8,
      },
      false,
    ],
    ["EFA", { efa: true, vpcId: "vpc-1", clusterSecurityGroupId: "sg-1" }, false],
    ["Capacity Block", { capacityBlockId: "cr-02168da1478b509e0" }, true],
    ["instance type", { instanceType: "p5en.48xlarge" }, true],
    ["kind of image", { amiType: "BOTTLEROCKET_x86_64_NVIDIA" }, true],
    ["subnet", { subnetIds: ["subnet-b"] }, true],
  ])("of a pool's %s replaces its nodes where EKS cannot change them: %#", async (_name, change, replaces) => {
    const all = replaced(await poolRun({}), await poolRun(change));
    expect(all).toEqual(replaces ? ["NodeGroup test-gpu"] : []);
  });
});
