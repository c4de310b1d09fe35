import * as pulumi from "@pulumi/pulumi";
import { refuseArguments } from "../arguments/input-error";
import { adoptNetwork } from "./existing-network";
import { networkArgumentProblems, type PrivateNetworkArgs } from "./network-args";
import { makeNetwork, type NetworkParts } from "./network-parts";
import { controlEncryption, filterQueries, recordFlows, recordQueries } from "./network-records";

/**
 * A VPC without a way to the internet: private subnets in three tiers (nodes and pods, endpoints, the EKS control plane) in every
 * zone, one route table a zone, a closed default security group and network ACL, all traffic and all DNS queries in encrypted logs, and no
 * names resolved but AWS's own and those that are allowed. With inspected egress there are gateways as well, which an `EgressFirewall`
 * makes the only way to.
 */
export class PrivateNetwork extends pulumi.ComponentResource {
  /** The id of the VPC. */
  public readonly vpcId: pulumi.Output<string>;
  /** The IPv4 block of the VPC. */
  public readonly cidr: pulumi.Output<string>;
  /** Subnets of nodes and pods, in the order of the zones. */
  public readonly workloadSubnetIds: pulumi.Output<string[]>;
  /** Subnets of interface endpoints, one a zone, in the order of the zones. */
  public readonly endpointSubnetIds: pulumi.Output<string[]>;
  /** Subnets of the EKS control plane's network interfaces, in the order of the zones. */
  public readonly controlPlaneSubnetIds: pulumi.Output<string[]>;
  /** Subnets of pods alone, in the order of the zones; empty without a block for pods. */
  public readonly podSubnetIds: pulumi.Output<string[]>;
  /** The route tables of the zones, in their order. All are private. */
  public readonly routeTableIds: pulumi.Output<string[]>;
  /** Subnets of firewall endpoints, in the order of the zones; empty without inspected egress, and of an adopted VPC. */
  public readonly inspectionSubnetIds: pulumi.Output<string[]>;
  /** The route tables of the NAT gateways' subnets, in the order of the zones; empty like `inspectionSubnetIds`. */
  public readonly publicRouteTableIds: pulumi.Output<string[]>;

  /** @throws InputError with everything that is wrong with the arguments, and with what is found of an adopted VPC. */
  constructor(name: string, args: PrivateNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("PrivateNetwork", name, networkArgumentProblems(name, args));
    super("gabion:index:PrivateNetwork", name, args, opts);

    const parts: NetworkParts =
      args.existing === undefined
        ? makeNetwork(name, args, this)
        : adoptNetwork(name, { ...args, existing: args.existing }, this);
    const watched = { name, args, vpcId: parts.vpcId, parent: this };
    recordFlows(watched, PrivateNetwork.flowLogGroup(name));
    recordQueries(watched, PrivateNetwork.queryLogGroup(name));
    filterQueries(watched);
    controlEncryption(watched);

    this.vpcId = parts.vpcId;
    this.cidr = parts.cidr;
    this.workloadSubnetIds = parts.workload;
    this.endpointSubnetIds = parts.endpoint;
    this.controlPlaneSubnetIds = parts.controlPlane;
    this.podSubnetIds = parts.pod;
    this.routeTableIds = parts.routeTables;
    this.inspectionSubnetIds = parts.inspection;
    this.publicRouteTableIds = parts.publicRouteTables;
    this.registerOutputs({
      vpcId: this.vpcId,
      cidr: this.cidr,
      workloadSubnetIds: this.workloadSubnetIds,
      endpointSubnetIds: this.endpointSubnetIds,
      controlPlaneSubnetIds: this.controlPlaneSubnetIds,
      podSubnetIds: this.podSubnetIds,
      routeTableIds: this.routeTableIds,
      inspectionSubnetIds: this.inspectionSubnetIds,
      publicRouteTableIds: this.publicRouteTableIds,
    });
  }

  /** The log group of the flow logs of a network of that name. */
  static flowLogGroup(name: string): string {
    return `/gabion/${name}/flow`;
  }

  /** The log group of the DNS queries of a network of that name. */
  static queryLogGroup(name: string): string {
    return `/gabion/${name}/queries`;
  }

  /** The log groups of a network of that name, for the policy of their key. */
  static logGroups(name: string): string[] {
    return [PrivateNetwork.flowLogGroup(name), PrivateNetwork.queryLogGroup(name)];
  }
}
