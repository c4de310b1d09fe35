import type { CommonSettings } from "../read";

interface Sizes {
  readonly name: string;
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredSize?: number | undefined;
  readonly diskGiB: number;
}

export interface PoolSettings extends Sizes {
  readonly amiType?: string | undefined;
  readonly releaseVersion?: string | undefined;
}

export interface NodePoolSettings extends PoolSettings {
  readonly instanceTypes: readonly string[];
}

/** Where the nodes of a pool of one type are, and on what capacity. */
interface PlacedPool {
  readonly instanceType: string;
  readonly zone?: string | undefined;
  readonly capacityBlockId?: string | undefined;
  readonly capacityReservationId?: string | undefined;
}

export interface GpuPoolSettings extends PoolSettings, PlacedPool {
  readonly efa: boolean;
  readonly migProfiles?: readonly string[] | undefined;
  readonly deviceManagement: "device-plugin" | "dra";
}

export interface AttestedPoolSettings extends Sizes, PlacedPool {
  readonly tier: "measured-boot" | "attestable-image" | "enclave" | "sev-snp";
  readonly key?: string | undefined;
  readonly image?: NodeImageSettings | undefined;
  readonly enclave?: { readonly vcpus: number; readonly memoryMiB: number } | undefined;
  readonly sandboxRuntime?: "isolated-sandbox" | "confidential-sandbox" | undefined;
}

export interface ConfidentialWorkloadSettings {
  readonly name: string;
  readonly pool: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly policies?: readonly string[] | undefined;
  readonly publishers: readonly string[];
}

export interface NodeImageSettings {
  readonly id: string;
  readonly ownerId: string;
  readonly family: "AL2023" | "BOTTLEROCKET";
  readonly bootMode: "uefi" | "uefi-preferred" | "legacy-bios";
  readonly tpmSupport?: "v2.0" | undefined;
  readonly attestable: boolean;
}

export interface MeasurementSettings {
  readonly registers: readonly { readonly pcr: number; readonly value: string }[];
}

export interface AttestedKeySettings {
  readonly name: string;
  readonly rootOfTrust: "nitro-tpm" | "nitro-enclave" | "nitro-sandbox";
  readonly measurements: readonly MeasurementSettings[];
  readonly publishers: readonly string[];
  readonly openers: readonly string[];
}

export interface BucketSettings {
  readonly name: string;
  readonly class: "dataset" | "model" | "feature" | "checkpoint" | "log" | "scratch";
  readonly retentionDays?: number | undefined;
  readonly confirmedRetentionDays?: number | undefined;
  readonly noncurrentDays: number;
  readonly expireAfterDays?: number | undefined;
}

export interface AccessEntrySettings {
  readonly roleArn: string;
  readonly level: "view" | "edit" | "admin";
  readonly namespaces?: readonly string[] | undefined;
}

export interface AccessSettings {
  readonly imageId: string;
  readonly operators: readonly string[];
  readonly assumableRoleArns: readonly string[];
  readonly runners: number;
  readonly maxRunners: number;
  readonly shell: boolean;
}

export interface ReleaseSetSettings {
  readonly name: string;
  readonly releases: { readonly BOTTLEROCKET?: string | undefined; readonly AL2023?: string | undefined };
}

export interface PatchRingSettings {
  readonly rings: readonly { readonly name: string; readonly pools: readonly string[]; readonly soakDays: number }[];
  readonly current: ReleaseSetSettings;
  readonly previous: ReleaseSetSettings;
  readonly promotions: readonly { readonly ring: string; readonly on: string }[];
}

/** The settings of an environment's foundation: network, keys, cluster, node pools, storage. */
export interface FoundationSettings extends CommonSettings {
  readonly layer: "foundation";
  readonly accountStack: string;
  readonly network: {
    readonly cidr: string;
    readonly zones: readonly string[];
    readonly podCidr?: string | undefined;
    readonly egress?: { readonly allowedNames: readonly string[] } | undefined;
  };
  readonly encryptionControl: "monitor" | "enforce";
  readonly dnsFirewall: "block-list" | "allow-list";
  readonly logs: { readonly retentionDays: number };
  readonly keys: { readonly rotationDays: number; readonly deletionWindowDays: number };
  readonly cluster: {
    readonly version: string;
    readonly administrators: readonly string[];
    readonly accessEntries: readonly AccessEntrySettings[];
    readonly controlPlaneEgress: "aws-managed" | "customer-routed";
    readonly runtimeMonitoring: boolean;
    readonly serviceAccountRoles: boolean;
    readonly warmTargets?:
      | { readonly warmIps: number; readonly minimumIps: number; readonly prefixDelegation: boolean }
      | undefined;
    readonly publicAccess?: { readonly cidrs: readonly string[] } | undefined;
  };
  readonly access?: AccessSettings | undefined;
  readonly nodePools: readonly NodePoolSettings[];
  readonly gpuPools: readonly GpuPoolSettings[];
  readonly attestedPools: readonly AttestedPoolSettings[];
  readonly buckets: readonly BucketSettings[];
  readonly attestation: { readonly required: boolean };
  readonly attestedKeys: readonly AttestedKeySettings[];
  readonly confidentialWorkloads: readonly ConfidentialWorkloadSettings[];
  readonly patchRings?: PatchRingSettings | undefined;
  readonly deletionProtection: boolean;
}
