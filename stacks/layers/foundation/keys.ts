import { AttestedKey, DataKey, EgressFirewall, PrivateAccess, PrivateCluster, PrivateNetwork } from "gabion";
import { attestationKey } from "gabion-knowledge";
import type { AttestedKeySettings } from "../../settings";
import { measurementOf } from "../../settings/foundation/attestation-checks";
import {
  accessName,
  clusterName,
  firewallName,
  type KeyName,
  keyName,
  networkName,
} from "../../settings/foundation/names";
import { type Ground, scopeOf } from "./shared";

export type Keys = Readonly<Record<KeyName, DataKey>> & {
  /** Of the firewall; absent without egress. */
  readonly network?: DataKey;
};

/** A key for each tier of data. */
export function makeKeys(ground: Ground): Keys {
  const { settings } = ground;
  const { environment } = settings;
  return {
    logs: makeKey(ground, "logs", { purpose: `Logs of ${environment}`, logGroups: logGroups(ground) }),
    secrets: makeKey(ground, "secrets", {
      purpose: `Kubernetes secrets of ${environment}`,
      grantsThroughServices: ["eks"],
    }),
    volumes: makeKey(ground, "volumes", { purpose: `Volumes of the nodes of ${environment}`, autoScaling: true }),
    data: makeKey(ground, "data", { purpose: `Data in the buckets of ${environment}`, viaServices: ["s3"] }),
    ...(settings.network.egress === undefined
      ? {}
      : {
          network: makeKey(ground, "network", {
            purpose: `Egress firewall of ${environment}`,
            grantsThroughServices: ["network-firewall"],
          }),
        }),
  };
}

function logGroups({ settings }: Ground): string[] {
  return [
    ...PrivateNetwork.logGroups(networkName(settings)),
    PrivateCluster.controlPlaneLogGroup(clusterName(settings)),
    ...(settings.network.egress === undefined ? [] : EgressFirewall.logGroups(firewallName(settings))),
    ...(settings.access === undefined ? [] : PrivateAccess.logGroups(accessName(settings))),
  ];
}

interface Use {
  readonly purpose: string;
  readonly logGroups?: string[];
  readonly grantsThroughServices?: string[];
  readonly autoScaling?: boolean;
  readonly viaServices?: string[];
}

function makeKey(ground: Ground, key: string, use: Use): DataKey {
  const name = keyName(ground.settings, key);
  return new DataKey(name, { ...keyArgs(ground, name), ...use }, { providers: { aws: ground.aws } });
}

function keyArgs({ settings, protection }: Ground, name: string) {
  return {
    ...scopeOf(settings),
    rotationDays: settings.keys.rotationDays,
    deletionWindowDays: settings.keys.deletionWindowDays,
    deletionProtection: protection.of(name),
  };
}

/** The keys that only attested software opens, by their names in the settings. */
export function makeAttestedKeys(ground: Ground): ReadonlyMap<string, AttestedKey> {
  const { settings, aws } = ground;
  return new Map(
    settings.attestedKeys.map((key) => {
      const name = keyName(settings, key.name);
      const args = {
        ...keyArgs(ground, name),
        purpose: `Sealed data of ${settings.environment}: ${key.name}`,
        rootOfTrust: key.rootOfTrust,
        measurements: registersOf(key),
        openers: [...key.openers],
        publishers: [...key.publishers],
      };
      return [key.name, new AttestedKey(name, args, { providers: { aws } })];
    }),
  );
}

/** Measurements by the names that KMS gives to registers. */
function registersOf({ rootOfTrust, measurements }: AttestedKeySettings): Record<string, string>[] {
  const short = (pcr: string) => attestationKey(rootOfTrust, Number(pcr)).split(":").at(-1) ?? "";
  return measurements.map((measurement) =>
    Object.fromEntries(Object.entries(measurementOf(measurement)).map(([pcr, value]) => [short(pcr), value])),
  );
}
