import * as pulumi from "@pulumi/pulumi";
import {
  type AttestedKey,
  AttestedNodePool,
  GpuNodePool,
  NodePool,
  type PatchPlanArgs,
  PatchRings,
  type PrivateCluster,
  type PrivateNetwork,
  type ServiceEndpoints,
} from "gabion";
import { releaseForPool } from "gabion-knowledge";
import type { AttestedPoolSettings, FoundationSettings, GpuPoolSettings, NodePoolSettings } from "../../settings";
import { addressesIn } from "../../settings/foundation/addresses";
import { amiTypeOf } from "../../settings/foundation/images";
import { poolName, ringsName } from "../../settings/foundation/names";
import { patchPlanOf } from "../../settings/foundation/ring-checks";
import type { PatchRingSettings } from "../../settings/foundation/types";
import { commonTags } from "../provider";
import type { Keys } from "./keys";
import { dayOf, deviationFrom, type Ground, scopeOf } from "./shared";

type Pool = NodePool | GpuNodePool | AttestedNodePool;
export type Pools = ReadonlyMap<string, Pool>;

/** What pools are made on. */
export interface PoolGround extends Ground {
  readonly keys: Keys;
  readonly attestedKeys: ReadonlyMap<string, AttestedKey>;
  readonly network: PrivateNetwork;
  readonly cluster: PrivateCluster;
  readonly endpoints: ServiceEndpoints;
}

/** All pools by their names in the settings. */
export function makePools(ground: PoolGround): Pools {
  const { nodePools, gpuPools, attestedPools } = ground.settings;
  return new Map<string, Pool>([
    ...nodePools.map((pool) => [pool.name, makeNodePool(ground, pool)] as const),
    ...gpuPools.map((pool) => [pool.name, makeGpuPool(ground, pool)] as const),
    ...attestedPools.map((pool) => [pool.name, makeAttestedPool(ground, pool)] as const),
  ]);
}

/** Nodes come after the add-ons that make them ready and the endpoints that they call, and go before them. */
function poolOptions({ aws, cluster, endpoints }: PoolGround): pulumi.ComponentResourceOptions {
  return { providers: { aws }, dependsOn: [cluster, endpoints] };
}

function commonArgs(
  { settings, keys, cluster }: PoolGround,
  pool: NodePoolSettings | GpuPoolSettings | AttestedPoolSettings,
) {
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
    ...(settings.cluster.warmTargets === undefined ? {} : { warmTargets: { ...settings.cluster.warmTargets } }),
    ...(pool.desiredSize === undefined ? {} : { desiredSize: pool.desiredSize }),
  };
}

function makeNodePool(ground: PoolGround, pool: NodePoolSettings): NodePool {
  return new NodePool(
    poolName(ground.settings, pool.name),
    {
      ...commonArgs(ground, pool),
      ...imageArgs(ground.settings, pool),
      subnetIds: ground.network.workloadSubnetIds,
      subnetAddresses: addressesIn(ground.settings, undefined),
      instanceTypes: [...pool.instanceTypes],
    },
    poolOptions(ground),
  );
}

function makeGpuPool(ground: PoolGround, pool: GpuPoolSettings): GpuNodePool {
  const { migProfiles, deviceManagement } = pool;
  return new GpuNodePool(
    poolName(ground.settings, pool.name),
    {
      ...commonArgs(ground, pool),
      ...imageArgs(ground.settings, pool),
      ...placeArgs(ground, pool),
      ...(migProfiles === undefined ? {} : { migProfiles: [...migProfiles] }),
      deviceManagement,
      ...(pool.efa ? { efa: true, ...groupArgs(ground) } : {}),
    },
    poolOptions(ground),
  );
}

function makeAttestedPool(ground: PoolGround, pool: AttestedPoolSettings): AttestedNodePool {
  const { cluster, attestedKeys } = ground;
  const { tier, image, enclave, sandboxRuntime } = pool;
  const key = pool.key === undefined ? undefined : attestedKeys.get(pool.key);
  const root = ground.settings.attestedKeys.find(({ name }) => name === pool.key)?.rootOfTrust;
  return new AttestedNodePool(
    poolName(ground.settings, pool.name),
    {
      ...commonArgs(ground, pool),
      ...placeArgs(ground, pool),
      tier,
      ...(key === undefined || root === undefined ? {} : { attestedKey: { keyArn: key.keyArn, rootOfTrust: root } }),
      ...(enclave === undefined ? {} : { enclave: { ...enclave } }),
      ...(sandboxRuntime === undefined ? {} : { sandboxRuntime }),
      ...(image === undefined
        ? {}
        : {
            image: { ...image, ...(image.tpmSupport === undefined ? {} : { tpmSupport: image.tpmSupport }) },
            clusterEndpoint: cluster.endpoint,
            clusterCertificateAuthority: cluster.certificateAuthority,
            serviceCidr: cluster.serviceCidr,
          }),
    },
    poolOptions(ground),
  );
}

function groupArgs({ network, cluster }: PoolGround) {
  return { vpcId: network.vpcId, clusterSecurityGroupId: cluster.clusterSecurityGroupId };
}

/** The instance type of a pool of one, where its nodes are, and in what capacity. */
function placeArgs(
  { settings, network }: PoolGround,
  { instanceType, zone, capacityBlockId, capacityReservationId }: GpuPoolSettings | AttestedPoolSettings,
) {
  return {
    instanceType,
    subnetIds: subnetsIn(settings, network, zone),
    subnetAddresses: addressesIn(settings, zone),
    ...(capacityBlockId === undefined ? {} : { capacityBlockId }),
    ...(capacityReservationId === undefined ? {} : { capacityReservationId }),
  };
}

/** The subnet of one zone, or of all. */
function subnetsIn(
  { network: { zones } }: FoundationSettings,
  network: PrivateNetwork,
  zone: string | undefined,
): pulumi.Output<string[]> {
  if (zone === undefined) return network.workloadSubnetIds;
  const index = zones.indexOf(zone);
  return network.workloadSubnetIds.apply((ids) => ids.slice(index, index + 1));
}

/** The image of a pool: its own settings', else that of its ring. */
function imageArgs(settings: FoundationSettings, pool: NodePoolSettings | GpuPoolSettings) {
  const { amiType } = pool;
  const releaseVersion = pool.releaseVersion ?? ringRelease(settings, pool.name, amiTypeOf(pool) ?? "");
  return {
    ...(amiType === undefined ? {} : { amiType }),
    ...(releaseVersion === undefined ? {} : { releaseVersion }),
  };
}

function ringRelease({ patchRings }: FoundationSettings, pool: string, amiType: string): string | undefined {
  return patchRings === undefined ? undefined : releaseForPool(patchPlanOf(patchRings), pool, amiType);
}

/** The plan of the settings as the component takes it, whose lists are not the settings' own. */
const planArgs = (rings: PatchRingSettings) => structuredClone(patchPlanOf(rings)) as PatchPlanArgs;

/** The rings by which releases of images come to pools, where the settings have any. */
export function makeRings(ground: PoolGround, pools: Pools): PatchRings | undefined {
  const { settings, aws, cluster } = ground;
  const { patchRings } = settings;
  if (patchRings === undefined) return undefined;
  const soakDeviation = deviationFrom(settings, "patch-soak");
  const inRings = patchRings.rings.flatMap((ring) => ring.pools);
  const groups = inRings.flatMap((name) => {
    const pool = pools.get(name);
    return pool === undefined ? [] : [[name, pool.nodeGroupName] as const];
  });
  return new PatchRings(
    ringsName(settings),
    {
      ...scopeOf(settings),
      ...dayOf(ground),
      ...planArgs(patchRings),
      clusterName: cluster.clusterName,
      nodeGroupNames: pulumi.output(Object.fromEntries(groups)),
      ...(soakDeviation === undefined ? {} : { soakDeviation }),
    },
    { providers: { aws } },
  );
}
