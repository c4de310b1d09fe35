import type * as pulumi from "@pulumi/pulumi";
import { GpuNodePool, NodePool, type PrivateCluster, type PrivateNetwork, type ServiceEndpoints } from "gabion";
import type { GpuPoolSettings, NodePoolSettings } from "../../settings";
import { commonTags } from "../provider";
import type { Keys } from "./keys";
import { poolName } from "./names";
import { type Ground, scopeOf } from "./shared";

export type Pools = ReadonlyMap<string, NodePool | GpuNodePool>;

/** What pools are made on. */
export interface PoolGround extends Ground {
  readonly keys: Keys;
  readonly network: PrivateNetwork;
  readonly cluster: PrivateCluster;
  readonly endpoints: ServiceEndpoints;
}

/** All pools by their names in the settings. */
export function makePools(ground: PoolGround): Pools {
  const { nodePools, gpuPools } = ground.settings;
  return new Map<string, NodePool | GpuNodePool>([
    ...nodePools.map((pool) => [pool.name, makeNodePool(ground, pool)] as const),
    ...gpuPools.map((pool) => [pool.name, makeGpuPool(ground, pool)] as const),
  ]);
}

/** Nodes come after the add-ons that make them ready and the endpoints that they call, and go before them. */
function poolOptions({ aws, cluster, endpoints }: PoolGround): pulumi.ComponentResourceOptions {
  return { providers: { aws }, dependsOn: [cluster, endpoints] };
}

function poolArgs({ settings, keys, cluster }: PoolGround, pool: NodePoolSettings | GpuPoolSettings) {
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

function makeNodePool(ground: PoolGround, pool: NodePoolSettings): NodePool {
  return new NodePool(
    poolName(ground.settings, pool.name),
    {
      ...poolArgs(ground, pool),
      subnetIds: ground.network.workloadSubnetIds,
      instanceTypes: [...pool.instanceTypes],
    },
    poolOptions(ground),
  );
}

function makeGpuPool(ground: PoolGround, pool: GpuPoolSettings): GpuNodePool {
  const { settings, network, cluster } = ground;
  return new GpuNodePool(
    poolName(settings, pool.name),
    {
      ...poolArgs(ground, pool),
      instanceType: pool.instanceType,
      subnetIds: subnetsIn(ground, pool.zone),
      ...(pool.efa ? { efa: true, vpcId: network.vpcId, clusterSecurityGroupId: cluster.clusterSecurityGroupId } : {}),
    },
    poolOptions(ground),
  );
}

/** The subnet of one zone, or of all. */
function subnetsIn({ settings, network }: PoolGround, zone: string | undefined): pulumi.Output<string[]> {
  if (zone === undefined) return network.workloadSubnetIds;
  const index = settings.network.zones.indexOf(zone);
  return network.workloadSubnetIds.apply((ids) => ids.slice(index, index + 1));
}
