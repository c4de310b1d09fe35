import * as pulumi from "@pulumi/pulumi";
import {
  ATTESTATION_LABEL,
  beforeKubelet,
  bottlerocketDeviceSettings,
  bottlerocketMigSettings,
  bottlerocketUserData,
  DEVICE_MANAGEMENT_LABEL,
  deviceManagementProblems,
  findInstanceType,
  type InstanceTypeFacts,
  instanceType,
  isAccelerated,
  migCommands,
  migImageProblems,
  migPartitions,
  migProblems,
  mimeUserData,
  type Problem,
  printable,
} from "gabion-knowledge";
import { choiceProblems } from "../arguments/checks";
import { refuseArguments } from "../arguments/input-error";
import { poolMissing, poolProblems } from "./pool-args";
import { base64, makePool, nodeImage } from "./pool-resources";
import {
  acceleratorLabels,
  acceleratorTaints,
  type SingleTypePoolArgs,
  singleTypeParts,
  singleTypeProblems,
  singleTypeRequired,
  unknownTypeProblems,
} from "./single-type-pool";

/** How pods get the accelerators of a node. */
export const DeviceManagement = {
  /** By count, from a device plugin: `nvidia.com/gpu: 1`. */
  DevicePlugin: "device-plugin",
  /** By claims, from a driver of dynamic resource allocation. No device plugin may run beside it. */
  Dra: "dra",
} as const;
export type DeviceManagement = (typeof DeviceManagement)[keyof typeof DeviceManagement];

export interface GpuNodePoolArgs extends SingleTypePoolArgs {
  /**
   * MIG profiles of each GPU, for example `1g.10gb`. One alone stands for as many of it as the GPU holds; several, one entry a
   * partition, are a layout of their own, which images of Bottlerocket cannot have. GPUs are partitioned before the kubelet starts.
   * Collective communication between GPUs (NCCL, and so EFA) does not work with MIG.
   * @default - whole GPUs
   */
  migProfiles?: string[];
  /**
   * How pods get the devices. `dra` needs Kubernetes 1.34 and, with an image of Bottlerocket, a release of 1.63.0 or later. Nodes carry
   * it in the label `gabion.dev/device-management`, by which daemons choose their nodes: never both run on one.
   * @default device-plugin
   */
  deviceManagement?: DeviceManagement;
}

/**
 * A pool of nodes with accelerators, all of one type, that takes only pods which tolerate its taint: `nvidia.com/gpu` or
 * `aws.amazon.com/neuron`. With EFA the nodes stand close together in one zone, and a security group of their own carries the
 * collective traffic. Nodes can prove nothing about themselves, which their label `gabion.dev/attestation` says: see
 * `AttestedNodePool` for those that can.
 *
 * Give cluster and endpoints in `dependsOn`: nodes need both to become ready and to leave.
 */
export class GpuNodePool extends pulumi.ComponentResource {
  /** The name of the node group. */
  public readonly nodeGroupName: pulumi.Output<string>;
  /** The ARN of the nodes' role. */
  public readonly nodeRoleArn: pulumi.Output<string>;
  /** The security group of the EFA traffic; undefined without EFA. */
  public readonly efaSecurityGroupId: pulumi.Output<string | undefined>;

  /** @throws InputError with everything that is wrong with the arguments. */
  constructor(name: string, args: GpuNodePoolArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("GpuNodePool", name, argumentProblems(name, args));
    super("gabion:index:GpuNodePool", name, args, opts);

    const type = instanceType(args.instanceType);
    const parts = singleTypeParts("GpuNodePool", name, args, type, this);
    const { group, role } = makePool({
      name,
      parent: this,
      dependsOn: opts?.dependsOn,
      args,
      types: [type],
      subnetIds: parts.subnetIds,
      diskGiB: args.diskGiB ?? 200,
      labels: {
        ...acceleratorLabels(type, args.efa === true),
        [ATTESTATION_LABEL]: "none",
        [DEVICE_MANAGEMENT_LABEL]: args.deviceManagement ?? DeviceManagement.DevicePlugin,
      },
      taints: acceleratorTaints(type),
      template: { ...parts.template, ...userData(args, type) },
      updateConfig: { maxUnavailable: 1 },
      capacityBlock: parts.capacityBlock,
    });

    this.nodeGroupName = group.nodeGroupName;
    this.nodeRoleArn = role.arn;
    this.efaSecurityGroupId = pulumi.output(parts.efaGroupId);
    this.registerOutputs({
      nodeGroupName: this.nodeGroupName,
      nodeRoleArn: this.nodeRoleArn,
      efaSecurityGroupId: this.efaSecurityGroupId,
    });
  }
}

/** What nodes are told besides what EKS tells them: partitions of GPUs, and to leave devices to another. */
function userData(args: GpuNodePoolArgs, type: InstanceTypeFacts): { userData?: string } {
  const { migProfiles = [], deviceManagement = DeviceManagement.DevicePlugin } = args;
  const [first] = migProfiles;
  if (nodeImage(args, type).amiType.startsWith("BOTTLEROCKET")) {
    const mig = first === undefined ? {} : bottlerocketMigSettings(type, first);
    const text = bottlerocketUserData({ ...bottlerocketDeviceSettings(deviceManagement), ...mig });
    return text === "" ? {} : { userData: base64(text) };
  }
  if (first === undefined) return {};
  const script = beforeKubelet(migCommands(migPartitions(type, migProfiles)));
  return { userData: base64(mimeUserData([script])) };
}

function argumentProblems(name: string, args: GpuNodePoolArgs): Problem[] {
  const missing = poolMissing(args, singleTypeRequired(args));
  const type = typeof args.instanceType === "string" ? findInstanceType(args.instanceType) : undefined;
  const usable = type !== undefined && isAccelerated(type) ? type : undefined;
  return [
    ...poolProblems(name, args, missing, usable === undefined ? [] : [usable]),
    ...(args.instanceType ? typeProblems(args.instanceType) : []),
    ...singleTypeProblems(args),
    ...choiceProblems("deviceManagement", args.deviceManagement, Object.values(DeviceManagement)),
    ...(usable === undefined ? [] : deviceProblems(args, usable)),
  ];
}

function typeProblems(value: string): Problem[] {
  const facts = findInstanceType(value);
  if (facts === undefined) return unknownTypeProblems(value);
  if (isAccelerated(facts)) return [];
  const remedy = "Use NodePool, or take a type with, for example g6.12xlarge";
  return [{ path: "instanceType", found: printable(value), reason: "it has no accelerators", remedy }];
}

function deviceProblems(args: GpuNodePoolArgs, type: InstanceTypeFacts): Problem[] {
  const { migProfiles, deviceManagement: management = DeviceManagement.DevicePlugin, clusterVersion } = args;
  const { amiType, releaseVersion: release } = nodeImage(args, type);
  const choice = {
    management,
    type,
    amiType,
    release,
    kubernetes: clusterVersion ?? "",
    mig: migProfiles !== undefined,
  };
  return [
    ...deviceManagementProblems(choice),
    ...(migProfiles === undefined ? [] : partitionProblems(args, type, amiType)),
  ];
}

function partitionProblems(args: GpuNodePoolArgs, type: InstanceTypeFacts, amiType: string): Problem[] {
  const { migProfiles = [], efa } = args;
  const path = "migProfiles";
  const layout = migProblems(type, migPartitions(type, migProfiles), path);
  if (layout.length > 0) return layout;
  const problems = migImageProblems(type, migProfiles, amiType, path);
  if (efa !== true) return problems;
  const reason = "collective communication does not work between partitions, so EFA would carry nothing";
  return [...problems, { path, found: printable(migProfiles), reason, remedy: "Leave out the one or the other" }];
}
