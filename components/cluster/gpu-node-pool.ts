import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import {
  efaInterfaces,
  findInstanceType,
  type InstanceTypeFacts,
  instanceType,
  isAccelerated,
  type Problem,
  printable,
} from "gabion-knowledge";
import { isPlain, problemsOf } from "../arguments/checks";
import { refuseArguments } from "../arguments/input-error";
import { efaGroup } from "./efa-group";
import { type PoolArgs, type PoolTaint, poolMissing, poolProblems, TaintEffect } from "./pool-args";
import { makePool, type TemplateExtras } from "./pool-resources";

export interface GpuNodePoolArgs extends PoolArgs {
  /** The instance type of all nodes, one with accelerators. */
  instanceType: string;
  /** Subnets of the nodes. With `efa` exactly one, because EFA traffic does not leave a zone. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Whether nodes get all Elastic Fabric Adapter interfaces of their type, in a cluster placement group. Needs `vpcId` and
   * `clusterSecurityGroupId`.
   * @default false
   */
  efa?: boolean;
  /**
   * The VPC of the subnets. Needed with `efa`.
   * @default none
   */
  vpcId?: pulumi.Input<string>;
  /**
   * The security group that EKS made for the cluster. Needed with `efa`, where nodes do not get it by themselves.
   * @default none
   */
  clusterSecurityGroupId?: pulumi.Input<string>;
}

/**
 * A pool of nodes with accelerators, all of one type, that takes only pods which tolerate its taint: `nvidia.com/gpu` or
 * `aws.amazon.com/neuron`. With EFA the nodes stand close together in one zone, and a security group of their own carries the
 * collective traffic.
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
    const efa = args.efa === true ? makeEfa(name, args, type, this) : undefined;
    const { group, role } = makePool({
      name,
      parent: this,
      dependsOn: opts?.dependsOn,
      args,
      types: [type],
      subnetIds: efa === undefined ? args.subnetIds : oneSubnet(name, args.subnetIds),
      diskGiB: args.diskGiB ?? 200,
      labels: labelsOf(type, args.efa === true),
      taints: [taintOf(type)],
      template: efa?.template ?? {},
      updateConfig: { maxUnavailable: 1 },
    });

    this.nodeGroupName = group.nodeGroupName;
    this.nodeRoleArn = role.arn;
    this.efaSecurityGroupId = pulumi.output(efa?.groupId);
    this.registerOutputs({
      nodeGroupName: this.nodeGroupName,
      nodeRoleArn: this.nodeRoleArn,
      efaSecurityGroupId: this.efaSecurityGroupId,
    });
  }
}

function makeEfa(
  name: string,
  args: GpuNodePoolArgs,
  type: InstanceTypeFacts,
  parent: pulumi.Resource,
): { template: TemplateExtras; groupId: pulumi.Output<string> } {
  const placement = new ec2.PlacementGroup(name, { strategy: "cluster", tags: { Name: name } }, { parent });
  const group = efaGroup(`${name}-efa`, args.vpcId as pulumi.Input<string>, parent);
  const securityGroups = [args.clusterSecurityGroupId as pulumi.Input<string>, group.id];
  return {
    groupId: group.id,
    template: {
      placement: { groupName: placement.name },
      networkInterfaces: efaInterfaces(type).map(({ networkCardIndex, deviceIndex, interfaceType }) => ({
        networkCardIndex,
        deviceIndex,
        interfaceType,
        securityGroups,
        deleteOnTermination: "true",
      })),
    },
  };
}

/** The one subnet of a pool with EFA, also where it is known only later. */
function oneSubnet(name: string, subnetIds: pulumi.Input<pulumi.Input<string>[]>): pulumi.Output<string[]> {
  return pulumi.output(subnetIds).apply((ids) => {
    refuseArguments("GpuNodePool", name, subnetProblems(ids));
    return ids;
  });
}

function subnetProblems(ids: readonly unknown[]): Problem[] {
  if (ids.length === 1) return [];
  const reason = "EFA traffic does not leave a zone, so all nodes must be in one subnet";
  const remedy = "Give the workload subnet of the zone that has the capacity";
  return [{ path: "subnetIds", found: `a list of ${ids.length}`, reason, remedy }];
}

function taintOf(type: InstanceTypeFacts): PoolTaint {
  const key = type.accelerator?.kind === "neuron" ? "aws.amazon.com/neuron" : "nvidia.com/gpu";
  return { key, value: "true", effect: TaintEffect.NoSchedule };
}

function labelsOf(type: InstanceTypeFacts, efa: boolean): Record<string, string> {
  const name = (type.accelerator?.name ?? "").toLowerCase().replace(/[^a-z0-9-]+/g, "-");
  return {
    "gabion.dev/accelerator": name,
    ...(type.accelerator?.kind === "gpu" ? { "nvidia.com/gpu.present": "true" } : {}),
    ...(efa ? { "vpc.amazonaws.com/efa.present": "true" } : {}),
  };
}

function argumentProblems(name: string, args: GpuNodePoolArgs): Problem[] {
  const efaNeeds = args.efa === true ? ["vpcId", "clusterSecurityGroupId"] : [];
  const missing = poolMissing(args, ["subnetIds", "instanceType", ...efaNeeds]);
  const type = typeof args.instanceType === "string" ? findInstanceType(args.instanceType) : undefined;
  const usable = type !== undefined && isAccelerated(type) ? [type] : [];
  return [
    ...poolProblems(name, args, missing, usable),
    ...(args.instanceType ? typeProblems(args.instanceType) : []),
    ...(args.efa === true && type !== undefined ? efaProblems(type) : []),
    ...(args.efa === true && args.subnetIds !== undefined && isPlain(args.subnetIds)
      ? subnetProblems(args.subnetIds as readonly unknown[])
      : []),
  ];
}

function typeProblems(value: string): Problem[] {
  const path = "instanceType";
  const facts = findInstanceType(value);
  if (facts === undefined) return problemsOf(() => instanceType(value, path));
  if (isAccelerated(facts)) return [];
  const remedy = "Use NodePool, or take a type with, for example g6.12xlarge";
  return [{ path, found: printable(value), reason: "it has no accelerators", remedy }];
}

function efaProblems(type: InstanceTypeFacts): Problem[] {
  if (type.efaInterfaces > 0) return [];
  const remedy = "Leave it out, or take a type with EFA, for example g6.12xlarge or p5.48xlarge";
  return [{ path: "efa", found: "true", reason: `${type.name} has no Elastic Fabric Adapter`, remedy }];
}
