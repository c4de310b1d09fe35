import { PrivateNetwork, ServiceEndpoints } from "gabion";
import type { Keys } from "./keys";
import { endpointsName, networkName } from "./names";
import { type Ground, scopeOf } from "./shared";

export function makeNetwork({ settings, aws }: Ground, keys: Keys): PrivateNetwork {
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

export function makeEndpoints({ settings, aws }: Ground, network: PrivateNetwork): ServiceEndpoints {
  return new ServiceEndpoints(
    endpointsName(settings),
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
