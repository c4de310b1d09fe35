import type { WorldResource } from "../world/model";
import { launchConfigurationType, launchTemplateType } from "./ec2/compute";
import { subnetType } from "./ec2/vpc";
import { type Context, sources, type TypeEntry } from "./entry";
import { interfaceHolds, known, lasts, likely, nameOf, names, needs, object, text, texts, unsure } from "./kit";

export const scalingGroupType = "aws:autoscaling/group:Group";

const invalid = (message: string) => ({ code: "ValidationError", message });
const noTemplate = invalid(
  "You must use a valid fully-formed launch template. The specified launch template, {value}, does not exist.",
);

const group: TypeEntry = {
  type: scalingGroupType,
  label: "Auto Scaling Group",
  api: "Auto Scaling",
  operations: {
    create: "CreateAutoScalingGroup",
    update: "UpdateAutoScalingGroup",
    delete: "DeleteAutoScalingGroup",
  },
  provider: "aws_autoscaling_group",
  cloudFormation: "AWS::AutoScaling::AutoScalingGroup",
  id: (context) => nameOf(context),
  arn: (context) =>
    `arn:${context.partition}:autoscaling:${context.region}:${context.account}:autoScalingGroup:${context.ids.uuid("group")}:autoScalingGroupName/${context.id}`,
  autoname: { property: "name", maxLength: 255 },
  computed: {
    availabilityZones: (context) => [
      ...new Set(context.targets("vpcZoneIdentifiers[]").map((subnet) => String(subnet.outputs.availabilityZone))),
    ],
    defaultCooldown: () => 300,
    desiredCapacity: (context) => Number(context.inputs.minSize ?? 0),
    healthCheckType: () => "EC2",
    "launchTemplate.id": (context) => templateOf(context)?.id,
    "launchTemplate.name": (context) => templateOf(context)?.outputs.name,
    "launchTemplate.version": () => "$Default",
    name: (context) => nameOf(context),
    serviceLinkedRoleArn: (context) =>
      `arn:${context.partition}:iam::${context.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
  },
  references: [
    needs("vpcZoneIdentifiers[]", subnetType, invalid("The subnet ID '{value}' does not exist"), { holds: true }),
    needs("launchTemplate.id", launchTemplateType, noTemplate),
    needs("launchTemplate.name", launchTemplateType, noTemplate, { by: ["name"] }),
    needs("launchConfiguration", launchConfigurationType, invalid("Launch configuration name not found - {value}"), {
      by: ["id", "name"],
      holds: true,
    }),
    names("placementGroup", "aws:ec2/placementGroup:PlacementGroup"),
  ],
  unique: [
    {
      by: (properties) => text(properties.name),
      refusal: {
        code: "AlreadyExists",
        message: "AutoScalingGroup by this name already exists - A group with the name {value} already exists",
      },
    },
  ],
  deletionRefused: { code: "ResourceInUse", message: "AutoScalingGroup {id} is in use" },
  seconds: lasts(90, 20, 180),
  facts: [
    known("names once; sizes in order; subnets of a group lie in different zones or at least in one VPC", sources.api),
    known("a template, a configuration or a mixed policy, one of them; they must exist", sources.api),
    known("the provider waits until the instances are there, and on deletion until they are gone", sources.code),
    unsure("interfaces of ended instances linger for half a minute", sources.seen),
  ],
  rules: groupRules,
  onDelete: (context, resource) => ({
    remains: texts(resource.outputs.vpcZoneIdentifiers).map((subnet) => ({
      kind: "network-interface" as const,
      what: `network interfaces of the ended instances of ${resource.id} in ${subnet}`,
      holds: [...interfaceHolds(resource), ...groupsOfInstances(context, resource)],
      until: context.now + 180 + 30,
    })),
  }),
};

const templateOf = (context: Context): WorldResource | undefined =>
  context.target("launchTemplate.id") ?? context.target("launchTemplate.name");

function groupsOfInstances(context: Context, resource: WorldResource): string[] {
  const { id, name } = object(resource.outputs.launchTemplate);
  const template = context.world.find([launchTemplateType], String(id ?? name), ["id", "name"], context.region);
  return (template?.refers ?? []).filter((key) => key.includes("ecurityGroup:"));
}

function groupRules(context: Context): undefined {
  const { inputs } = context;
  const refuse = (message: string) => context.refuse(invalid(message));
  const [min, max] = [Number(inputs.minSize), Number(inputs.maxSize)];
  const desired = Number(inputs.desiredCapacity ?? min);
  if (min > max) refuse(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`);
  if (desired < min || desired > max) {
    refuse(`Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`);
  }
  const sources = [inputs.launchTemplate, inputs.launchConfiguration, inputs.mixedInstancesPolicy];
  if (sources.filter((one) => one !== undefined).length !== 1) {
    refuse(
      "Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.",
    );
  }
  if (texts(inputs.vpcZoneIdentifiers).length === 0 && texts(inputs.availabilityZones).length === 0) {
    refuse("At least one Availability Zone or VPC Subnet is required.");
  }
  const vpcs = new Set(context.targets("vpcZoneIdentifiers[]").map((subnet) => subnet.outputs.vpcId));
  if (vpcs.size > 1) refuse("The subnets of a group must be in the same VPC");
}

const inGroup = needs(
  "autoscalingGroupName",
  scalingGroupType,
  invalid("AutoScalingGroup name not found - AutoScalingGroup '{value}' not found"),
  { by: ["id", "name"] },
);

const hook: TypeEntry = {
  type: "aws:autoscaling/lifecycleHook:LifecycleHook",
  label: "Auto Scaling Lifecycle Hook",
  api: "Auto Scaling",
  operations: { create: "PutLifecycleHook", update: "PutLifecycleHook", delete: "DeleteLifecycleHook" },
  provider: "aws_autoscaling_lifecycle_hook",
  cloudFormation: "AWS::AutoScaling::LifecycleHook",
  id: "{name}",
  autoname: { property: "name", maxLength: 255 },
  computed: { defaultResult: () => "ABANDON" },
  references: [
    inGroup,
    names("roleArn", "aws:iam/role:Role", ["arn"], { asksIam: true }),
    names("notificationTargetArn", ["aws:sns/topic:Topic", "aws:sqs/queue:Queue"], ["arn"]),
  ],
  settings: true,
  seconds: lasts(1, 1, 1),
  facts: [
    known("the group must exist; a hook waits for 30 to 7200 seconds", sources.api),
    likely("wording of the refusal of a transition", sources.api),
  ],
  rules(context) {
    const { lifecycleTransition, heartbeatTimeout } = context.inputs;
    if (!/^autoscaling:EC2_INSTANCE_(LAUNCHING|TERMINATING)$/.test(String(lifecycleTransition))) {
      context.refuse(invalid(`Invalid Lifecycle Transition ${String(lifecycleTransition)}`));
    }
    const timeout = Number(heartbeatTimeout ?? 3600);
    if (timeout < 30 || timeout > 7200) {
      context.refuse(invalid(`HeartbeatTimeout ${timeout} must be between 30 and 7200 seconds`));
    }
  },
};

const schedule: TypeEntry = {
  type: "aws:autoscaling/schedule:Schedule",
  label: "Auto Scaling Scheduled Action",
  api: "Auto Scaling",
  operations: {
    create: "PutScheduledUpdateGroupAction",
    update: "PutScheduledUpdateGroupAction",
    delete: "DeleteScheduledAction",
  },
  provider: "aws_autoscaling_schedule",
  cloudFormation: "AWS::AutoScaling::ScheduledAction",
  id: "{scheduledActionName}",
  arn: (context) =>
    `arn:${context.partition}:autoscaling:${context.region}:${context.account}:scheduledUpdateGroupAction:${context.ids.uuid("action")}:autoScalingGroupName/${String(context.inputs.autoscalingGroupName)}:scheduledActionName/${context.id}`,
  computed: { desiredCapacity: () => 0, maxSize: () => 0, minSize: () => 0 },
  references: [inGroup],
  settings: true,
  seconds: lasts(1, 1, 1),
  facts: [
    known("the group must exist; a time or a recurrence, and a size to change", sources.api),
    known("times lie ahead", sources.api),
  ],
  rules(context) {
    const { startTime, recurrence, minSize, maxSize, desiredCapacity } = context.inputs;
    if (startTime === undefined && recurrence === undefined) {
      context.refuse(invalid("Either StartTime or Recurrence must be specified."));
    }
    if ([minSize, maxSize, desiredCapacity].every((one) => one === undefined)) {
      context.refuse(invalid("At least one of MinSize, MaxSize and DesiredCapacity must be specified."));
    }
    const start = text(startTime);
    if (start !== undefined && context.old === undefined && start < context.date) {
      context.refuse(invalid(`Given start time ${start} is in the past`));
    }
  },
};

export const entries: TypeEntry[] = [group, hook, schedule];
