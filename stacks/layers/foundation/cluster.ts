import {
  ClusterAddons,
  ControlPlaneEgressMode,
  type Deviation,
  PrivateCluster,
  type PrivateNetwork,
  type ServiceEndpoints,
} from "gabion";
import { addonsName, clusterName } from "../../settings/foundation/names";
import type { Keys } from "./keys";
import type { Pools } from "./pools";
import { dayOf, deviationFrom, type Ground, scopeOf } from "./shared";

export function makeCluster(
  ground: Ground,
  keys: Keys,
  network: PrivateNetwork,
  endpoints: ServiceEndpoints,
): PrivateCluster {
  const { settings, aws, protection } = ground;
  const { cluster } = settings;
  const name = clusterName(settings);
  const extendedSupport = deviationFrom(settings, "eks-extended-support");
  return new PrivateCluster(
    name,
    {
      ...scopeOf(settings),
      ...dayOf(ground),
      version: cluster.version,
      controlPlaneSubnetIds: network.controlPlaneSubnetIds,
      secretsKeyArn: keys.secrets.keyArn,
      logKeyArn: keys.logs.keyArn,
      logRetentionDays: settings.logs.retentionDays,
      administrators: [...cluster.administrators],
      accessEntries: cluster.accessEntries.map(({ roleArn, level, namespaces }) => ({
        roleArn,
        level,
        ...(namespaces === undefined ? {} : { namespaces: [...namespaces] }),
      })),
      controlPlaneEgressMode:
        cluster.controlPlaneEgress === "customer-routed"
          ? ControlPlaneEgressMode.CustomerRouted
          : ControlPlaneEgressMode.AwsManaged,
      serviceAccountRoles: cluster.serviceAccountRoles,
      ...(cluster.runtimeMonitoring ? { addons: [{ name: "aws-guardduty-agent" }] } : {}),
      ...(cluster.warmTargets === undefined ? {} : { warmTargets: { ...cluster.warmTargets } }),
      deletionProtection: protection.of(name),
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

/** The first pool of nodes carries what runs in the cluster for the cluster. */
export function makeAddons({ settings, aws }: Ground, cluster: PrivateCluster, pools: Pools): ClusterAddons {
  const first = pools.get(settings.nodePools[0]?.name ?? "");
  return new ClusterAddons(
    addonsName(settings),
    { ...scopeOf(settings), clusterName: cluster.clusterName, clusterVersion: settings.cluster.version },
    { providers: { aws }, dependsOn: first === undefined ? [] : [first] },
  );
}
