import {
  DEFAULT_EKS_VERSION,
  isZone,
  LONGEST_NETWORK_PREFIX,
  parseArn,
  parseCidr,
  privateNetworkProblems,
} from "gabion-knowledge";
import type { z } from "zod";
import { commonShape } from "./common";
import { FOUNDATION_CONTROLS } from "./controls/foundation";
import { controlIds, guardedBy } from "./controls/guarded";
import { choice, flag, group, integer, list, numberChoice, text } from "./field";
import { checkFoundation } from "./foundation-checks";
import type { LayerSettings } from "./layer-settings";
import { gpuPoolField, nodePoolField } from "./pools";
import { type Finding, firstFinding } from "./problem";
import type { CommonSettings } from "./read";

export interface PoolSettings {
  readonly name: string;
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredSize?: number | undefined;
  readonly amiType?: string | undefined;
  readonly releaseVersion?: string | undefined;
  readonly diskGiB: number;
}

export interface NodePoolSettings extends PoolSettings {
  readonly instanceTypes: readonly string[];
}

export interface GpuPoolSettings extends PoolSettings {
  readonly instanceType: string;
  readonly zone?: string | undefined;
  readonly efa: boolean;
}

export interface BucketSettings {
  readonly name: string;
  readonly class: "dataset" | "model" | "feature" | "checkpoint" | "scratch";
  readonly noncurrentDays: number;
}

/** The settings of an environment's foundation: network, keys, cluster, node pools, storage. */
export interface FoundationSettings extends CommonSettings {
  readonly layer: "foundation";
  readonly accountStack: string;
  readonly network: { readonly cidr: string; readonly zones: readonly string[] };
  readonly logs: { readonly retentionDays: number };
  readonly keys: { readonly rotationDays: number; readonly deletionWindowDays: number };
  readonly cluster: {
    readonly version: string;
    readonly administrators: readonly string[];
    readonly publicAccess?: { readonly cidrs: readonly string[] } | undefined;
  };
  readonly nodePools: readonly NodePoolSettings[];
  readonly gpuPools: readonly GpuPoolSettings[];
  readonly buckets: readonly BucketSettings[];
  readonly attestation: { readonly required: boolean };
  readonly deletionProtection: boolean;
}

/** What CloudWatch Logs takes (API reference, PutRetentionPolicy), from a month on. */
const RETENTION_DAYS = [
  30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

function foundationSchema(): z.ZodType<FoundationSettings> {
  const { guarded, watched } = guardedBy(FOUNDATION_CONTROLS);
  return group(
    { description: "Settings of a stack of the layer foundation: network, keys, cluster, node pools and storage." },
    {
      ...commonShape("foundation", controlIds(FOUNDATION_CONTROLS)),
      accountStack: text(
        {
          description:
            "The stack of the layer account that holds the account's baseline. It is deployed before this one.",
          allowed: "the name of a stack",
          example: "dev-account",
        },
        /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/,
      ),
      network: group(
        { description: "The private network." },
        {
          cidr: text(
            {
              description:
                "The IPv4 block of the VPC. Every zone gets an eighth of it, so that zones can be added later.",
              allowed: `a private IPv4 block of /16 to /${LONGEST_NETWORK_PREFIX}`,
              example: "10.20.0.0/16",
            },
            networkFinding,
          ),
          zones: list(
            {
              description: "The Availability Zones. Append to the list; another order moves subnets.",
              allowed: "a list of 2 to 6 zones of the Region, each once",
              example: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
            },
            text(
              {
                description: "An Availability Zone.",
                allowed: "a zone of the Region, by name or by id",
                example: "eu-central-1a",
              },
              zoneFinding,
            ),
            { min: 2, max: 6 },
          ),
        },
      ),
      logs: group(
        { description: "Logs of the network and of the cluster's control plane." },
        {
          retentionDays: guarded(
            "log-retention",
            numberChoice(
              { description: "How many days logs are kept, as CloudWatch Logs takes them.", example: 365 },
              RETENTION_DAYS,
            ),
          ),
        },
      ).prefault({}),
      keys: group(
        { description: "The KMS keys of the environment." },
        {
          rotationDays: guarded(
            "kms-rotation-period",
            integer(
              { description: "After how many days a key gets new material. KMS takes 90 to 2560.", example: 180 },
              { min: 90, max: 2560 },
            ),
          ),
          deletionWindowDays: guarded(
            "kms-deletion-window",
            integer(
              { description: "For how many days the deletion of a key can be taken back.", example: 30 },
              { min: 7, max: 30 },
            ),
          ),
        },
      ).prefault({}),
      cluster: group(
        { description: "The EKS cluster." },
        {
          version: watched(
            "eks-extended-support",
            text(
              {
                description: "The minor version of Kubernetes.",
                allowed: "a minor version of Kubernetes on EKS, in quotes",
                example: DEFAULT_EKS_VERSION,
                quoted: "version",
              },
              /^1\.\d{2}$/,
            ),
          ).default(DEFAULT_EKS_VERSION),
          administrators: list(
            {
              description: "Roles that get administrator rights in the cluster.",
              allowed: "a list of at most 20 ARNs of IAM roles",
              example: ["arn:aws:iam::111122223333:role/ml-platform-admin"],
            },
            text(
              {
                description: "A role that gets administrator rights in the cluster.",
                allowed: "the ARN of an IAM role",
                example: "arn:aws:iam::111122223333:role/ml-platform-admin",
              },
              roleFinding,
            ),
            { max: 20 },
          ).default([]),
          publicAccess: watched(
            "eks-public-endpoint",
            group(
              {
                description:
                  "Opens the cluster's API to addresses on the internet. Leave it out: the API is then reachable from inside the network only.",
                allowed: "absent; with a deviation from eks-public-endpoint, a group with the setting cidrs",
              },
              {
                cidrs: list(
                  {
                    description: "The IPv4 blocks from which the API may be reached.",
                    allowed: "a list of 1 to 40 IPv4 blocks, none of them wider than /16",
                    example: ["203.0.113.0/24"],
                  },
                  text(
                    {
                      description: "A block from which the API may be reached.",
                      allowed: "an IPv4 block of /16 to /32",
                      example: "203.0.113.0/24",
                    },
                    publicCidrFinding,
                  ),
                  { min: 1, max: 40 },
                ),
              },
            ),
          ).optional(),
        },
      ).prefault({}),
      nodePools: list(
        {
          description: "Pools of ordinary nodes. The first carries the cluster's own add-ons.",
          allowed: "a list of 1 to 20 pools",
        },
        nodePoolField(),
        { min: 1, max: 20 },
      ),
      gpuPools: list(
        { description: "Pools of nodes with accelerators.", allowed: "a list of at most 50 pools" },
        gpuPoolField(),
        { max: 50 },
      ).default([]),
      buckets: list(
        { description: "Buckets for data of the environment.", allowed: "a list of at most 50 buckets" },
        group(
          { description: "A bucket: versioned, encrypted by the environment's key, closed to the public." },
          {
            name: text(
              {
                description:
                  "What the bucket is called in the environment, unique there. AWS's name is derived from it.",
                allowed: "2 to 24 lower-case letters, digits and hyphens, a letter first",
                example: "datasets",
              },
              /^[a-z][a-z0-9-]{0,22}[a-z0-9]$/,
            ),
            class: choice({ description: "What the bucket holds. It decides its lifecycle.", example: "dataset" }, [
              "dataset",
              "model",
              "feature",
              "checkpoint",
              "scratch",
            ]),
            noncurrentDays: guarded(
              "s3-version-retention",
              integer(
                { description: "For how many days overwritten and deleted objects are kept.", example: 90 },
                { min: 1, max: 3650 },
              ),
            ),
          },
        ),
        { max: 50 },
      ).default([]),
      attestation: group(
        { description: "What nodes must be able to prove about themselves." },
        {
          required: guarded(
            "attestable-nodes",
            flag({
              description:
                "Whether accelerator pools are limited to instance types with NitroTPM, so that they can prove what they booted.",
            }),
          ),
        },
      ).prefault({}),
      deletionProtection: guarded(
        "deletion-protection",
        flag({
          description:
            "Whether the cluster, keys and buckets are protected from deletion. Leaving such an environment takes two steps: release, then destroy.",
        }),
      ),
    },
  );
}

// Which zones there are makes no difference to the block: each gets the same part of it.
function networkFinding(value: string): Finding | undefined {
  const problems = privateNetworkProblems(value, ["eu-central-1a", "eu-central-1b"]);
  return firstFinding(problems.filter(({ path }) => path === "cidr"));
}

function zoneFinding(value: string): Finding | undefined {
  if (isZone(value)) return undefined;
  return {
    reason: "it is not an Availability Zone",
    remedy: 'Write a name ("eu-central-1a") or an id ("euc1-az1")',
  };
}

function roleFinding(value: string): Finding | undefined {
  const arn = parseArn(value);
  if (arn?.service === "iam" && /^\d{12}$/.test(arn.account) && /^role\/[\w+=,.@/-]+$/.test(arn.resource))
    return undefined;
  return { reason: "it is not the ARN of a role", remedy: "Copy the ARN from IAM: arn:aws:iam::<account>:role/<name>" };
}

function publicCidrFinding(value: string): Finding | undefined {
  const block = parseCidr(value);
  if (block === undefined) {
    return { reason: "it is not an IPv4 block", remedy: 'Write an address and a length, for example "203.0.113.0/24"' };
  }
  if (block.prefixLength >= 16) return undefined;
  return {
    reason: `it holds ${2 ** (32 - block.prefixLength)} addresses, which is the internet rather than somebody's network`,
    remedy: "Name the blocks that you own, each /16 or smaller",
  };
}

let schema: z.ZodType<FoundationSettings> | undefined;

export const foundationLayer: LayerSettings<FoundationSettings> = {
  layer: "foundation",
  controls: FOUNDATION_CONTROLS,
  schema: () => (schema ??= foundationSchema()),
  check: checkFoundation,
};
