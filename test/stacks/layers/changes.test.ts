import { beforeAll, describe, expect, it } from "vitest";
import type { Recording } from "../../support/instant-engine";
import { deviation, type Values } from "../documents";
import { BASE, difference, type Expected, PARTS, replacedForGood, ringed } from "./changes-of-parts";
import { runFoundation } from "./foundation-run";
import { type Asked, resourcesOf } from "./run-layer";

let base: Recording;
let before: Record<string, Asked>;

beforeAll(async () => {
  base = await runFoundation(BASE);
  before = resourcesOf(base);
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
          ["a", "b"].flatMap((letter) => zonal(`eu-central-1${letter}`, { Subnet: tiers })),
          ["cidrBlock"],
        ),
      },
    },
  ],
  [
    "network.zones: one more at the end",
    network({ zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"] }),
    {
      added: zonal("eu-central-1c", { RouteTable: [""], RouteTableAssociation: tiers, Subnet: tiers }),
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
        "BucketLogging dev-checkpoints",
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
    {
      removed: ["BucketObjectLockConfiguration dev-datasets"],
      changed: { "Bucket dev-datasets": ["tags"], "BucketLifecycleConfiguration dev-datasets": ["rules"] },
    },
  ],
  [
    "buckets[].class, to one with a lock",
    { buckets: [{ name: "datasets", class: "model" }, (BASE.buckets as Values[])[1]] },
    {
      changed: {
        "Bucket dev-datasets": ["tags"],
        "BucketLifecycleConfiguration dev-datasets": ["rules"],
        "BucketObjectLockConfiguration dev-datasets": ["rule"],
      },
    },
  ],
  [
    "buckets[].retentionDays, longer than old versions are kept",
    buckets(0, { retentionDays: 120 }),
    {
      changed: {
        "BucketLifecycleConfiguration dev-datasets": ["rules"],
        "BucketObjectLockConfiguration dev-datasets": ["rule"],
      },
    },
  ],
  [
    "buckets[].confirmedRetentionDays",
    buckets(0, { confirmedRetentionDays: 90 }),
    { changed: { "BucketObjectLockConfiguration dev-datasets": ["rule"] } },
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
    { assurance: "regulated", ...buckets(1, { confirmedRetentionDays: 365 }) },
    {
      added: ["Addon dev-aws-guardduty-agent"],
      changed: {
        ...each(allKeys, ["(protect)", "deletionWindowInDays", "rotationPeriodInDays"]),
        ...each(["Bucket dev-datasets", "Bucket dev-models"], ["(protect)"]),
        "BucketLifecycleConfiguration dev-datasets": ["rules"],
        "BucketObjectLockConfiguration dev-models": ["rule"],
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
    const after = resourcesOf(await runFoundation({ ...BASE, ...change }));
    expect(difference(before, after)).toEqual({ added: [], removed: [], changed: {}, ...expected });
  });
});

describe("a part that settings ask for", () => {
  it.each(PARTS)("comes without anything of what is there being lost: %s", async (_name, part, expected) => {
    const after = await runFoundation({ ...BASE, ...part });
    expect(difference(before, resourcesOf(after))).toEqual({ added: [], removed: [], changed: {}, ...expected });
    expect(replacedForGood(base, after)).toEqual([]);
  });
});

describe("patch rings", () => {
  const releases = (resources: Record<string, Asked>) =>
    ["inference", "training", "system"].map((name) => resources[`NodeGroup dev-${name}`]?.inputs.releaseVersion);
  const [pinned, previous, current] = ["1.58.0-c5c37032", "1.57.0-0a1b2c3d", "1.58.1-0a1b2c3d"];
  let none: Record<string, Asked>;
  let canary: Record<string, Asked>;
  let both: Record<string, Asked>;
  beforeAll(async () => {
    [none, canary, both] = (await Promise.all([0, 1, 2].map((promoted) => runFoundation(ringed(promoted))))).map(
      resourcesOf,
    ) as [Record<string, Asked>, Record<string, Asked>, Record<string, Asked>];
  });

  it("add what proposes a promotion, and decide the releases of their pools alone", () => {
    expect(difference(before, none)).toEqual({
      added: [
        "Role dev-rings-machine",
        "Role dev-rings-schedule",
        "RolePolicy dev-rings-machine",
        "RolePolicy dev-rings-schedule",
        "Schedule dev-rings",
        "StateMachine dev-rings",
      ],
      removed: [],
      changed: each(["NodeGroup dev-inference", "NodeGroup dev-training"], ["releaseVersion"]),
    });
    expect(releases(none)).toEqual([previous, previous, pinned]);
  });

  it("give the current releases to a ring when it is promoted, and change nothing else", () => {
    const changed = (name: string) => ({ added: [], removed: [], changed: { [name]: ["releaseVersion"] } });
    expect(difference(none, canary)).toEqual(changed("NodeGroup dev-inference"));
    expect(releases(canary)).toEqual([current, previous, pinned]);
    expect(difference(canary, both)).toEqual(changed("NodeGroup dev-training"));
    expect(releases(both)).toEqual([current, current, pinned]);
  });

  it("return all of them to exactly what they had when promotions are removed", () => {
    expect(difference(both, none)).toEqual({
      added: [],
      removed: [],
      changed: each(["NodeGroup dev-inference", "NodeGroup dev-training"], ["releaseVersion"]),
    });
  });
});
