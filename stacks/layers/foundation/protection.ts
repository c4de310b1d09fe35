import * as pulumi from "@pulumi/pulumi";
import type { FoundationSettings } from "../../settings";
import { bucketName, clusterName, firewallName, KEY_NAMES, keyName } from "./names";

/**
 * Which components are protected from deletion. Protection is the environment's (`gabion:deletionProtection`), and for one run it is
 * lifted by name: an environment that is to be deleted is released first, so that no single command deletes what cannot be made again.
 */
export class Protection {
  /** @throws pulumi.RunError when a name is not that of a protected component. */
  constructor(
    private readonly settings: FoundationSettings,
    private readonly released: readonly string[],
  ) {
    const known = protectedNames(settings);
    const wrong = released.filter((name) => !known.includes(name));
    if (wrong.length > 0) throw new pulumi.RunError(wrongNames(settings, wrong, known));
  }

  /** Whether Pulumi and AWS refuse to delete the component of that name. */
  of(name: string): boolean {
    return this.settings.deletionProtection && !this.released.includes(name);
  }
}

/** The names of the components that are protected: the cluster, keys, buckets and the firewall. None where the environment has no protection. */
export function protectedNames(settings: FoundationSettings): string[] {
  if (!settings.deletionProtection) return [];
  return [
    clusterName(settings),
    ...KEY_NAMES.map((key) => keyName(settings, key)),
    ...(settings.network.egress === undefined ? [] : [keyName(settings, "network"), firewallName(settings)]),
    ...settings.attestedKeys.map(({ name }) => keyName(settings, name)),
    ...settings.buckets.map(({ name }) => bucketName(settings, name)),
  ];
}

function wrongNames({ environment }: FoundationSettings, wrong: readonly string[], known: readonly string[]): string {
  const found = wrong.map((name) => JSON.stringify(name)).join(", ");
  const way =
    known.length === 0
      ? "gabion:deletionProtection is false, so there is nothing to release: destroy it."
      : `Protected are ${known.join(", ")}.`;
  return `Nothing in ${environment} is protected under the name ${found}. ${way}`;
}
