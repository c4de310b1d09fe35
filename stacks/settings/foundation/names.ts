import type { FoundationSettings } from "./types";

/** The keys that every environment has, by the tier of data that each protects. */
export const KEY_NAMES = ["logs", "secrets", "volumes", "data"] as const;
export type KeyName = (typeof KEY_NAMES)[number];

type Named = Pick<FoundationSettings, "environment">;

// Names of components. Physical names, labels and states are derived from them: another name is another resource.
export const clusterName = ({ environment }: Named): string => environment;
export const networkName = ({ environment }: Named): string => `${environment}-network`;
export const endpointsName = ({ environment }: Named): string => `${environment}-endpoints`;
export const firewallName = ({ environment }: Named): string => `${environment}-egress`;
export const accessName = ({ environment }: Named): string => `${environment}-access`;
export const addonsName = ({ environment }: Named): string => `${environment}-addons`;
export const ringsName = ({ environment }: Named): string => `${environment}-rings`;
/** Also of an attested key, and of the key that only an environment with egress has. */
export const keyName = ({ environment }: Named, key: string): string => `${environment}-${key}`;
export const poolName = ({ environment }: Named, pool: string): string => `${environment}-${pool}`;
export const bucketName = ({ environment }: Named, bucket: string): string => `${environment}-${bucket}`;
