import type * as pulumi from "@pulumi/pulumi";
import {
  addressBudgetProblems,
  amiTypeProblems,
  defaultAmiType,
  defaultNodeRelease,
  EKS_VERSIONS,
  type InstanceTypeFacts,
  type Problem,
  printable,
  warmTargetProblems,
} from "gabion-knowledge";
import {
  arnProblems,
  choiceProblems,
  integerProblems,
  missingProblems,
  nameProblems,
  type ScopeArgs,
  scopeProblems,
} from "../arguments/checks";
import type { WarmTargetArgs } from "./warm-targets";

/** Keeps pods off nodes that do not tolerate it. */
export interface PoolTaint {
  /** For example `example.com/team`. */
  key: string;
  /**
   * @default - none
   */
  value?: string;
  /** What happens to pods that do not tolerate it. */
  effect: TaintEffect;
}

/** What a taint does, as EKS names it. */
export const TaintEffect = {
  NoSchedule: "NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
} as const;
export type TaintEffect = (typeof TaintEffect)[keyof typeof TaintEffect];

/** What all pools of nodes have in common. */
export interface PoolArgs extends ScopeArgs {
  /**
   * What workloads call the pool: nodes carry it in the label `gabion.dev/pool`.
   * @default the component's name
   */
  poolName?: string;
  /** The name of the EKS cluster. */
  clusterName: pulumi.Input<string>;
  /** The minor version of Kubernetes that nodes run, for example `1.35`. */
  clusterVersion: string;
  /** The ARN of the KMS key of the nodes' volumes. Its policy must admit the service-linked role of EC2 Auto Scaling. */
  volumeKeyArn: pulumi.Input<string>;
  /** Fewest nodes, 0 to 450. */
  minSize: number;
  /** Most nodes, 1 to 450. */
  maxSize: number;
  /**
   * Nodes to start with. Later changes are left to whoever scales the pool.
   * @default minSize
   */
  desiredSize?: number;
  /**
   * The kind of node image, as EKS names it.
   * @default Bottlerocket for the architecture and the accelerator of the instance type; Amazon Linux 2023 where there is none
   */
  amiType?: string;
  /**
   * The release of the node image, as EKS lists it for the kind of image.
   * @default the release that Gabion pins for the cluster's version
   */
  releaseVersion?: string;
  /**
   * Size of the volume for images, containers and scratch data of each node, in GiB, 20 to 16384.
   * @default 80, with accelerators 200
   */
  diskGiB?: number;
  /**
   * Labels of the nodes, besides those that Gabion gives.
   * @default none
   */
  labels?: Record<string, string>;
  /**
   * Tags of instances, volumes and network interfaces. A provider's default tags do not reach them.
   * @default none
   */
  tags?: Record<string, string>;
  /**
   * How many addresses the pool's subnets can give together, 1 to 65536. With it a pool is refused whose nodes would use them up.
   * @default - not checked
   */
  subnetAddresses?: number;
  /**
   * What the cluster's VPC CNI keeps ready on every node: the `warmTargets` of the cluster. Used for that check alone.
   * @default - the CNI's own: one whole network interface
   */
  warmTargets?: WarmTargetArgs;
  /**
   * Pods with addresses of their own that a node is expected to run, 1 to 737. Used for that check alone.
   * @default 20
   */
  podsPerNode?: number;
}

/** EKS's own limit of nodes in a group. */
const MOST_NODES = 450;

const EXPECTED_PODS = 20;

export const POOL_REQUIRED = ["clusterName", "clusterVersion", "volumeKeyArn", "minSize", "maxSize"];

/** What is wrong with the arguments that all pools have. `types` are the known instance types; `ownImage` says that EKS makes none. */
export function poolProblems(
  name: string,
  args: PoolArgs,
  missing: readonly Problem[],
  types: readonly InstanceTypeFacts[],
  options: { readonly ownImage?: boolean } = {},
): Problem[] {
  const given = (path: string) => !missing.some((problem) => problem.path === path);
  const versions = EKS_VERSIONS.map(({ version }) => version);
  const size = { min: 0, max: MOST_NODES, unit: "nodes" };
  return [
    // The role's physical name is the tightest: 64 characters with "-node" and a random end.
    ...nameProblems(name, 50),
    ...scopeProblems(args),
    ...missing,
    ...(given("clusterVersion") ? choiceProblems("clusterVersion", args.clusterVersion, versions) : []),
    ...(given("volumeKeyArn") ? arnProblems("volumeKeyArn", args.volumeKeyArn, "key") : []),
    ...integerProblems("minSize", args.minSize, size),
    ...integerProblems("maxSize", args.maxSize, { ...size, min: 1 }),
    ...integerProblems("desiredSize", args.desiredSize, size),
    ...orderProblems(args),
    ...(options.ownImage === true ? [] : imageProblems(args, types)),
    ...addressProblems(args, types),
    ...integerProblems("diskGiB", args.diskGiB, { min: 20, max: 16384, unit: "GiB" }),
    ...poolNameProblems(args.poolName),
    ...labelProblems(args.labels),
  ];
}

export function poolMissing(args: PoolArgs, own: readonly string[]): Problem[] {
  return missingProblems(args, [...POOL_REQUIRED, ...own]);
}

function orderProblems({ minSize, maxSize, desiredSize }: PoolArgs): Problem[] {
  if (minSize > maxSize) {
    const reason = `it is more than maxSize, which is ${maxSize}`;
    return [{ path: "minSize", found: printable(minSize), reason, remedy: "Lower it, or raise maxSize" }];
  }
  if (desiredSize === undefined || (desiredSize >= minSize && desiredSize <= maxSize)) return [];
  const reason = "it is outside of minSize and maxSize";
  const remedy = `Give a number from ${minSize} to ${maxSize}, or leave it out`;
  return [{ path: "desiredSize", found: printable(desiredSize), reason, remedy }];
}

/** The type that holds the most addresses decides, as all nodes may become of it. */
function addressProblems(args: PoolArgs, types: readonly InstanceTypeFacts[]): Problem[] {
  const { subnetAddresses, warmTargets, podsPerNode = EXPECTED_PODS, maxSize } = args;
  const problems = [
    ...integerProblems("subnetAddresses", subnetAddresses, { min: 1, max: 65536, unit: "addresses" }),
    ...integerProblems("podsPerNode", podsPerNode, { min: 1, max: 737, unit: "pods" }),
    ...warmTargetProblems(warmTargets, "warmTargets"),
  ];
  if (problems.length > 0 || subnetAddresses === undefined || !Number.isInteger(maxSize)) return problems;
  const budget = { nodes: maxSize, pods: podsPerNode, targets: warmTargets, available: subnetAddresses };
  const [first] = types.flatMap((type) => addressBudgetProblems({ ...budget, type, path: "maxSize" }));
  return first === undefined ? [] : [first];
}

function imageProblems(args: PoolArgs, types: readonly InstanceTypeFacts[]): Problem[] {
  const [type] = types;
  if (type === undefined) return [];
  const amiType = args.amiType ?? defaultAmiType(type);
  if (amiType === "CUSTOM") {
    const reason = "an image of your own needs more than its kind";
    const remedy = "Take one of the kinds that EKS makes, or leave it out";
    return [{ path: "amiType", found: printable(amiType), reason, remedy }];
  }
  const problems = amiTypeProblems(amiType, type);
  if (problems.length > 0) return problems;
  return releaseProblems(args.releaseVersion, amiType, args.clusterVersion);
}

function releaseProblems(release: string | undefined, amiType: string, version: string): Problem[] {
  const path = "releaseVersion";
  const found = printable(release);
  const example = amiType.startsWith("BOTTLEROCKET") ? '"1.58.0-c5c37032"' : '"1.35.0-20260129"';
  if (release === undefined) {
    if (defaultNodeRelease(amiType, version) !== undefined) return [];
    const reason = `Gabion pins no release of ${amiType} for Kubernetes ${version}`;
    return [{ path, found, reason, remedy: `Give one that EKS lists, for example ${example}` }];
  }
  const form = amiType.startsWith("BOTTLEROCKET") ? /^\d+\.\d+\.\d+-[0-9a-f]{8}$/ : /^(\d+\.\d+)\.\d+-\d{8}$/;
  const match = form.exec(release);
  if (match === null) {
    const reason = `it is not the form of a release of ${amiType}`;
    return [{ path, found, reason, remedy: `Write it as EKS lists it, for example ${example}` }];
  }
  if (match[1] === undefined || match[1] === version) return [];
  const reason = `it is an image for Kubernetes ${match[1]}, and the pool runs ${version}`;
  return [{ path, found, reason, remedy: `Take a release that starts with "${version}."` }];
}

function poolNameProblems(value: string | undefined): Problem[] {
  if (value === undefined || isLabelValue(value)) return [];
  const remedy = "Use up to 63 letters, digits, - _ and ., a letter or digit first and last";
  return [{ path: "poolName", found: printable(value), reason: "it is not a value of a label", remedy }];
}

function isLabelValue(value: string): boolean {
  return /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/.test(value);
}

function labelProblems(labels: Readonly<Record<string, string>> | undefined): Problem[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => {
    const at = { path: `labels["${key}"]`, found: printable(value) };
    if (!/^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/.test(key)) {
      return [{ ...at, reason: "the key is not a label of Kubernetes", remedy: 'Write "example.com/purpose"' }];
    }
    if (/^gabion\.dev\/|^(\w+\.)*(kubernetes|k8s)\.io\//.test(key)) {
      return [{ ...at, reason: "the key is kept for Gabion or Kubernetes", remedy: "Take a prefix of your own" }];
    }
    if (value === "" || isLabelValue(value)) return [];
    return [{ ...at, reason: "the value is not one of a label", remedy: "Use up to 63 letters, digits, - _ and ." }];
  });
}
