import { ConfidentialRuntime } from "gabion";
import { keyName } from "../../settings/foundation/names";
import type { PoolGround } from "./pools";
import { scopeOf } from "./shared";

/** What workloads in Nitro Sandboxes need, by their names in the settings. */
export function makeWorkloads(ground: PoolGround): ReadonlyMap<string, ConfidentialRuntime> {
  const { settings, aws, protection, cluster } = ground;
  return new Map(
    settings.confidentialWorkloads.map((workload) => {
      const name = keyName(settings, workload.name);
      const pool = settings.attestedPools.find((candidate) => candidate.name === workload.pool);
      const { namespace, serviceAccount, policies, publishers } = workload;
      const args = {
        ...scopeOf(settings),
        clusterName: cluster.clusterName,
        clusterVersion: settings.cluster.version,
        namespace,
        serviceAccount,
        instanceTypes: pool === undefined ? [] : [pool.instanceType],
        ...(pool?.sandboxRuntime === undefined ? {} : { runtime: pool.sandboxRuntime }),
        ...(policies === undefined
          ? {}
          : {
              measurements: policies.map((value) => ({ PCR17: value })),
              publishers: [...publishers],
              deletionProtection: protection.of(name),
            }),
      };
      return [workload.name, new ConfidentialRuntime(name, args, { providers: { aws }, dependsOn: [cluster] })];
    }),
  );
}
