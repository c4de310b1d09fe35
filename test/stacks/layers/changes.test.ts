import { beforeAll, describe, expect, it } from "vitest";
import { deployFoundation } from "../../../stacks/layers/foundation";
import { type Recording, runInProcess } from "../../support/instant-engine";
import { ACCOUNT_OUTPUTS, deviation, read, SHORTEST, type Values } from "../documents";
import { type Asked, resourcesOf } from "./run-layer";

const BASE: Values = {
  ...SHORTEST.foundation,
  gpuPools: [
    { name: "training", instanceType: "p5.48xlarge", zone: "eu-central-1b", efa: true, minSize: 0, maxSize: 4 },
    { name: "inference", instanceType: "g6.xlarge", minSize: 1, maxSize: 4 },
  ],
  buckets: [
    { name: "datasets", class: "dataset" },
    { name: "models", class: "model" },
  ],
};

async function run(values: Values): Promise<Recording> {
  const result = read(values);
  if (!result.ok) throw new Error(result.problems.map(({ path, reason }) => `${path}: ${reason}`).join("\n"));
  const { settings } = result;
  if (settings.layer !== "foundation") throw new Error("not a foundation");
  return runInProcess(() => deployFoundation(settings), {
    preview: true,
    stackOutputs: { "dev-account": ACCOUNT_OUTPUTS },
  });
}

/** What differs between two runs: names of resources, and for those in both, which inputs or options. */
function difference(before: Record<string, Asked>, after: Record<string, Asked>) {
  const changed: Record<string, string[]> = {};
  for (const [name, old] of Object.entries(before)) {
    const next = after[name];
    if (next === undefined) continue;
    const keys = [...new Set([...Object.keys(old.inputs), ...Object.keys(next.inputs)])].filter(
      (key) => JSON.stringify(old.inputs[key]) !== JSON.stringify(next.inputs[key]),
    );
    if (old.protect !== next.protect) keys.push("(protect)");
    if (keys.length > 0) changed[name] = keys.sort();
  }
  return {
    added: Object.keys(after)
      .filter((name) => !(name in before))
      .sort(),
    removed: Object.keys(before)
      .filter((name) => !(name in after))
      .sort(),
    changed,
  };
}

let before: Record<string, Asked>;

beforeAll(async () => {
  before = resourcesOf(await run(BASE));
});

/** The pools with fields of one of them changed. */
const pool = (key: "nodePools" | "gpuPools", index: number, more: Values): Values => ({
  [key]: (BASE[key] as Values[]).map((each, position) => (position === index ? { ...each, ...more } : each)),
});
const buckets = (index: number, more: Values): Values => ({
  buckets: (BASE.buckets as Values[]).map((each, position) => (position === index ? { ...each, ...more } : each)),
});
const network = (more: Values): Values => ({ network: { ...(BASE.network as Values), ...more } });
const zonal = (zone: string, kinds: Record<string, readonly string[]>) =>
  Object.entries(kinds).flatMap(([type, tiers]) =>
    tiers.map((tier) => `${type} dev-network-${tier === "" ? "" : `${tier}-`}${zone}`),
  );
const tiers = ["control-plane", "endpoint", "workload"];
const each = (names: readonly string[], inputs: string[]) => Object.fromEntries(names.map((name) => [name, inputs]));
const allKeys = ["Key dev-data", "Key dev-logs", "Key dev-secrets", "Key dev-volumes"];
const allPools = ["inference", "system", "training"];
const logGroups = ["LogGroup dev", "LogGroup dev-network-flow-logs", "LogGroup dev-network-query-logs"];

type Expected = Partial<ReturnType<typeof difference>>;

const CHANGES: [string, Values, Expected][] = [
  ["nothing", {}, {}],
  ["logs.retentionDays", { logs: { retentionDays: 365 } }, { changed: each(logGroups, ["retentionInDays"]) }],
  ["keys.rotationDays", { keys: { rotationDays: 90 } }, { changed: each(allKeys, ["rotationPeriodInDays"]) }],
  [
    "keys.deletionWindowDays",
    { keys: { deletionWindowDays: 30 } },
    { changed: each(allKeys, ["deletionWindowInDays"]) },
  ],
  [
    "cluster.version",
    { cluster: { version: "1.34" } },
    {
      changed: {
        "Cluster dev": ["version"],
        ...each(["Addon dev-kube-proxy", "Addon dev-addons-coredns"], ["addonVersion"]),
        ...each(
          allPools.map((name) => `NodeGroup dev-${name}`),
          ["version"],
        ),
      },
    },
  ],
  [
    "cluster.administrators",
    { cluster: { administrators: ["arn:aws:iam::111122223333:role/admin"] } },
    {
      added: ["AccessEntry dev-admin-111122223333-admin", "AccessPolicyAssociation dev-admin-111122223333-admin"],
    },
  ],
  [
    "cluster.publicAccess",
    {
      cluster: { publicAccess: { cidrs: ["203.0.113.0/24"] } },
      deviations: [deviation("eks-public-endpoint")],
    },
    { changed: { "Cluster dev": ["tags", "vpcConfig"] } },
  ],
  [
    "network.cidr",
    network({ cidr: "10.30.0.0/16" }),
    {
      added: ["SecurityGroupIngressRule dev-endpoints-10.30.0.0/16"],
      removed: ["SecurityGroupIngressRule dev-endpoints-10.20.0.0/16"],
      changed: {
        "Vpc dev-network": ["cidrBlock"],
        "NetworkAcl dev-network": ["egress", "ingress"],
        ...each(
          ["a", "b", "c"].flatMap((letter) => zonal(`eu-central-1${letter}`, { Subnet: tiers })),
          ["cidrBlock"],
        ),
      },
    },
  ],
  [
    "network.zones: one more at the end",
    network({ zones: ["eu-central-1a", "eu-central-1b"] }),
    {
      removed: zonal("eu-central-1c", { RouteTable: [""], RouteTableAssociation: tiers, Subnet: tiers }),
      changed: { "NetworkAcl dev-network": ["subnetIds"] },
    },
  ],
  [
    "nodePools[].minSize",
    pool("nodePools", 0, { minSize: 3 }),
    { changed: { "NodeGroup dev-system": ["scalingConfig"] } },
  ],
  [
    "nodePools[].maxSize",
    pool("nodePools", 0, { maxSize: 9 }),
    { changed: { "NodeGroup dev-system": ["scalingConfig"] } },
  ],
  [
    "nodePools[].desiredSize",
    pool("nodePools", 0, { desiredSize: 4 }),
    { changed: { "NodeGroup dev-system": ["scalingConfig"] } },
  ],
  [
    "nodePools[].instanceTypes",
    pool("nodePools", 0, { instanceTypes: ["m7i.2xlarge"] }),
    { changed: { "NodeGroup dev-system": ["instanceTypes"] } },
  ],
  [
    "nodePools[].diskGiB",
    pool("nodePools", 0, { diskGiB: 300 }),
    { changed: { "LaunchTemplate dev-system": ["blockDeviceMappings"] } },
  ],
  [
    "nodePools[].amiType",
    pool("nodePools", 0, { amiType: "AL2023_x86_64_STANDARD" }),
    {
      changed: {
        "LaunchTemplate dev-system": ["blockDeviceMappings"],
        "NodeGroup dev-system": ["amiType", "releaseVersion"],
      },
    },
  ],
  [
    "nodePools[].releaseVersion",
    pool("nodePools", 0, { releaseVersion: "1.58.1-c5c37032" }),
    { changed: { "NodeGroup dev-system": ["releaseVersion"] } },
  ],
  [
    "gpuPools[].instanceType",
    pool("gpuPools", 1, { instanceType: "g6.2xlarge" }),
    { changed: { "NodeGroup dev-inference": ["instanceTypes"] } },
  ],
  [
    "gpuPools[].efa",
    pool("gpuPools", 0, { efa: false }),
    {
      removed: [
        "PlacementGroup dev-training",
        "SecurityGroup dev-training-efa",
        "SecurityGroupEgressRule dev-training-efa",
        "SecurityGroupIngressRule dev-training-efa",
      ],
      changed: {
        "LaunchTemplate dev-training": ["networkInterfaces", "placement"],
        "NodeGroup dev-training": ["labels"],
      },
    },
  ],
  [
    "gpuPools: one less",
    { gpuPools: (BASE.gpuPools as Values[]).slice(0, 1) },
    {
      removed: [
        "LaunchTemplate dev-inference",
        "NodeGroup dev-inference",
        "Role dev-inference-node",
        "RolePolicyAttachment dev-inference-AmazonEC2ContainerRegistryPullOnly",
        "RolePolicyAttachment dev-inference-AmazonEKSWorkerNodeMinimalPolicy",
      ],
    },
  ],
  [
    "buckets: one more",
    { buckets: [...(BASE.buckets as Values[]), { name: "checkpoints", class: "checkpoint" }] },
    {
      added: [
        "Bucket dev-checkpoints",
        "BucketLifecycleConfiguration dev-checkpoints",
        "BucketOwnershipControls dev-checkpoints",
        "BucketPolicy dev-checkpoints",
        "BucketPublicAccessBlock dev-checkpoints",
        "BucketServerSideEncryptionConfiguration dev-checkpoints",
        "BucketVersioning dev-checkpoints",
      ],
    },
  ],
  [
    "buckets[].noncurrentDays",
    buckets(0, { noncurrentDays: 99 }),
    { changed: { "BucketLifecycleConfiguration dev-datasets": ["rules"] } },
  ],
  [
    "buckets[].class",
    buckets(0, { class: "scratch" }),
    { changed: { "Bucket dev-datasets": ["tags"], "BucketLifecycleConfiguration dev-datasets": ["rules"] } },
  ],
  [
    "deletionProtection",
    { deletionProtection: true },
    {
      changed: {
        ...each([...allKeys, "Bucket dev-datasets", "Bucket dev-models"], ["(protect)"]),
        "Cluster dev": ["(protect)", "deletionProtection"],
      },
    },
  ],
  [
    "assurance",
    { assurance: "regulated" },
    {
      added: ["Addon dev-aws-guardduty-agent"],
      changed: {
        ...each(allKeys, ["(protect)", "deletionWindowInDays", "rotationPeriodInDays"]),
        ...each(["Bucket dev-datasets", "Bucket dev-models"], ["(protect)"]),
        ...each(["BucketLifecycleConfiguration dev-datasets", "BucketLifecycleConfiguration dev-models"], ["rules"]),
        ...each(logGroups, ["retentionInDays"]),
        "Cluster dev": ["(protect)", "deletionProtection"],
      },
    },
  ],
  [
    "owner, which nodes and volumes get from their launch templates and all else from the provider",
    { owner: "another-team" },
    {
      changed: each(
        allPools.map((name) => `LaunchTemplate dev-${name}`),
        ["tagSpecifications"],
      ),
    },
  ],
];

describe("a changed setting of the foundation changes exactly what results from it", () => {
  it.each(CHANGES)("%s", async (_name, change, expected) => {
    const after = resourcesOf(await run({ ...BASE, ...change }));
    expect(difference(before, after)).toEqual({ added: [], removed: [], changed: {}, ...expected });
  });
});
