import { AMI_TYPES, findInstanceType } from "gabion-knowledge";
import type { WorldResource } from "../../world/model";
import { launchTemplateType } from "../ec2/compute";
import { subnetType } from "../ec2/vpc";
import { type Companion, type Context, type Effects, sources, type TypeEntry } from "../entry";
import {
  interfaceHolds,
  known,
  lasts,
  likely,
  list,
  nameOf,
  needs,
  object,
  roleType,
  text,
  texts,
  trusts,
  unsure,
} from "../kit";
import { agentEndpoint, featureType, hasNodes, managesAgents } from "../security/runtime-monitoring";
import { readiness } from "./readiness";
import { authenticationMode, clusterType, entryFor, inCluster, invalid } from "./shared";

const noTemplate = invalid("Launch template {value} could not be found.");

const groupName = (context: Context): string => nameOf(context, "nodeGroupName");

const templateOf = (context: Context): WorldResource | undefined =>
  context.target("launchTemplate.id") ?? context.target("launchTemplate.name");

const nodeGroup: TypeEntry = {
  type: "aws:eks/nodeGroup:NodeGroup",
  label: "EKS Node Group",
  api: "EKS",
  operations: { create: "CreateNodegroup", update: "UpdateNodegroupConfig", delete: "DeleteNodegroup" },
  provider: "aws_eks_node_group",
  cloudFormation: "AWS::EKS::Nodegroup",
  id: (context) => `${String(context.inputs.clusterName)}:${groupName(context)}`,
  arn: (context) =>
    `arn:${context.partition}:eks:${context.region}:${context.account}:nodegroup/${String(context.inputs.clusterName)}/${groupName(context)}/${context.ids.uuid("group")}`,
  autoname: { property: "nodeGroupName", maxLength: 63 },
  computed: {
    amiType: (context) =>
      text(templateOf(context)?.outputs.imageId) === undefined ? "AL2023_x86_64_STANDARD" : "CUSTOM",
    capacityType: () => "ON_DEMAND",
    diskSize: (context) => (templateOf(context) === undefined ? 20 : 0),
    instanceTypes: (context) => (templateOf(context) === undefined ? ["t3.medium"] : []),
    "launchTemplate.id": (context) => templateOf(context)?.id,
    "launchTemplate.name": (context) => templateOf(context)?.outputs.name,
    nodeGroupName: groupName,
    nodeGroupNamePrefix: () => "",
    nodeRepairConfig: () => ({ enabled: false }),
    releaseVersion: (context) => `${versionOf(context)}.0-20260101`,
    resources: (context) => [
      {
        autoscalingGroups: [{ name: `eks-${groupName(context)}-${context.ids.uuid("group")}` }],
        remoteAccessSecurityGroupId: "",
      },
    ],
    status: () => "ACTIVE",
    updateConfig: () => ({ maxUnavailable: 1 }),
    version: versionOf,
  },
  enums: {
    amiType: AMI_TYPES.map((row) => row.name),
    capacityType: ["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"],
    "taints[].effect": ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"],
  },
  references: [
    { ...inCluster, holds: true },
    needs("nodeRoleArn", roleType, invalid("The role with name {value} cannot be found."), {
      by: ["arn"],
      asksIam: true,
    }),
    needs("subnetIds[]", subnetType, invalid("The subnet ID '{value}' does not exist"), { holds: true }),
    needs("launchTemplate.id", launchTemplateType, noTemplate),
    needs("launchTemplate.name", launchTemplateType, noTemplate, { by: ["name"] }),
  ],
  unique: [
    {
      by: ({ clusterName, nodeGroupName }) =>
        text(nodeGroupName) === undefined
          ? undefined
          : `${String(nodeGroupName)} and cluster name ${String(clusterName)}`,
      refusal: {
        code: "ResourceInUseException",
        message: "NodeGroup already exists with name {value}",
        status: 409,
      },
    },
  ],
  quotas: [
    {
      limit: 30,
      per: ({ inputs }) => String(inputs.clusterName),
      refusal: { code: "ResourceLimitExceededException", message: "Nodegroup count exceeds the limit of {limit}" },
    },
  ],
  seconds: lasts(150, 300, 240),
  facts: [
    known("what a launch template and a node group must not both say", sources.guide),
    known("sizes, taints, capacity types, trust of the node role, names", sources.api),
    known("30 node groups a cluster", sources.quotas),
    known(
      "nodes need the role's policies, a network plugin, a way to the services and a usable disk key",
      sources.guide,
    ),
    known("nodes get an endpoint of GuardDuty's where it manages its agent and the VPC has none", sources.guide),
    likely("wording of most refusals", sources.reports),
    unsure("the release version that the API picks", sources.guide),
  ],
  rules: groupRules,
  onCreate: joined,
  onUpdate: (context, made) => ({ ...joined(context, made), companions: watched(context, made) }),
  onDelete: (context, resource) => ({
    remains: texts(resource.outputs.subnetIds).map((subnet) => ({
      kind: "network-interface" as const,
      what: `network interfaces of the deleted nodes of ${resource.id} in ${subnet}`,
      holds: [...interfaceHolds(resource), ...groupsOfNodes(context, resource)],
      until: context.now + 240 + 45,
    })),
  }),
};

function versionOf(context: Context): string {
  return text(context.target("clusterName")?.outputs.version) ?? "";
}

/** Security groups on the interfaces of the nodes. */
function groupsOfNodes(context: Context, resource: WorldResource): string[] {
  const { id, name } = object(resource.outputs.launchTemplate);
  const template = context.world.find([launchTemplateType], String(id ?? name), ["id", "name"], context.region);
  return (template?.refers ?? []).filter((key) => key.includes("ecurityGroup:"));
}

function groupRules(context: Context): undefined {
  checkSizes(context);
  checkNetwork(context);
  const role = context.target("nodeRoleArn");
  if (role !== undefined && !trusts(role, ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"])) {
    context.refuse(
      invalid(
        `Following required service principals [ec2.amazonaws.com] were not found in the trust relationships of nodeRole ${String(role.arn)}`,
      ),
    );
  }
  const template = templateOf(context);
  if (template !== undefined) checkTemplate(context, template);
  checkInstanceTypes(context, texts(context.inputs.instanceTypes));
}

function checkSizes(context: Context): void {
  const { minSize, desiredSize, maxSize } = object(context.inputs.scalingConfig) as Record<string, number>;
  const [min = 0, desired = 0, max = 0] = [minSize, desiredSize, maxSize].map(Number);
  if (max < 1) context.refuse(invalid("Maximum size must be at least 1"));
  if (min > max) context.refuse(invalid(`Minimum capacity ${min} can't be greater than maximum size ${max}`));
  if (desired < min) context.refuse(invalid(`Minimum capacity ${min} can't be greater than desired size ${desired}`));
  if (desired > max) context.refuse(invalid(`desired capacity ${desired} can't be greater than max size ${max}`));
  const taints = list(context.inputs.taints).map(object);
  const marks = taints.map((taint) => `${String(taint.key)}:${String(taint.effect)}`);
  const twice = marks.find((mark, at) => marks.indexOf(mark) !== at);
  if (taints.length > 50 || twice !== undefined) {
    context.refuse(invalid(twice === undefined ? "Taint count exceeds the limit of 50" : `Duplicate taint ${twice}`));
  }
}

function checkNetwork(context: Context): void {
  const cluster = context.target("clusterName");
  const vpcId = object(cluster?.outputs.vpcConfig).vpcId;
  const foreign = context.targets("subnetIds[]").find((subnet) => subnet.outputs.vpcId !== vpcId);
  if (cluster !== undefined && foreign !== undefined) {
    context.refuse(invalid(`Subnet ${foreign.id} is not in the VPC of the cluster (${String(vpcId)})`));
  }
}

function checkTemplate(context: Context, template: WorldResource): void {
  const wanted = String(object(context.inputs.launchTemplate).version);
  const latest = Number(template.outputs.latestVersion);
  if (!["$Latest", "$Default"].includes(wanted) && !(Number(wanted) >= 1 && Number(wanted) <= latest)) {
    context.refuse(invalid(`Could not find the specified version ${wanted} of the launch template ${template.id}`));
  }
  const inputs = template.inputs;
  const refuseIf = (wrong: boolean, message: string) => {
    if (wrong) context.refuse(invalid(message));
  };
  refuseIf(context.inputs.diskSize !== undefined, "Disk size must be specified within the launch template.");
  refuseIf(
    context.inputs.remoteAccess !== undefined,
    "Remote access configuration cannot be specified with a launch template.",
  );
  refuseIf(
    inputs.iamInstanceProfile !== undefined,
    "Launch template should not specify an instance profile. The noderole in your request will be used to construct an instance profile.",
  );
  refuseIf(
    list(inputs.networkInterfaces).some((one) => text(object(one).subnetId) !== undefined),
    "Launch template should not specify a subnet. Use subnetIds of the node group.",
  );
  refuseIf(
    text(inputs.instanceType) !== undefined && texts(context.inputs.instanceTypes).length > 0,
    "Instance type must be specified either in the launch template or in the node group, not in both.",
  );
  const { amiType } = context.inputs;
  const custom = text(inputs.imageId) !== undefined;
  refuseIf(
    custom && amiType !== undefined && amiType !== "CUSTOM",
    "You cannot specify an AMI Type other than CUSTOM, when specifying an image id within the launch template.",
  );
  refuseIf(!custom && amiType === "CUSTOM", "Launch template must specify an image id when AMI Type is CUSTOM.");
  refuseIf(
    custom && (context.inputs.version !== undefined || context.inputs.releaseVersion !== undefined),
    "You cannot specify the field kubernetesVersion or releaseVersion when using custom AMIs.",
  );
  checkCapacity(context, template);
  if (text(inputs.instanceType) !== undefined) checkInstanceTypes(context, [String(inputs.instanceType)]);
}

function checkCapacity(context: Context, template: WorldResource): void {
  const market = text(object(template.inputs.instanceMarketOptions).marketType);
  const isBlock = context.inputs.capacityType === "CAPACITY_BLOCK";
  if (market === "spot") {
    context.refuse(
      invalid("Launch template should not request Spot Instances. Use capacityType SPOT of the node group."),
    );
  }
  if (isBlock !== (market === "capacity-block")) {
    context.refuse(
      invalid(
        "Capacity type CAPACITY_BLOCK and a launch template with the market type capacity-block need each other.",
      ),
    );
  }
  const target = object(object(template.inputs.capacityReservationSpecification).capacityReservationTarget);
  if (isBlock && text(target.capacityReservationId) === undefined) {
    context.refuse(
      invalid("Launch template must specify a capacity reservation id when capacity type is CAPACITY_BLOCK."),
    );
  }
}

/** Architectures must fit the image; types that the table does not know are taken. */
function checkInstanceTypes(context: Context, types: string[]): void {
  const image = AMI_TYPES.find((row) => row.name === (context.inputs.amiType ?? "AL2023_x86_64_STANDARD"));
  for (const name of types) {
    if (!/^[a-z0-9-]+\.[a-z0-9-]+$/.test(name)) {
      context.refuse(invalid(`The following supplied instance types do not exist: [${name}]`));
    }
    const architecture = findInstanceType(name)?.architecture;
    if (architecture !== undefined && image?.architecture !== undefined && image.architecture !== architecture) {
      context.refuse(invalid(`[${name}] is not a valid instance type for requested amiType ${image.name}`));
    }
  }
}

/** Nodes are launched and join, or the group stays without them. */
function joined(context: Context, made: WorldResource): Effects {
  const cluster = context.world.find([clusterType], String(made.outputs.clusterName), ["id"], context.region);
  if (cluster === undefined) return {};
  const failure = readiness(context, cluster, made, templateOf(context));
  if (failure.length > 0) {
    made.outputs.status = "CREATE_FAILED";
    return { failure, waits: [{ seconds: 1500, reason: "waited for nodes that did not join" }] };
  }
  const companions =
    authenticationMode(cluster) === "CONFIG_MAP"
      ? []
      : entryFor(context, cluster, String(made.outputs.nodeRoleArn), "EC2_LINUX");
  return { companions: [...companions, ...watched(context, made)] };
}

/** What GuardDuty makes by itself when nodes appear that it watches with an agent of its own. */
function watched(context: Context, made: WorldResource): Companion[] {
  const features = context.world.resources(featureType, context.region);
  return hasNodes(made) && features.some(({ outputs }) => managesAgents(outputs)) ? agentEndpoint(context, made) : [];
}

export const entries: TypeEntry[] = [nodeGroup];
