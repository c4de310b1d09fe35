import type { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import {
  ClusterAddons,
  DataBucket,
  DataKey,
  type Deviation,
  GpuNodePool,
  NodePool,
  PrivateCluster,
  PrivateNetwork,
  ServiceEndpoints,
} from "gabion";
import { type AccountOutputs, accountOutputs } from "../outputs/account";
import type { foundationOutputs } from "../outputs/foundation";
import { type LayerOutputs, readLayerOutputs } from "../outputs/read";
import type { FoundationSettings, GpuPoolSettings, NodePoolSettings } from "../settings";
import { awsProvider, commonTags } from "./provider";

type Pool = NodePool | GpuNodePool;

/** Network, keys, cluster, pools of nodes and buckets of an environment. Talks to AWS alone, so it can be deployed from anywhere. */
export function deployFoundation(settings: FoundationSettings): LayerOutputs<typeof foundationOutputs> {
  const account = readLayerOutputs(settings.accountStack, accountOutputs).apply((found) =>
    checkAccount(found, settings),
  );
  const aws = awsProvider(settings);
  const keys = makeKeys(settings, aws);
  const network = makeNetwork(settings, keys, aws);
  const endpoints = makeEndpoints(settings, network, aws);
  const cluster = makeCluster(settings, keys, network, endpoints, aws);
  const pools = makePools(settings, { aws, keys, network, cluster, endpoints });
  makeAddons(settings, cluster, pools, aws);
  const buckets = makeBuckets(settings, keys, aws);
  return {
    environment: settings.environment,
    accountId: account.accountId,
    region: account.region,
    network: pulumi.output({
      vpcId: network.vpcId,
      cidr: network.cidr,
      zones: [...settings.network.zones],
      workloadSubnetIds: network.workloadSubnetIds,
      endpointSubnetIds: network.endpointSubnetIds,
      controlPlaneSubnetIds: network.controlPlaneSubnetIds,
      routeTableIds: network.routeTableIds,
      endpointSecurityGroupId: endpoints.securityGroupId,
    }),
    keys: pulumi.output({
      logs: keys.logs.keyArn,
      secrets: keys.secrets.keyArn,
      volumes: keys.volumes.keyArn,
      data: keys.data.keyArn,
    }),
    cluster: pulumi.output({
      name: cluster.clusterName,
      arn: cluster.clusterArn,
      version: cluster.version,
      endpoint: cluster.endpoint,
      certificateAuthority: cluster.certificateAuthority,
      securityGroupId: cluster.clusterSecurityGroupId,
    }),
    pools: pulumi.output(byName(pools, (pool) => ({ nodeGroup: pool.nodeGroupName, nodeRoleArn: pool.nodeRoleArn }))),
    buckets: pulumi.output(byName(buckets, (bucket) => ({ name: bucket.bucketName, arn: bucket.bucketArn }))),
  };
}

/** Holds this stack against what its account's guards would refuse at deployment. */
function checkAccount(account: AccountOutputs, settings: FoundationSettings): AccountOutputs {
  const problems: string[] = [];
  for (const field of ["accountId", "region"] as const) {
    if (account[field] !== settings[field]) {
      problems.push(`its ${field} is ${account[field]} and this stack's gabion:${field} is ${settings[field]}`);
    }
  }
  const { state, owners } = account.allowedImages;
  if (state === "enabled" && !owners.includes("amazon")) {
    problems.push('it allows no images of the owner "amazon", and those of EKS nodes are Amazon\'s');
  }
  if (problems.length === 0) return account;
  throw new pulumi.RunError(
    `The account's baseline "${settings.accountStack}" does not fit this stack: ${problems.join("; ")}. ` +
      "Correct gabion:accountStack, or the settings of that stack.",
  );
}

function scopeOf({ region, accountId }: FoundationSettings) {
  return { region, accountId };
}

interface Keys {
  readonly logs: DataKey;
  readonly secrets: DataKey;
  readonly volumes: DataKey;
  readonly data: DataKey;
}

function makeKeys(settings: FoundationSettings, aws: Provider): Keys {
  const { environment } = settings;
  const common = {
    ...scopeOf(settings),
    rotationDays: settings.keys.rotationDays,
    deletionWindowDays: settings.keys.deletionWindowDays,
    deletionProtection: settings.deletionProtection,
  };
  const options = { providers: { aws } };
  const logGroups = [
    PrivateNetwork.flowLogGroup(networkName(settings)),
    PrivateCluster.controlPlaneLogGroup(environment),
  ];
  return {
    logs: new DataKey(`${environment}-logs`, { ...common, purpose: `Logs of ${environment}`, logGroups }, options),
    secrets: new DataKey(
      `${environment}-secrets`,
      { ...common, purpose: `Kubernetes secrets of ${environment}`, grantsThroughServices: ["eks"] },
      options,
    ),
    volumes: new DataKey(
      `${environment}-volumes`,
      { ...common, purpose: `Volumes of the nodes of ${environment}`, autoScaling: true },
      options,
    ),
    data: new DataKey(
      `${environment}-data`,
      { ...common, purpose: `Data in the buckets of ${environment}`, viaServices: ["s3"] },
      options,
    ),
  };
}

function networkName({ environment }: FoundationSettings): string {
  return `${environment}-network`;
}

function makeNetwork(settings: FoundationSettings, keys: Keys, aws: Provider): PrivateNetwork {
  return new PrivateNetwork(
    networkName(settings),
    {
      ...scopeOf(settings),
      cidr: settings.network.cidr,
      zones: [...settings.network.zones],
      logKeyArn: keys.logs.keyArn,
      logRetentionDays: settings.logs.retentionDays,
    },
    { providers: { aws } },
  );
}

function makeEndpoints(settings: FoundationSettings, network: PrivateNetwork, aws: Provider): ServiceEndpoints {
  return new ServiceEndpoints(
    `${settings.environment}-endpoints`,
    {
      ...scopeOf(settings),
      vpcId: network.vpcId,
      subnetIds: network.endpointSubnetIds,
      routeTableIds: network.routeTableIds,
      clientCidrs: [settings.network.cidr],
    },
    // Associations of route tables too, or the gateway's routes would reach no subnet yet.
    { providers: { aws }, dependsOn: [network] },
  );
}

function makeCluster(
  settings: FoundationSettings,
  keys: Keys,
  network: PrivateNetwork,
  endpoints: ServiceEndpoints,
  aws: Provider,
): PrivateCluster {
  const { cluster } = settings;
  const extendedSupport = deviationFrom(settings, "eks-extended-support");
  return new PrivateCluster(
    settings.environment,
    {
      ...scopeOf(settings),
      version: cluster.version,
      controlPlaneSubnetIds: network.controlPlaneSubnetIds,
      secretsKeyArn: keys.secrets.keyArn,
      logKeyArn: keys.logs.keyArn,
      logRetentionDays: settings.logs.retentionDays,
      administrators: [...cluster.administrators],
      deletionProtection: settings.deletionProtection,
      ...(cluster.publicAccess === undefined
        ? {}
        : {
            publicAccess: {
              cidrs: [...cluster.publicAccess.cidrs],
              // The settings hold a public API to have a deviation.
              deviation: deviationFrom(settings, "eks-public-endpoint") as Deviation,
            },
          }),
      ...(extendedSupport === undefined ? {} : { extendedSupport }),
    },
    { providers: { aws }, dependsOn: [network, endpoints] },
  );
}

function deviationFrom(settings: FoundationSettings, control: string): Deviation | undefined {
  const found = settings.deviations.find((deviation) => deviation.control === control);
  return found && { reason: found.reason, ticket: found.ticket, expires: found.expires };
}

interface Base {
  readonly aws: Provider;
  readonly keys: Keys;
  readonly network: PrivateNetwork;
  readonly cluster: PrivateCluster;
  readonly endpoints: ServiceEndpoints;
}

function makePools(settings: FoundationSettings, base: Base): Map<string, Pool> {
  return new Map<string, Pool>([
    ...settings.nodePools.map((pool) => [pool.name, makeNodePool(settings, pool, base)] as const),
    ...settings.gpuPools.map((pool) => [pool.name, makeGpuPool(settings, pool, base)] as const),
  ]);
}

/** Nodes come after the add-ons that make them ready and the endpoints that they call, and go before them. */
function poolOptions({ aws, cluster, endpoints }: Base): pulumi.ComponentResourceOptions {
  return { providers: { aws }, dependsOn: [cluster, endpoints] };
}

function poolArgs(settings: FoundationSettings, pool: NodePoolSettings | GpuPoolSettings, { keys, cluster }: Base) {
  const { desiredSize, amiType, releaseVersion } = pool;
  return {
    ...scopeOf(settings),
    poolName: pool.name,
    clusterName: cluster.clusterName,
    clusterVersion: settings.cluster.version,
    volumeKeyArn: keys.volumes.keyArn,
    minSize: pool.minSize,
    maxSize: pool.maxSize,
    diskGiB: pool.diskGiB,
    tags: commonTags(settings),
    ...(desiredSize === undefined ? {} : { desiredSize }),
    ...(amiType === undefined ? {} : { amiType }),
    ...(releaseVersion === undefined ? {} : { releaseVersion }),
  };
}

function makeNodePool(settings: FoundationSettings, pool: NodePoolSettings, base: Base): NodePool {
  return new NodePool(
    `${settings.environment}-${pool.name}`,
    {
      ...poolArgs(settings, pool, base),
      subnetIds: base.network.workloadSubnetIds,
      instanceTypes: [...pool.instanceTypes],
    },
    poolOptions(base),
  );
}

function makeGpuPool(settings: FoundationSettings, pool: GpuPoolSettings, base: Base): GpuNodePool {
  const { network, cluster } = base;
  const zone = pool.zone === undefined ? undefined : settings.network.zones.indexOf(pool.zone);
  return new GpuNodePool(
    `${settings.environment}-${pool.name}`,
    {
      ...poolArgs(settings, pool, base),
      instanceType: pool.instanceType,
      subnetIds:
        zone === undefined
          ? network.workloadSubnetIds
          : network.workloadSubnetIds.apply((ids) => ids.slice(zone, zone + 1)),
      ...(pool.efa ? { efa: true, vpcId: network.vpcId, clusterSecurityGroupId: cluster.clusterSecurityGroupId } : {}),
    },
    poolOptions(base),
  );
}

/** The first pool of nodes carries what runs in the cluster for the cluster. */
function makeAddons(
  settings: FoundationSettings,
  cluster: PrivateCluster,
  pools: ReadonlyMap<string, Pool>,
  aws: Provider,
): ClusterAddons {
  const first = pools.get(settings.nodePools[0]?.name ?? "");
  return new ClusterAddons(
    `${settings.environment}-addons`,
    { ...scopeOf(settings), clusterName: cluster.clusterName, clusterVersion: settings.cluster.version },
    { providers: { aws }, dependsOn: first === undefined ? [] : [first] },
  );
}

function makeBuckets(settings: FoundationSettings, keys: Keys, aws: Provider): Map<string, DataBucket> {
  return new Map(
    settings.buckets.map((bucket) => [
      bucket.name,
      new DataBucket(
        `${settings.environment}-${bucket.name}`,
        {
          ...scopeOf(settings),
          bucketClass: bucket.class,
          keyArn: keys.data.keyArn,
          noncurrentDays: bucket.noncurrentDays,
          deletionProtection: settings.deletionProtection,
        },
        { providers: { aws } },
      ),
    ]),
  );
}

function byName<T, R>(map: ReadonlyMap<string, T>, read: (value: T) => R): Record<string, R> {
  return Object.fromEntries([...map].map(([name, value]) => [name, read(value)]));
}
