import type { WorldResource } from "../../world/model";
import { serviceOf } from "../ec2/endpoints";
import { groupType } from "../ec2/filtering";
import { endpointType } from "../ec2/routing";
import { subnetType, vpcType } from "../ec2/vpc";
import type { Companion, Context } from "../entry";
import { list, object, text, texts } from "../kit";

export const featureType = "aws:guardduty/detectorFeature:DetectorFeature";
const service = "guardduty-data";

/** Ways in which GuardDuty puts its agent on nodes by itself. Source: GuardDuty API reference, FeatureAdditionalConfiguration. */
const management = ["EKS_ADDON_MANAGEMENT", "EC2_AGENT_MANAGEMENT"];

/** Whether this feature is runtime monitoring with an agent that GuardDuty manages. */
export const managesAgents = (feature: Record<string, unknown>): boolean =>
  feature.name === "RUNTIME_MONITORING" &&
  feature.status === "ENABLED" &&
  list(feature.additionalConfigurations)
    .map(object)
    .some(({ name, status }) => management.includes(String(name)) && status === "ENABLED");

/** Whether there are nodes of the group for an agent to be on. */
export const hasNodes = (group: WorldResource): boolean =>
  Number(object(group.outputs.scalingConfig).desiredSize ?? 0) > 0;

/**
 * The endpoint and the security group that GuardDuty makes in the VPC of the nodes it watches, unless the VPC has an endpoint of the service already.
 * Nothing that a stack does takes them away again. Source: GuardDuty user guide, runtime monitoring with automated agent configuration.
 */
export function agentEndpoint(context: Context, group: WorldResource): Companion[] {
  const [subnets, vpc] = networkOf(context, group);
  if (vpc === undefined || hasEndpoint(context, vpc)) return [];
  const name = `GuardDutyManagedSecurityGroup-${vpc.id}`;
  const groupId = context.ids.ec2("sg", name);
  const id = context.ids.ec2("vpce", name);
  return [
    {
      type: groupType,
      id: groupId,
      owned: false,
      arn: arnOf(context, `security-group/${groupId}`),
      outputs: { name, vpcId: vpc.id, description: "Associated with VPC endpoint of Amazon GuardDuty" },
      holds: [vpc.key],
    },
    {
      type: endpointType,
      id,
      owned: false,
      arn: arnOf(context, `vpc-endpoint/${id}`),
      outputs: {
        serviceName: `com.amazonaws.${context.region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        vpcId: vpc.id,
        subnetIds: subnets.map((subnet) => subnet.id),
        securityGroupIds: [groupId],
      },
      holds: [vpc.key, `${groupType}|${context.region}|${groupId}`, ...subnets.map((subnet) => subnet.key)],
    },
  ];
}

const arnOf = ({ partition, region, account }: Context, resource: string): string =>
  `arn:${partition}:ec2:${region}:${account}:${resource}`;

/** One subnet a zone, and their VPC. */
function networkOf(context: Context, group: WorldResource): [WorldResource[], WorldResource | undefined] {
  const zones = new Map<unknown, WorldResource>();
  for (const id of texts(group.outputs.subnetIds)) {
    const subnet = context.world.find([subnetType], id, ["id"], context.region);
    if (subnet !== undefined) zones.set(subnet.outputs.availabilityZone, subnet);
  }
  const subnets = [...zones.values()];
  const vpcId = text(subnets[0]?.outputs.vpcId);
  return [subnets, vpcId === undefined ? undefined : context.world.find([vpcType], vpcId, ["id"], context.region)];
}

const hasEndpoint = (context: Context, vpc: WorldResource): boolean =>
  context.world
    .resources(endpointType, context.region)
    .some(
      ({ outputs }) => outputs.vpcId === vpc.id && serviceOf(String(outputs.serviceName), context.region) === service,
    );
