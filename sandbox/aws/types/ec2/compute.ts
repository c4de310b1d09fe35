import { type Context, sources, type TypeEntry } from "../entry";
import { keyTypes, known, lasts, nameOf, names, needs, object, text } from "../kit";
import { privateAddress, publicAddress } from "./address";
import { groupTypes, noGroup } from "./filtering";
import { subnetType } from "./vpc";

export const launchTemplateType = "aws:ec2/launchTemplate:LaunchTemplate";
export const launchConfigurationType = "aws:ec2/launchConfiguration:LaunchConfiguration";
export const capacityReservationType = "aws:ec2/capacityReservation:CapacityReservation";
export const instanceType = "aws:ec2/instance:Instance";
const profileType = "aws:iam/instanceProfile:InstanceProfile";

const launchTemplate: TypeEntry = {
  type: launchTemplateType,
  label: "EC2 Launch Template",
  api: "EC2",
  operations: { update: "CreateLaunchTemplateVersion" },
  provider: "aws_launch_template",
  cloudFormation: "AWS::EC2::LaunchTemplate",
  id: (context) => context.ids.ec2("lt"),
  arn: "arn:{partition}:ec2:{region}:{account}:launch-template/{id}",
  autoname: { property: "name", maxLength: 125 },
  computed: {
    name: (context) => nameOf(context, "name", "terraform-"),
    latestVersion: (context) => Number(context.old?.outputs.latestVersion ?? 0) + 1,
    defaultVersion: (context) =>
      context.inputs.updateDefaultVersion === true
        ? Number(context.old?.outputs.latestVersion ?? 0) + 1
        : (context.old?.outputs.defaultVersion ?? 1),
    "metadataOptions.httpEndpoint": () => "enabled",
    "metadataOptions.httpTokens": () => "optional",
    "metadataOptions.httpPutResponseHopLimit": () => 1,
  },
  changing: ["latestVersion", "defaultVersion"],
  references: [
    names("iamInstanceProfile.name", profileType),
    names("iamInstanceProfile.arn", profileType, ["arn"]),
    needs("vpcSecurityGroupIds[]", groupTypes, noGroup),
    names("networkInterfaces[].securityGroups[]", groupTypes),
    names("blockDeviceMappings[].ebs.kmsKeyId", keyTypes, ["arn", "id"]),
    names("placement.groupName", "aws:ec2/placementGroup:PlacementGroup"),
    names("capacityReservationSpecification.capacityReservationTarget.capacityReservationId", [
      capacityReservationType,
      "aws:ec2/capacityBlockReservation:CapacityBlockReservation",
    ]),
    names("imageId", ["aws:ec2/ami:Ami", "aws:ec2/amiCopy:AmiCopy"]),
  ],
  unique: [
    {
      by: (inputs) => text(inputs.name),
      refusal: {
        code: "InvalidLaunchTemplateName.AlreadyExistsException",
        message: "Launch template name already in use.",
      },
    },
  ],
  seconds: lasts(1, 1, 1),
  facts: [
    known("names once in a Region, 16 KB of user data, existing security groups", sources.api),
    known("enclaves and hibernation exclude each other", sources.guide),
  ],
  rules(context) {
    const userData = text(context.inputs.userData);
    if (userData !== undefined && !/^[A-Za-z0-9+/]+={0,2}$/.test(userData)) {
      context.refuse({ code: "InvalidUserData.Malformed", message: "Invalid BASE64 encoding of user data." });
    }
    if (userData !== undefined && (userData.length * 3) / 4 > 16_384) {
      context.refuse({ code: "InvalidParameterValue", message: "User data is limited to 16384 bytes" });
    }
    if (
      object(context.inputs.enclaveOptions).enabled === true &&
      object(context.inputs.hibernationOptions).configured === true
    ) {
      context.refuse({
        code: "UnsupportedOperation",
        message: "Hibernation and enclaves cannot be enabled on the same instance.",
      });
    }
  },
};

const launchConfiguration: TypeEntry = {
  type: launchConfigurationType,
  label: "Auto Scaling Launch Configuration",
  api: "Auto Scaling",
  provider: "aws_launch_configuration",
  cloudFormation: "AWS::AutoScaling::LaunchConfiguration",
  id: (context) => nameOf(context),
  arn: (context) =>
    `arn:${context.partition}:autoscaling:${context.region}:${context.account}:launchConfiguration:${context.ids.uuid("configuration")}:launchConfigurationName/${context.id}`,
  autoname: { property: "name", maxLength: 255 },
  computed: { name: (context) => nameOf(context) },
  references: [
    needs("securityGroups[]", groupTypes, noGroup, { holds: true }),
    names("iamInstanceProfile", profileType, ["id", "arn"], { asksIam: true }),
  ],
  unique: [
    {
      by: (properties) => text(properties.name),
      refusal: {
        code: "AlreadyExists",
        message:
          "Launch Configuration by this name already exists - A launch configuration with the name {value} already exists",
      },
    },
  ],
  deletionRefused: {
    code: "ResourceInUse",
    message: "Cannot delete launch configuration {id} because it is attached to an AutoScalingGroup",
  },
  seconds: lasts(1, 1, 1),
  facts: [
    known("names once in a Region, existing groups; a configuration in use stays", sources.api),
    known("accounts made after 1 October 2024 can make none; the twin's account is older", sources.guide),
  ],
};

const placementGroup: TypeEntry = {
  type: "aws:ec2/placementGroup:PlacementGroup",
  label: "EC2 Placement Group",
  api: "EC2",
  operations: { update: "CreateTags" },
  provider: "aws_placement_group",
  cloudFormation: "AWS::EC2::PlacementGroup",
  id: "{name}",
  arn: "arn:{partition}:ec2:{region}:{account}:placement-group/{name}",
  autoname: { property: "name" },
  computed: { placementGroupId: (context) => context.ids.ec2("pg"), spreadLevel: () => "", partitionCount: () => 0 },
  enums: { strategy: ["cluster", "partition", "spread"] },
  unique: [
    {
      by: (inputs) => text(inputs.name),
      refusal: { code: "InvalidPlacementGroup.Duplicate", message: "The Placement Group '{value}' already exists." },
    },
  ],
  deletionRefused: {
    code: "InvalidPlacementGroup.InUse",
    message: "The placement group {id} is in use and may not be deleted.",
  },
  deletionRetrySeconds: 300,
  seconds: lasts(2, 1, 2),
  facts: [known("names once in a Region", sources.api)],
};

const capacityReservation: TypeEntry = {
  type: capacityReservationType,
  label: "EC2 Capacity Reservation",
  api: "EC2",
  operations: { update: "ModifyCapacityReservation", delete: "CancelCapacityReservation" },
  provider: "aws_ec2_capacity_reservation",
  cloudFormation: "AWS::EC2::CapacityReservation",
  id: (context) => context.ids.ec2("cr"),
  arn: "arn:{partition}:ec2:{region}:{account}:capacity-reservation/{id}",
  computed: { ownerId: "{account}" },
  seconds: lasts(5, 5, 5),
  facts: [known("zone of the Region; an end date goes with the end date type", sources.api)],
  rules(context) {
    const zone = text(context.inputs.availabilityZone);
    if (zone !== undefined && !zone.startsWith(context.region)) {
      context.refuse({ code: "InvalidParameterValue", message: `Invalid availability zone: [${zone}]` });
    }
    if (context.inputs.endDateType === "limited" && text(context.inputs.endDate) === undefined) {
      context.refuse({
        code: "InvalidParameterCombination",
        message: "An end date must be specified when the end date type is limited.",
      });
    }
    const end = text(context.inputs.endDate);
    if (end !== undefined && context.inputs.endDateType !== "limited") {
      context.refuse({
        code: "InvalidParameterCombination",
        message: "An end date goes with the end date type limited.",
      });
    }
    if (end !== undefined && context.old === undefined && end <= context.date) {
      context.refuse({ code: "InvalidParameterValue", message: `The end date ${end} lies in the past.` });
    }
  },
};

const capacityBlock: TypeEntry = {
  type: "aws:ec2/capacityBlockReservation:CapacityBlockReservation",
  label: "EC2 Capacity Block Reservation",
  api: "EC2",
  operations: { update: "CreateTags", create: "PurchaseCapacityBlock" },
  provider: "aws_ec2_capacity_block_reservation",
  id: (context) => context.ids.ec2("cr"),
  arn: "arn:{partition}:ec2:{region}:{account}:capacity-reservation/{id}",
  computed: {
    availabilityZone: (context) => `${context.region}a`,
    createdDate: (context) => context.date,
    endDateType: () => "limited",
    reservationType: () => "capacity-block",
    startDate: (context) => context.date,
    tenancy: () => "default",
  },
  seconds: lasts(60, 1, 1),
};

const ami: TypeEntry = {
  type: "aws:ec2/ami:Ami",
  label: "EC2 AMI",
  api: "EC2",
  operations: { create: "RegisterImage", update: "ModifyImageAttribute", delete: "DeregisterImage" },
  provider: "aws_ami",
  id: (context) => context.ids.ec2("ami"),
  arn: "arn:{partition}:ec2:{region}::image/{id}",
  autoname: { property: "name", maxLength: 128 },
  computed: imageOutputs("{account}"),
  references: [
    names("ebsBlockDevices[].snapshotId", ["aws:ebs/snapshot:Snapshot", "aws:ebs/snapshotCopy:SnapshotCopy"]),
  ],
  unique: [
    {
      by: (inputs) => text(inputs.name),
      refusal: { code: "InvalidAMIName.Duplicate", message: "AMI name {value} is already in use by this account." },
    },
  ],
  seconds: lasts(30, 5, 5),
  facts: [known("names once in a Region; a TPM needs UEFI", sources.guide)],
  rules(context) {
    if (text(context.inputs.tpmSupport) !== undefined && context.inputs.bootMode !== "uefi") {
      context.refuse({
        code: "InvalidParameterCombination",
        message: `TpmSupport ${String(context.inputs.tpmSupport)} requires boot mode uefi, found ${text(context.inputs.bootMode) ?? "none"}`,
      });
    }
  },
};

function imageOutputs(owner: string): TypeEntry["computed"] {
  return {
    hypervisor: () => "xen",
    imageLocation: (context: Context) => `${context.account}/${String(context.inputs.name)}`,
    imageType: () => "machine",
    ownerId: owner,
    platformDetails: () => "Linux/UNIX",
    usageOperation: () => "RunInstances",
  };
}

const amiCopy: TypeEntry = {
  type: "aws:ec2/amiCopy:AmiCopy",
  label: "EC2 AMI",
  api: "EC2",
  operations: { create: "CopyImage", update: "ModifyImageAttribute", delete: "DeregisterImage" },
  provider: "aws_ami_copy",
  id: (context) => context.ids.ec2("ami"),
  arn: "arn:{partition}:ec2:{region}::image/{id}",
  autoname: { property: "name", maxLength: 128 },
  computed: { ...imageOutputs("{account}"), architecture: () => "x86_64", virtualizationType: () => "hvm" },
  references: [names("kmsKeyId", keyTypes, ["arn", "id"]), names("sourceAmiId", [ami.type])],
  seconds: lasts(300, 5, 5),
};

const instance: TypeEntry = {
  type: instanceType,
  label: "EC2 Instance",
  api: "EC2",
  operations: { create: "RunInstances", update: "ModifyInstanceAttribute", delete: "TerminateInstances" },
  provider: "aws_instance",
  cloudFormation: "AWS::EC2::Instance",
  id: (context) => context.ids.ec2("i"),
  arn: "arn:{partition}:ec2:{region}:{account}:instance/{id}",
  computed: {
    availabilityZone: (context) => context.target("subnetId")?.outputs.availabilityZone ?? `${context.region}a`,
    instanceState: () => "running",
    primaryNetworkInterfaceId: (context) => context.ids.ec2("eni"),
    privateIp: (context) => privateAddress(context, context.target("subnetId")),
    publicIp: (context) => (isPublic(context) ? publicAddress(context) : ""),
    tenancy: () => "default",
  },
  references: [
    needs(
      "subnetId",
      subnetType,
      { code: "InvalidSubnetID.NotFound", message: "The subnet ID '{value}' does not exist" },
      { holds: true },
    ),
    needs("vpcSecurityGroupIds[]", groupTypes, noGroup, { holds: true }),
    needs("iamInstanceProfile", profileType, {
      code: "InvalidParameterValue",
      message: "Value ({value}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name",
    }),
    names("launchTemplate.id", launchTemplateType),
  ],
  seconds: lasts(30, 10, 60),
  facts: [known("subnet, groups and profile must exist", sources.api)],
};

const isPublic = ({ inputs, target }: Context): boolean =>
  inputs.associatePublicIpAddress === true ||
  (inputs.associatePublicIpAddress !== false && target("subnetId")?.outputs.mapPublicIpOnLaunch === true);

export const entries: TypeEntry[] = [
  launchTemplate,
  launchConfiguration,
  placementGroup,
  capacityReservation,
  capacityBlock,
  ami,
  amiCopy,
  instance,
];
