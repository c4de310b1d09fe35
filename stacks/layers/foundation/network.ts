import {
  EgressFirewall,
  NetworkEgress,
  PrivateAccess,
  type PrivateCluster,
  PrivateNetwork,
  ServiceEndpoints,
} from "gabion";
import { needsOf } from "gabion-knowledge";
import type { FoundationSettings } from "../../settings";
import { accessName, endpointsName, firewallName, networkName } from "../../settings/foundation/names";
import type { Keys } from "./keys";
import { type Ground, scopeOf } from "./shared";

export function makeNetwork({ settings, aws }: Ground, keys: Keys): PrivateNetwork {
  const { cidr, zones, podCidr, egress } = settings.network;
  return new PrivateNetwork(
    networkName(settings),
    {
      ...scopeOf(settings),
      cidr,
      zones: [...zones],
      logKeyArn: keys.logs.keyArn,
      logRetentionDays: settings.logs.retentionDays,
      encryptionControl: settings.encryptionControl,
      dnsFirewall: settings.dnsFirewall,
      ...(podCidr === undefined ? {} : { podCidr }),
      ...(egress === undefined
        ? {}
        : {
            egress: NetworkEgress.Inspected,
            dnsAllowedNames: [...egress.allowedNames],
            // Under ingress-only blocking it changes nothing; under bidirectional blocking nothing would leave without it.
            blockPublicAccessExclusion: true,
          }),
    },
    { providers: { aws } },
  );
}

/** The way out of the network, where the settings have one. */
export function makeFirewall(ground: Ground, keys: Keys, network: PrivateNetwork): EgressFirewall | undefined {
  const { settings, aws, protection } = ground;
  const { cidr, zones, podCidr, egress } = settings.network;
  if (egress === undefined || keys.network === undefined) return undefined;
  const name = firewallName(settings);
  return new EgressFirewall(
    name,
    {
      ...scopeOf(settings),
      vpcId: network.vpcId,
      cidr,
      zones: [...zones],
      ...(podCidr === undefined ? {} : { podCidr }),
      inspectionSubnetIds: network.inspectionSubnetIds,
      privateRouteTableIds: network.routeTableIds,
      publicRouteTableIds: network.publicRouteTableIds,
      allowedNames: [...egress.allowedNames],
      keyArn: keys.network.keyArn,
      logKeyArn: keys.logs.keyArn,
      logRetentionDays: settings.logs.retentionDays,
      changeProtection: protection.of(name),
      deletionProtection: protection.of(name),
    },
    { providers: { aws }, dependsOn: [network] },
  );
}

export function makeEndpoints({ settings, aws }: Ground, network: PrivateNetwork): ServiceEndpoints {
  const { cidr, podCidr, egress } = settings.network;
  return new ServiceEndpoints(
    endpointsName(settings),
    {
      ...scopeOf(settings),
      vpcId: network.vpcId,
      subnetIds: network.endpointSubnetIds,
      routeTableIds: network.routeTableIds,
      clientCidrs: podCidr === undefined ? [cidr] : [cidr, podCidr],
      needs: callers(settings).flatMap(needsOf),
      ...(egress === undefined ? {} : { egressNames: [...egress.allowedNames] }),
    },
    // Associations of route tables too, or the gateway's routes would reach no subnet yet.
    { providers: { aws }, dependsOn: [network] },
  );
}

/** What calls AWS from inside the network, by the names of the table of needs. */
function callers({
  cluster,
  gpuPools,
  attestedPools,
  attestedKeys,
  confidentialWorkloads,
  access,
  buckets,
}: FoundationSettings): string[] {
  const when = (there: boolean, ...names: string[]) => (there ? names : []);
  return [
    "PrivateCluster",
    "NodePool",
    "vpc-cni",
    "aws-ebs-csi-driver",
    "pod-identity",
    ...when(gpuPools.length > 0, "GpuNodePool"),
    ...when(attestedPools.length > 0, "AttestedNodePool"),
    ...when(attestedKeys.length > 0, "AttestedKey"),
    ...when(confidentialWorkloads.length > 0, "ConfidentialRuntime"),
    ...when(buckets.length > 0, "DataBucket"),
    ...when(access !== undefined, "PrivateAccess"),
    ...when(cluster.runtimeMonitoring, "aws-guardduty-agent"),
    ...when(cluster.serviceAccountRoles, "service-account-roles"),
  ];
}

/** The way into the network, where the settings have one. */
export function makeAccess(
  { settings, aws }: Ground,
  keys: Keys,
  network: PrivateNetwork,
  endpoints: ServiceEndpoints,
  cluster: PrivateCluster,
): PrivateAccess | undefined {
  const { access } = settings;
  if (access === undefined) return undefined;
  return new PrivateAccess(
    accessName(settings),
    {
      ...scopeOf(settings),
      vpcId: network.vpcId,
      subnetIds: network.workloadSubnetIds,
      endpointSecurityGroupId: endpoints.securityGroupId,
      clusterSecurityGroupId: cluster.clusterSecurityGroupId,
      s3PrefixListId: endpoints.s3PrefixListId,
      tunnels: [{ name: "kubernetes", host: cluster.endpoint }],
      operators: [...access.operators],
      assumableRoleArns: [...access.assumableRoleArns],
      shell: access.shell,
      imageId: access.imageId,
      runners: access.runners,
      maxRunners: access.maxRunners,
      volumeKeyArn: keys.volumes.keyArn,
      logKeyArn: keys.logs.keyArn,
      logRetentionDays: settings.logs.retentionDays,
    },
    { providers: { aws }, dependsOn: [endpoints, cluster] },
  );
}
