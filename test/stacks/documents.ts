import { AGENT_MANAGEMENT } from "../../stacks/layers/account/guard-duty";
import { type ReadResult, readSettings, type SettingsProblem } from "../../stacks/settings";

export const TODAY = "2026-11-24";

export type Values = Record<string, unknown>;

const common: Values = {
  environment: "dev",
  region: "eu-central-1",
  accountId: "111122223333",
  owner: "ml-platform",
  dataClass: "internal",
  costCentre: "ml-4711",
};

/** The shortest valid settings of each layer. */
export const SHORTEST: Record<"account" | "foundation", Values> = {
  account: { layer: "account", ...common },
  foundation: {
    layer: "foundation",
    ...common,
    accountStack: "dev-account",
    network: { cidr: "10.20.0.0/16", zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"] },
    nodePools: [{ name: "system", instanceTypes: ["m7i.xlarge"], minSize: 2, maxSize: 4 }],
  },
};

/** Every field given, so that each can be replaced by something wrong. */
export const FULLEST: Record<"account" | "foundation", Values> = {
  account: {
    ...SHORTEST.account,
    sandbox: true,
    assurance: "baseline",
    deployRoleArn: "arn:aws:iam::111122223333:role/deploy",
    deviations: [deviation("account-macie")],
    macie: false,
    accessLogs: { retentionDays: 120 },
    allowedImages: { state: "enabled", owners: ["amazon", "111122223333"] },
    registryReplicationSources: ["444455556666"],
  },
  foundation: {
    ...SHORTEST.foundation,
    sandbox: true,
    assurance: "baseline",
    deployRoleArn: "arn:aws:iam::111122223333:role/deploy",
    deviations: [deviation("eks-public-endpoint")],
    network: {
      ...(SHORTEST.foundation.network as Values),
      podCidr: "100.64.0.0/16",
      egress: { allowedNames: ["pypi.org", ".internal.example.com"] },
    },
    cluster: {
      version: "1.36",
      administrators: ["arn:aws:iam::111122223333:role/admin"],
      accessEntries: [
        { roleArn: "arn:aws:iam::111122223333:role/engineer", level: "edit", namespaces: ["team-*"] },
        { roleArn: "arn:aws:iam::111122223333:role/auditor", level: "view" },
      ],
      runtimeMonitoring: true,
      serviceAccountRoles: true,
      warmTargets: { warmIps: 4, minimumIps: 16, prefixDelegation: false },
      publicAccess: { cidrs: ["203.0.113.0/24"] },
    },
    access: {
      imageId: "ami-0123456789abcdef0",
      operators: ["arn:aws:iam::111122223333:role/operator"],
      assumableRoleArns: ["arn:aws:iam::111122223333:role/deploy"],
    },
    nodePools: [
      {
        name: "system",
        instanceTypes: ["m7i.xlarge"],
        minSize: 2,
        maxSize: 4,
        desiredSize: 3,
        amiType: "BOTTLEROCKET_x86_64",
      },
    ],
    gpuPools: [
      {
        name: "slices",
        instanceType: "p5.48xlarge",
        zone: "eu-central-1a",
        efa: false,
        minSize: 0,
        maxSize: 4,
        desiredSize: 1,
        amiType: "BOTTLEROCKET_x86_64_NVIDIA",
        migProfiles: ["1g.10gb"],
        capacityReservationId: "cr-0123456789abcdef0",
      },
      {
        name: "training",
        instanceType: "p5.48xlarge",
        zone: "eu-central-1b",
        efa: true,
        minSize: 0,
        maxSize: 2,
        capacityBlockId: "cr-0123456789abcdef1",
      },
    ],
    attestedPools: [
      {
        name: "vault",
        tier: "enclave",
        key: "envelopes",
        instanceType: "m7i.2xlarge",
        zone: "eu-central-1a",
        image: {
          id: "ami-0123456789abcdef0",
          ownerId: "111122223333",
          family: "AL2023",
          bootMode: "uefi",
          tpmSupport: "v2.0",
          attestable: true,
        },
        enclave: { vcpus: 2, memoryMiB: 4096 },
        minSize: 0,
        maxSize: 2,
        desiredSize: 1,
      },
      {
        name: "sandboxes",
        tier: "enclave",
        sandboxRuntime: "confidential-sandbox",
        instanceType: "m7i.4xlarge",
        image: { id: "ami-0123456789abcdef0", ownerId: "111122223333", family: "AL2023", bootMode: "uefi" },
        minSize: 0,
        maxSize: 2,
      },
      {
        name: "sealed",
        tier: "attestable-image",
        key: "weights",
        instanceType: "m7i.2xlarge",
        image: {
          id: "ami-0123456789abcdef0",
          ownerId: "111122223333",
          family: "BOTTLEROCKET",
          bootMode: "uefi",
          tpmSupport: "v2.0",
          attestable: true,
        },
        minSize: 1,
        maxSize: 2,
      },
    ],
    attestedKeys: [
      {
        name: "weights",
        rootOfTrust: "nitro-tpm",
        measurements: ["a1", "c3"].map((byte) => ({
          registers: [
            { pcr: 4, value: byte.repeat(48) },
            { pcr: 12, value: "b2".repeat(48) },
          ],
        })),
        publishers: ["arn:aws:iam::111122223333:role/publisher"],
        openers: ["arn:aws:iam::111122223333:role/server"],
      },
      {
        name: "envelopes",
        rootOfTrust: "nitro-enclave",
        measurements: [{ registers: [{ pcr: 0, value: "e5".repeat(48) }] }],
        openers: ["arn:aws:iam::111122223333:role/vault"],
      },
    ],
    confidentialWorkloads: [
      {
        name: "tokeniser",
        pool: "sandboxes",
        namespace: "serving",
        serviceAccount: "tokeniser",
        policies: ["f6".repeat(48), "a7".repeat(48)],
        publishers: ["arn:aws:iam::111122223333:role/publisher"],
      },
    ],
    patchRings: {
      rings: [
        { name: "canary", pools: ["training"] },
        { name: "main", pools: ["system"], soakDays: 3 },
      ],
      current: { name: "nodes-2026-11", releases: { BOTTLEROCKET: "1.58.0-c5c37032" } },
      previous: { name: "nodes-2026-10", releases: { BOTTLEROCKET: "1.57.0-0a1b2c3d", AL2023: "1.35.0-20260129" } },
      promotions: [{ ring: "canary", on: "2026-11-20" }],
    },
    buckets: [
      { name: "datasets", class: "dataset", retentionDays: 60, confirmedRetentionDays: 60 },
      { name: "scratch", class: "scratch", expireAfterDays: 7 },
    ],
  },
};

export function deviation(control: string, more: Values = {}): Values {
  return {
    control,
    reason: "the tunnel is not up yet",
    owner: "ml-platform",
    ticket: "SEC-1",
    expires: "2027-01-31",
    ...more,
  };
}

/** Values as the Pulumi CLI hands them to a program: texts, lists and groups as JSON. */
export function configOf(values: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      `gabion:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

export function read(
  values: Values,
  options: { today?: string; stackName?: string; secretKeys?: string[] } = {},
): ReadResult {
  return readSettings(configOf(values), { today: TODAY, stackName: "dev", ...options });
}

/** The problems of values that are expected to have some. */
export function problemsOf(values: Values, options: Parameters<typeof read>[1] = {}): readonly SettingsProblem[] {
  const result = read(values, options);
  return result.ok ? [] : result.problems;
}

/** What the stack of {@link SHORTEST}`.account` tells the stacks that are built on it. */
export const ACCOUNT_OUTPUTS: Values = {
  accountId: "111122223333",
  region: "eu-central-1",
  vpcBlockPublicAccess: "block-bidirectional",
  allowedImages: { state: "enabled", owners: ["amazon"] },
  guardDuty: {
    detectorId: "12abc34d567e8fa901bc2d34e56789f0",
    runtimeMonitoring: true,
    agentManagement: AGENT_MANAGEMENT,
  },
  registryScanning: "ENHANCED",
  accessLogBucket: "gabion-access-logs-111122223333-eu-central-1",
  configBucket: "gabion-config-111122223333-eu-central-1",
  analyzerArn: "arn:aws:access-analyzer:eu-central-1:111122223333:analyzer/gabion-external-access",
};
