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
    allowedImages: { state: "enabled", owners: ["amazon", "111122223333"] },
    registryReplicationSources: ["444455556666"],
  },
  foundation: {
    ...SHORTEST.foundation,
    sandbox: true,
    assurance: "baseline",
    deployRoleArn: "arn:aws:iam::111122223333:role/deploy",
    deviations: [deviation("eks-public-endpoint")],
    cluster: {
      version: "1.35",
      administrators: ["arn:aws:iam::111122223333:role/admin"],
      publicAccess: { cidrs: ["203.0.113.0/24"] },
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
        name: "training",
        instanceType: "g6.12xlarge",
        zone: "eu-central-1a",
        efa: true,
        minSize: 0,
        maxSize: 4,
        desiredSize: 1,
        amiType: "BOTTLEROCKET_x86_64_NVIDIA",
      },
    ],
    buckets: [{ name: "datasets", class: "dataset" }],
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
  guardDuty: { detectorId: "12abc34d567e8fa901bc2d34e56789f0", runtimeMonitoring: true },
  registryScanning: "ENHANCED",
  configBucket: "gabion-config-111122223333-eu-central-1",
  analyzerArn: "arn:aws:access-analyzer:eu-central-1:111122223333:analyzer/gabion-external-access",
};
