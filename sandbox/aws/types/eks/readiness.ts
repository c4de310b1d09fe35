import type { WorldResource } from "../../world/model";
import { capacityReservationType } from "../ec2/compute";
import { serviceOf } from "../ec2/endpoints";
import { endpointType, routeTableType } from "../ec2/routing";
import { subnetType } from "../ec2/vpc";
import type { Context } from "../entry";
import { keyAllowsRole, keyTypes, list, object, roleMay, show, text, texts } from "../kit";
import { hasAddon, isAutoMode } from "./shared";

/** The role by which groups of instances are launched. */
const scalingRole = "AWSServiceRoleForAutoScaling";

/** Why the nodes of a group do not become ready, in the words of the group's health issues; empty when they do. */
export function readiness(
  context: Context,
  cluster: WorldResource,
  group: WorldResource,
  template: WorldResource | undefined,
): string[] {
  if (Number(object(group.inputs.scalingConfig).desiredSize ?? 0) === 0) return [];
  return [
    ...launchProblems(context, template),
    ...reservationProblems(context, group, template),
    ...roleProblems(context),
    ...networkProblems(context, group),
    ...pluginProblems(context, cluster),
  ];
}

/** Instances whose disks cannot be opened end before they begin. */
function launchProblems(context: Context, template: WorldResource | undefined): string[] {
  return list(template?.inputs.blockDeviceMappings).flatMap((mapping) => {
    const id = text(object(object(mapping).ebs).kmsKeyId);
    const key = id === undefined ? undefined : context.world.find(keyTypes, id, ["id", "arn"], context.region);
    if (key === undefined || keyAllowsRole(context, key, scalingRole)) return [];
    return [
      `AsgInstanceLaunchFailures: Could not launch instances: Client.InternalError: Client error on launch. ` +
        `The policy of key ${String(key.arn)} does not let ${scalingRole} use it.`,
    ];
  });
}

/** Instances that must stand in a reservation are of its type, in its zone, and no more than it has. */
function reservationProblems(context: Context, group: WorldResource, template: WorldResource | undefined): string[] {
  const target = object(object(template?.inputs.capacityReservationSpecification).capacityReservationTarget);
  const id = text(target.capacityReservationId);
  const reservation =
    id === undefined ? undefined : context.world.find([capacityReservationType], id, ["id"], context.region);
  if (reservation === undefined) return [];
  const { instanceType, availabilityZone, instanceCount } = reservation.outputs;
  const own = text(template?.inputs.instanceType);
  const types = own === undefined ? texts(group.outputs.instanceTypes) : [own];
  const zones = texts(group.outputs.subnetIds).map(
    (subnet) => context.world.find([subnetType], subnet, ["id"], context.region)?.outputs.availabilityZone,
  );
  const desired = Number(object(group.inputs.scalingConfig).desiredSize);
  const wrong = [
    ...types.filter((type) => type !== instanceType).map((type) => `it holds ${show(instanceType)}, not ${type}`),
    ...zones
      .filter((zone) => zone !== availabilityZone)
      .map((zone) => `it is in ${show(availabilityZone)}, not ${show(zone)}`),
    ...(desired > Number(instanceCount) ? [`it holds ${show(instanceCount)} instances, not ${desired}`] : []),
  ];
  if (wrong.length === 0) return [];
  return [
    `AsgInstanceLaunchFailures: Could not launch instances: the requested configuration does not match the reservation ${id}: ${wrong.join("; ")}.`,
  ];
}

function roleProblems(context: Context): string[] {
  const role = context.target("nodeRoleArn");
  if (role === undefined) return [];
  const wanted: [string, string[]][] = [
    ["ec2:DescribeInstances", ["AmazonEKSWorkerNodePolicy", "AmazonEKSWorkerNodeMinimalPolicy"]],
    [
      "ecr:GetAuthorizationToken",
      [
        "AmazonEC2ContainerRegistryReadOnly",
        "AmazonEC2ContainerRegistryPullOnly",
        "AmazonEC2ContainerRegistryPowerUser",
      ],
    ],
  ];
  return wanted
    .filter(([action, managed]) => !roleMay(context, role, action, managed))
    .map(
      ([action, managed]) =>
        `NodeCreationFailure: Instances failed to join the kubernetes cluster. The node role ${role.id} may not ${action} (${managed[0]} is not attached).`,
    );
}

/** Nodes without a network plugin stay NotReady. */
function pluginProblems(context: Context, cluster: WorldResource): string[] {
  const comesAlong = cluster.outputs.bootstrapSelfManagedAddons !== false || isAutoMode(cluster);
  if (comesAlong || hasAddon(context, cluster.id, "vpc-cni")) return [];
  return [
    "NodeCreationFailure: Unhealthy nodes in the kubernetes cluster. Container runtime network not ready: cni plugin not initialized " +
      `(cluster ${cluster.id} has neither the add-on vpc-cni nor the default networking add-ons).`,
  ];
}

/** Services that a node must reach before it can join. Source: EKS User Guide, private clusters. */
const needed = ["ec2", "ecr.api", "ecr.dkr", "s3"];

function networkProblems(context: Context, group: WorldResource): string[] {
  for (const subnetId of texts(group.outputs.subnetIds)) {
    const subnet = context.world.find([subnetType], subnetId, ["id"], context.region);
    if (subnet === undefined) continue;
    const table = tableOf(context, subnet);
    if (table !== undefined && leadsOut(context, table)) continue;
    const missing = needed.filter((service) => !reaches(context, subnet, table, service));
    if (missing.length > 0) {
      return [
        `NodeCreationFailure: Instances failed to join the kubernetes cluster. Subnet ${subnetId} has no way out and no endpoint of ${missing.join(", ")}.`,
      ];
    }
  }
  return [];
}

function tableOf(context: Context, subnet: WorldResource): WorldResource | undefined {
  const association = context.world
    .referrers(subnet.key)
    .find((one) => one.type === "aws:ec2/routeTableAssociation:RouteTableAssociation");
  const id = association?.outputs.routeTableId;
  return id === undefined ? undefined : context.world.find([routeTableType], show(id), ["id"], context.region);
}

/** A default route, of whatever kind: what stands behind it is another matter. */
function leadsOut(context: Context, table: WorldResource): boolean {
  const isDefault = (route: unknown) => {
    const { destinationCidrBlock, cidrBlock, destinationIpv6CidrBlock } = object(route);
    return [destinationCidrBlock, cidrBlock, destinationIpv6CidrBlock].some(
      (to) => to === "0.0.0.0/0" || to === "::/0",
    );
  };
  const routes = context.world.referrers(table.key).filter((one) => one.type === "aws:ec2/route:Route");
  return list(table.outputs.routes).some(isDefault) || routes.some((route) => isDefault(route.outputs));
}

function reaches(context: Context, subnet: WorldResource, table: WorldResource | undefined, service: string): boolean {
  const inVpc = context.world
    .resources(endpointType, context.region)
    .filter((one) => one.outputs.vpcId === subnet.outputs.vpcId)
    .filter((one) => serviceOf(String(one.outputs.serviceName), context.region) === service);
  return inVpc.some((endpoint) => {
    if (endpoint.outputs.vpcEndpointType === "Interface") return true;
    const attached = context.world
      .referrers(endpoint.key)
      .map((one) => one.outputs.routeTableId)
      .concat(list(endpoint.outputs.routeTableIds));
    return table !== undefined && attached.includes(table.id);
  });
}
