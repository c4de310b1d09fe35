export type { ScopeArgs } from "./arguments/checks";
export { DEVIATION_TAG, type Deviation } from "./arguments/deviation";
export { InputError } from "./arguments/input-error";
export { type AccessEntryArgs, AccessLevel } from "./cluster/access-entries";
export type { AddonArgs } from "./cluster/addon-resources";
export {
  AttestationTier,
  type AttestedKeyUse,
  type AttestedNodePoolArgs,
  BootMode,
  type EnclaveArgs,
  ImageFamily,
  type NodeImageArgs,
} from "./cluster/attestation-args";
export { AttestedNodePool } from "./cluster/attested-node-pool";
export { ClusterAddons, type ClusterAddonsArgs } from "./cluster/cluster-addons";
export { ControlPlaneEgressMode, type PrivateClusterArgs, type PublicAccess } from "./cluster/cluster-args";
export { type ConfidentialRuntimeArgs, SandboxRuntime } from "./cluster/confidential-args";
export { ConfidentialRuntime, type SandboxPool } from "./cluster/confidential-runtime";
export { DeviceManagement, GpuNodePool, type GpuNodePoolArgs } from "./cluster/gpu-node-pool";
export { NodePool, type NodePoolArgs } from "./cluster/node-pool";
export {
  type PatchPlanArgs,
  type PatchRingArgs,
  PatchRings,
  type PatchRingsArgs,
  type PromotionArgs,
  type ReleaseSetArgs,
} from "./cluster/patch-rings";
export { type PoolArgs, type PoolTaint, TaintEffect } from "./cluster/pool-args";
export { PrivateCluster } from "./cluster/private-cluster";
export type { SingleTypePoolArgs } from "./cluster/single-type-pool";
export type { WarmTargetArgs } from "./cluster/warm-targets";
export { AttestedKey, type AttestedKeyArgs, RootOfTrust } from "./keys/attested-key";
export { DataKey, type DataKeyArgs } from "./keys/data-key";
export type { PrivateAccessArgs, TunnelTarget } from "./network/access-args";
export { EgressFirewall, type EgressFirewallArgs } from "./network/egress-firewall";
export {
  DnsFirewall,
  EncryptionControl,
  type ExistingNetwork,
  NetworkEgress,
  type PrivateNetworkArgs,
} from "./network/network-args";
export { PrivateAccess } from "./network/private-access";
export { PrivateNetwork } from "./network/private-network";
export { type NetworkNeed, ServiceEndpoints, type ServiceEndpointsArgs } from "./network/service-endpoints";
export type { DataBucketArgs } from "./storage/bucket-args";
export { BucketClass } from "./storage/bucket-class";
export { ACCESS_LOG_KEYS } from "./storage/bucket-policy";
export { DataBucket } from "./storage/data-bucket";
export type { BucketReplicationArgs } from "./storage/replication";
export { TlsVersion } from "./storage/tls-version";
