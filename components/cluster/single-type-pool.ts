import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import {
  efaInterfaces,
  findInstanceType,
  type InstanceTypeFacts,
  instanceType,
  type Problem,
  reservedCapacityProblems,
} from "gabion-knowledge";
import { isPlain, problemsOf } from "../arguments/checks";
import { refuseArguments } from "../arguments/input-error";
import { efaGroup } from "./efa-group";
import type { PoolArgs, PoolTaint } from "./pool-args";
import { TaintEffect } from "./pool-args";
import type { TemplateExtras } from "./pool-resources";

/** What pools have in common whose nodes are all of one instance type. */
export interface SingleTypePoolArgs extends PoolArgs {
  /** The instance type of all nodes. */
  instanceType: string;
  /**
   * Subnets of the nodes. With `efa`, `capacityBlockId` or `capacityReservationId` exactly one: EFA traffic does not leave a zone, and a
   * reservation is in one.
   */
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
  /**
   * The Capacity Block for ML that nodes are launched into, `cr-` and hexadecimal digits. The pool stays at 0 nodes until the block
   * starts; then scale it up. Forty minutes before the block ends EKS scales it to 0 by a scheduled action of the Auto Scaling group,
   * which is not to be edited or deleted. For an update of image or version its size must be 0. Nodes stand close together anyway, so
   * there is no placement group.
   * @default - on demand
   */
  capacityBlockId?: pulumi.Input<string>;
  /**
   * The on-demand capacity reservation that nodes are launched into, `cr-` and hexadecimal digits. Without room in it none starts.
   * @default - any capacity there is
   */
  capacityReservationId?: pulumi.Input<string>;
  /**
   * The ARN of a resource group of on-demand capacity reservations, as an alternative to one of them.
   * @default - any capacity there is
   */
  capacityReservationGroupArn?: pulumi.Input<string>;
}

export interface SingleTypeParts {
  readonly template: TemplateExtras;
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly capacityBlock: boolean;
  /** The security group of the EFA traffic; absent without EFA. */
  readonly efaGroupId?: pulumi.Output<string>;
}

/** What EFA and reserved capacity add to a pool. `component` is the class whose arguments they are. */
export function singleTypeParts(
  component: string,
  name: string,
  args: SingleTypePoolArgs,
  type: InstanceTypeFacts,
  parent: pulumi.Resource,
): SingleTypeParts {
  const efa = args.efa === true ? efaParts(name, args, type, parent) : undefined;
  return {
    template: { ...efa?.template, ...capacityTemplate(args, type) },
    subnetIds: inOneZone(args) ? oneSubnet(component, name, args) : args.subnetIds,
    capacityBlock: args.capacityBlockId !== undefined,
    ...(efa === undefined ? {} : { efaGroupId: efa.groupId }),
  };
}

function capacityTemplate(args: SingleTypePoolArgs, type: InstanceTypeFacts): TemplateExtras {
  const { capacityBlockId, capacityReservationId, capacityReservationGroupArn } = args;
  if (capacityBlockId !== undefined) {
    return {
      instanceType: type.name,
      instanceMarketOptions: { marketType: "capacity-block" },
      capacityReservationSpecification: { capacityReservationTarget: { capacityReservationId: capacityBlockId } },
    };
  }
  if (capacityReservationId === undefined && capacityReservationGroupArn === undefined) return {};
  const capacityReservationTarget =
    capacityReservationId === undefined
      ? { capacityReservationResourceGroupArn: capacityReservationGroupArn }
      : { capacityReservationId };
  return {
    capacityReservationSpecification: {
      // Not "open": what was reserved is paid, and what was not could be anywhere.
      capacityReservationPreference: "capacity-reservations-only",
      capacityReservationTarget,
    },
  };
}

function efaParts(
  name: string,
  args: SingleTypePoolArgs,
  type: InstanceTypeFacts,
  parent: pulumi.Resource,
): { template: TemplateExtras; groupId: pulumi.Output<string> } {
  const placement =
    args.capacityBlockId === undefined
      ? new ec2.PlacementGroup(name, { strategy: "cluster", tags: { Name: name } }, { parent })
      : undefined;
  const group = efaGroup(`${name}-efa`, args.vpcId as pulumi.Input<string>, parent);
  const securityGroups = [args.clusterSecurityGroupId as pulumi.Input<string>, group.id];
  return {
    groupId: group.id,
    template: {
      ...(placement === undefined ? {} : { placement: { groupName: placement.name } }),
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

function inOneZone(args: SingleTypePoolArgs): boolean {
  return args.efa === true || args.capacityBlockId !== undefined || args.capacityReservationId !== undefined;
}

/** The one subnet of a pool that must be in one zone, also where it is known only later. */
function oneSubnet(component: string, name: string, args: SingleTypePoolArgs): pulumi.Output<string[]> {
  return pulumi.output(args.subnetIds).apply((ids) => {
    refuseArguments(component, name, [
      ...efaSubnetProblems(args, ids.length),
      ...reservationProblems(args, ids.length),
    ]);
    return ids;
  });
}

function efaSubnetProblems({ efa }: SingleTypePoolArgs, count: number | undefined): Problem[] {
  if (efa !== true || count === undefined || count === 1) return [];
  const reason = "EFA traffic does not leave a zone, so all nodes must be in one subnet";
  const remedy = "Give the workload subnet of the zone that has the capacity";
  return [{ path: "subnetIds", found: `a list of ${count}`, reason, remedy }];
}

function reservationProblems(args: SingleTypePoolArgs, subnets: number | undefined): Problem[] {
  const type = findInstanceType(args.instanceType);
  return reservedCapacityProblems(args, { type, minSize: args.minSize, desiredSize: args.desiredSize, subnets });
}

/** Arguments without which a pool of one type cannot be made. */
export function singleTypeRequired({ efa }: SingleTypePoolArgs): string[] {
  return ["subnetIds", "instanceType", ...(efa === true ? ["vpcId", "clusterSecurityGroupId"] : [])];
}

/** What is wrong with EFA and reserved capacity of a pool. */
export function singleTypeProblems(args: SingleTypePoolArgs): Problem[] {
  const known = args.subnetIds !== undefined && isPlain(args.subnetIds);
  const subnets = known ? (args.subnetIds as readonly unknown[]).length : undefined;
  const type = typeof args.instanceType === "string" ? findInstanceType(args.instanceType) : undefined;
  return [
    ...(args.efa === true && type !== undefined ? efaProblems(type) : []),
    ...efaSubnetProblems(args, subnets),
    ...reservationProblems(args, subnets),
  ];
}

function efaProblems(type: InstanceTypeFacts): Problem[] {
  if (type.efaInterfaces > 0) return [];
  const remedy = "Leave it out, or take a type with EFA, for example g6.12xlarge or p5.48xlarge";
  return [{ path: "efa", found: "true", reason: `${type.name} has no Elastic Fabric Adapter`, remedy }];
}

/** Why a name is no instance type. */
export function unknownTypeProblems(value: string): Problem[] {
  return problemsOf(() => instanceType(value, "instanceType"));
}

/** What keeps pods off that ask for no accelerator; nothing for a type without. */
export function acceleratorTaints(type: InstanceTypeFacts): PoolTaint[] {
  if (type.accelerator === undefined) return [];
  const key = type.accelerator.kind === "neuron" ? "aws.amazon.com/neuron" : "nvidia.com/gpu";
  return [{ key, value: "true", effect: TaintEffect.NoSchedule }];
}

/** By what workloads and daemons find nodes with accelerators and EFA. */
export function acceleratorLabels(type: InstanceTypeFacts, efa: boolean): Record<string, string> {
  const name = type.accelerator?.name.toLowerCase().replace(/[^a-z0-9-]+/g, "-");
  return {
    ...(name === undefined ? {} : { "gabion.dev/accelerator": name }),
    ...(type.accelerator?.kind === "gpu" ? { "nvidia.com/gpu.present": "true" } : {}),
    ...(efa ? { "vpc.amazonaws.com/efa.present": "true" } : {}),
  };
}
