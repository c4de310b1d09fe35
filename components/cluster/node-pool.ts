import * as pulumi from "@pulumi/pulumi";
import {
  findInstanceType,
  type InstanceTypeFacts,
  instanceType,
  isAccelerated,
  type Problem,
  printable,
} from "gabion-knowledge";
import { choiceProblems, listProblems, problemsOf } from "../arguments/checks";
import { refuseArguments } from "../arguments/input-error";
import { type PoolArgs, type PoolTaint, poolMissing, poolProblems, TaintEffect } from "./pool-args";
import { makePool } from "./pool-resources";

export interface NodePoolArgs extends PoolArgs {
  /** Subnets of the nodes, for example the workload subnets of all zones. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Instance types that nodes may have, in order of preference: one architecture, no accelerators. */
  instanceTypes: string[];
  /**
   * Taints of the nodes.
   * @default none
   */
  taints?: PoolTaint[];
}

/**
 * A pool of nodes without accelerators: an EKS managed node group with pinned images, encrypted volumes, instance metadata by
 * session token one hop away, no key pair, and a role that can do no more than join and pull images.
 *
 * Give cluster and endpoints in `dependsOn`: nodes need both to become ready and to leave.
 */
export class NodePool extends pulumi.ComponentResource {
  /** The name of the node group. */
  public readonly nodeGroupName: pulumi.Output<string>;
  /** The ARN of the nodes' role. */
  public readonly nodeRoleArn: pulumi.Output<string>;

  /** @throws InputError with everything that is wrong with the arguments. */
  constructor(name: string, args: NodePoolArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("NodePool", name, argumentProblems(name, args));
    super("gabion:index:NodePool", name, args, opts);

    const { group, role } = makePool({
      name,
      parent: this,
      dependsOn: opts?.dependsOn,
      args,
      types: args.instanceTypes.map((type) => instanceType(type)),
      subnetIds: args.subnetIds,
      diskGiB: args.diskGiB ?? 80,
      labels: {},
      taints: args.taints ?? [],
      template: {},
      updateConfig: { maxUnavailablePercentage: 33 },
    });

    this.nodeGroupName = group.nodeGroupName;
    this.nodeRoleArn = role.arn;
    this.registerOutputs({ nodeGroupName: this.nodeGroupName, nodeRoleArn: this.nodeRoleArn });
  }
}

function argumentProblems(name: string, args: NodePoolArgs): Problem[] {
  const missing = poolMissing(args, ["subnetIds", "instanceTypes"]);
  const types = (args.instanceTypes ?? []).flatMap((type) => findInstanceType(type) ?? []);
  const problems = [
    ...poolProblems(name, args, missing, types),
    ...listProblems("instanceTypes", args.instanceTypes, (value, path) => plainTypeProblems(value, path, types)),
    ...(args.taints ?? []).flatMap(({ effect }, index) =>
      choiceProblems(`taints[${index}].effect`, effect, Object.values(TaintEffect)),
    ),
  ];
  if (args.instanceTypes?.length === 0) {
    const remedy = 'Name at least one, for example "m7i.xlarge"';
    problems.push({ path: "instanceTypes", found: "empty", reason: "nodes need a type", remedy });
  }
  return problems;
}

function plainTypeProblems(value: string, path: string, types: readonly InstanceTypeFacts[]): Problem[] {
  const facts = findInstanceType(value);
  if (facts === undefined) {
    return problemsOf(
      () => instanceType(value, path),
      () => path,
    );
  }
  const found = printable(value);
  if (isAccelerated(facts)) {
    const reason = `it has accelerators (${facts.accelerator?.count} x ${facts.accelerator?.name})`;
    return [{ path, found, reason, remedy: "Use GpuNodePool, which keeps other pods off" }];
  }
  const architecture = types[0]?.architecture;
  if (facts.architecture === architecture) return [];
  const reason = `it is ${facts.architecture}, and the first type of the pool is ${architecture}`;
  return [{ path, found, reason, remedy: "Make a pool for each architecture" }];
}
