import type { FoundationSettings } from "../../settings";

/** The keys that every environment has, by the tier of data that each protects. */
export const KEY_NAMES = ["logs", "secrets", "volumes", "data"] as const;
export type KeyName = (typeof KEY_NAMES)[number];

type Named = Pick<FoundationSettings, "environment">;

// Names of components. Physical names, labels and states are derived from them: another name is another resource.
export const clusterName = ({ environment }: Named): string => environment;
export const networkName = ({ environment }: Named): string => `${environment}-network`;
export const endpointsName = ({ environment }: Named): string => `${environment}-endpoints`;
export const addonsName = ({ environment }: Named): string => `${environment}-addons`;
export const keyName = ({ environment }: Named, key: KeyName): string => `${environment}-${key}`;
export const poolName = ({ environment }: Named, pool: string): string => `${environment}-${pool}`;
export const bucketName = ({ environment }: Named, bucket: string): string => `${environment}-${bucket}`;
