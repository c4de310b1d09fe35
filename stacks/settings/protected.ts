import type { FoundationSettings } from "./foundation";
import { bucketName, clusterName, firewallName, KEY_NAMES, keyName } from "./foundation/names";
import type { Settings } from "./read";

/**
 * The names of what is protected from deletion in a stack, by Pulumi and, where it has a setting for it, by AWS. Protection is lifted by name,
 * for one run: what cannot be made again is not deleted by a single command.
 */
export function protectedNames(settings: Settings): string[] {
  switch (settings.layer) {
    case "account":
      if (settings.assurance === "baseline") return [];
      return ["access-logs", ...(settings.configRecorder ? ["config"] : [])];
    case "foundation":
      return settings.deletionProtection ? protectedComponents(settings) : [];
  }
}

/** Cluster, keys, buckets and the firewall. */
function protectedComponents(settings: FoundationSettings): string[] {
  return [
    clusterName(settings),
    ...KEY_NAMES.map((key) => keyName(settings, key)),
    ...(settings.network.egress === undefined ? [] : [keyName(settings, "network"), firewallName(settings)]),
    ...settings.attestedKeys.map(({ name }) => keyName(settings, name)),
    ...settings.confidentialWorkloads.flatMap(({ name, policies }) =>
      policies === undefined ? [] : [keyName(settings, name)],
    ),
    ...settings.buckets.map(({ name }) => bucketName(settings, name)),
  ];
}
