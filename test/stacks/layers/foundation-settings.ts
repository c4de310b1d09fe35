import { AGENT_MANAGEMENT } from "../../../stacks/layers/account/guard-duty";
import type { FoundationSettings } from "../../../stacks/settings";

export const accountStackOutputs = {
  accountId: "111122223333",
  region: "eu-central-1",
  vpcBlockPublicAccess: "block-bidirectional",
  allowedImages: { state: "enabled", owners: ["amazon"] },
  guardDuty: { detectorId: "d1", runtimeMonitoring: true, agentManagement: AGENT_MANAGEMENT },
  registryScanning: "ENHANCED",
  accessLogBucket: "gabion-access-logs-111122223333-eu-central-1",
};

/** Settings as they come out of a stack file, with all defaults. */
export const foundationSettings: FoundationSettings = {
  layer: "foundation",
  environment: "test",
  sandbox: true,
  assurance: "baseline",
  region: "eu-central-1",
  accountId: "111122223333",
  owner: "ml-platform",
  dataClass: "confidential",
  costCentre: "ml-1",
  deviations: [],
  accountStack: "test-account",
  network: {
    cidr: "10.20.0.0/16",
    zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
  },
  encryptionControl: "monitor",
  dnsFirewall: "allow-list",
  logs: { retentionDays: 90 },
  keys: { rotationDays: 365, deletionWindowDays: 7 },
  cluster: {
    version: "1.35",
    administrators: [],
    accessEntries: [],
    controlPlaneEgress: "aws-managed",
    runtimeMonitoring: false,
    serviceAccountRoles: false,
  },
  nodePools: [
    { name: "system", instanceTypes: ["m7i.xlarge"], minSize: 2, maxSize: 4, diskGiB: 80 },
    { name: "jobs", instanceTypes: ["m7g.2xlarge"], minSize: 0, maxSize: 9, desiredSize: 1, diskGiB: 100 },
  ],
  gpuPools: [
    {
      name: "serving",
      instanceType: "g6.xlarge",
      efa: false,
      deviceManagement: "device-plugin",
      minSize: 0,
      maxSize: 4,
      diskGiB: 200,
    },
    {
      name: "training",
      instanceType: "p4de.24xlarge",
      zone: "eu-central-1b",
      efa: true,
      deviceManagement: "device-plugin",
      minSize: 0,
      maxSize: 8,
      diskGiB: 500,
      amiType: "AL2023_x86_64_NVIDIA",
      releaseVersion: "1.35.0-20260714",
    },
  ],
  buckets: [
    { name: "datasets", class: "dataset", noncurrentDays: 30 },
    { name: "models", class: "model", noncurrentDays: 90 },
  ],
  attestedPools: [],
  attestation: { required: false },
  attestedKeys: [],
  confidentialWorkloads: [],
  deletionProtection: false,
};

/** What an environment that is held to more than `baseline` has otherwise. */
export const strictSettings: Partial<FoundationSettings> = {
  keys: { rotationDays: 90, deletionWindowDays: 30 },
  buckets: [
    { name: "datasets", class: "dataset", noncurrentDays: 365 },
    { name: "models", class: "model", noncurrentDays: 365, confirmedRetentionDays: 365 },
  ],
  deletionProtection: true,
};
