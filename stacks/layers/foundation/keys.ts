import { DataKey, PrivateCluster, PrivateNetwork } from "gabion";
import { clusterName, type KeyName, keyName, networkName } from "./names";
import { type Ground, scopeOf } from "./shared";

export type Keys = Readonly<Record<KeyName, DataKey>>;

/** A key for each tier of data. */
export function makeKeys(ground: Ground): Keys {
  const { settings } = ground;
  const { environment } = settings;
  const logGroups = [
    PrivateNetwork.flowLogGroup(networkName(settings)),
    PrivateCluster.controlPlaneLogGroup(clusterName(settings)),
  ];
  return {
    logs: makeKey(ground, "logs", { purpose: `Logs of ${environment}`, logGroups }),
    secrets: makeKey(ground, "secrets", {
      purpose: `Kubernetes secrets of ${environment}`,
      grantsThroughServices: ["eks"],
    }),
    volumes: makeKey(ground, "volumes", { purpose: `Volumes of the nodes of ${environment}`, autoScaling: true }),
    data: makeKey(ground, "data", { purpose: `Data in the buckets of ${environment}`, viaServices: ["s3"] }),
  };
}

interface Use {
  readonly purpose: string;
  readonly logGroups?: string[];
  readonly grantsThroughServices?: string[];
  readonly autoScaling?: boolean;
  readonly viaServices?: string[];
}

function makeKey({ settings, aws, protection }: Ground, key: KeyName, use: Use): DataKey {
  const name = keyName(settings, key);
  return new DataKey(
    name,
    {
      ...scopeOf(settings),
      ...use,
      rotationDays: settings.keys.rotationDays,
      deletionWindowDays: settings.keys.deletionWindowDays,
      deletionProtection: protection.of(name),
    },
    { providers: { aws } },
  );
}
