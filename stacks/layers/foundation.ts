import * as pulumi from "@pulumi/pulumi";
import type { foundationOutputs } from "../outputs/foundation";
import type { LayerOutputs } from "../outputs/read";
import type { FoundationSettings } from "../settings";
import { readAccount } from "./foundation/account-check";
import { makeBuckets } from "./foundation/buckets";
import { makeAddons, makeCluster } from "./foundation/cluster";
import { makeAttestedKeys, makeKeys } from "./foundation/keys";
import { makeAccess, makeEndpoints, makeFirewall, makeNetwork } from "./foundation/network";
import { makePools, makeRings } from "./foundation/pools";
import { makeWorkloads } from "./foundation/workloads";
import { Protection } from "./protection";
import { awsProvider } from "./provider";

/**
 * Network and its ways in and out, keys, cluster, pools of nodes and buckets of an environment. Talks to AWS alone, so it can be deployed from anywhere.
 *
 * @param released Names of components whose protection from deletion is lifted for this run.
 * @param today The day against which components hold dates, `YYYY-MM-DD`. Default: `GABION_TODAY`, else the day of the run.
 */
export function deployFoundation(
  settings: FoundationSettings,
  released: readonly string[] = [],
  today?: string,
): LayerOutputs<typeof foundationOutputs> {
  const protection = new Protection(settings, released);
  const account = readAccount(settings);
  const ground = { settings, protection, aws: awsProvider(settings), ...(today === undefined ? {} : { today }) };
  const keys = makeKeys(ground);
  const network = makeNetwork(ground, keys);
  const firewall = makeFirewall(ground, keys, network);
  const endpoints = makeEndpoints(ground, network);
  const cluster = makeCluster(ground, keys, network, endpoints);
  const access = makeAccess(ground, keys, network, endpoints, cluster);
  const attestedKeys = makeAttestedKeys(ground);
  const poolGround = { ...ground, keys, attestedKeys, network, cluster, endpoints };
  const pools = makePools(poolGround);
  const rings = makeRings(poolGround, pools);
  const workloads = makeWorkloads(poolGround);
  makeAddons(ground, cluster, pools);
  const buckets = makeBuckets(ground, keys, account.accessLogBucket);
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
      podSubnetIds: network.podSubnetIds,
      routeTableIds: network.routeTableIds,
      endpointSecurityGroupId: endpoints.securityGroupId,
    }),
    keys: pulumi.output({
      logs: keys.logs.keyArn,
      secrets: keys.secrets.keyArn,
      volumes: keys.volumes.keyArn,
      data: keys.data.keyArn,
    }),
    attestedKeys: pulumi.output(
      byName(attestedKeys, (key) => ({ arn: key.keyArn, alias: key.aliasName, rootOfTrust: key.rootOfTrust })),
    ),
    confidentialWorkloads: pulumi.output(
      byName(workloads, (workload) => ({
        podRoleArn: workload.podRoleArn,
        attestedKeyArn: workload.attestedKeyArn,
        runtimeClassName: workload.runtimeClassName,
        runtimeClassManifest: workload.runtimeClassManifest,
        policyAnnotation: workload.policyAnnotation,
      })),
    ),
    ...(firewall === undefined ? {} : { firewallArn: firewall.firewallArn }),
    ...(access === undefined
      ? {}
      : {
          access: pulumi.output({
            operatorRoleArn: access.operatorRoleArn,
            runnerRoleArn: access.runnerRoleArn,
            runnerGroup: access.runnerGroupName,
            documents: access.documents,
          }),
        }),
    ...(rings === undefined ? {} : { ringReleases: rings.ringReleases }),
    cluster: pulumi.output({
      name: cluster.clusterName,
      arn: cluster.clusterArn,
      version: cluster.version,
      endpoint: cluster.endpoint,
      certificateAuthority: cluster.certificateAuthority,
      securityGroupId: cluster.clusterSecurityGroupId,
      kubeconfig: cluster.kubeconfig,
    }),
    pools: pulumi.output(byName(pools, (pool) => ({ nodeGroup: pool.nodeGroupName, nodeRoleArn: pool.nodeRoleArn }))),
    buckets: pulumi.output(byName(buckets, (bucket) => ({ name: bucket.bucketName, arn: bucket.bucketArn }))),
  };
}

function byName<T, R>(map: ReadonlyMap<string, T>, read: (value: T) => R): Record<string, R> {
  return Object.fromEntries([...map].map(([name, value]) => [name, read(value)]));
}
