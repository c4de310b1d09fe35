import { sources, type TypeEntry } from "../entry";
import { keyTypes, known, lasts, needs } from "../kit";
import { subnetType, vpcType } from "./vpc";

/** Settings that a Region has once: making them again overwrites, deleting them puts AWS's own value back. */
const setting = (entry: Pick<TypeEntry, "type" | "label" | "provider"> & Partial<TypeEntry>): TypeEntry => ({
  api: "EC2",
  id: "{region}",
  computed: {},
  settings: true,
  seconds: lasts(2, 2, 2),
  ...entry,
});

const blockPublicAccess = setting({
  type: "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
  label: "EC2 VPC Block Public Access Options",
  operations: {
    create: "ModifyVpcBlockPublicAccessOptions",
    update: "ModifyVpcBlockPublicAccessOptions",
    delete: "ModifyVpcBlockPublicAccessOptions",
  },
  provider: "aws_vpc_block_public_access_options",
  cloudFormation: "AWS::EC2::VPCBlockPublicAccessOptions",
  computed: { awsAccountId: "{account}", awsRegion: "{region}" },
  enums: { internetGatewayBlockMode: ["off", "block-bidirectional", "block-ingress"] },
  seconds: lasts(60, 60, 60),
});

const exclusion: TypeEntry = {
  type: "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion",
  label: "EC2 VPC Block Public Access Exclusion",
  api: "EC2",
  operations: { update: "ModifyVpcBlockPublicAccessExclusion" },
  provider: "aws_vpc_block_public_access_exclusion",
  cloudFormation: "AWS::EC2::VPCBlockPublicAccessExclusion",
  id: (context) => context.ids.ec2("vpcbpa-exclude"),
  computed: {
    resourceArn: (context) => context.target("vpcId")?.arn ?? context.target("subnetId")?.arn,
  },
  references: [
    needs("vpcId", vpcType, { code: "InvalidVpcId.NotFound", message: "The vpc ID '{value}' does not exist" }),
    needs("subnetId", subnetType, {
      code: "InvalidSubnetId.NotFound",
      message: "The subnet ID '{value}' does not exist",
    }),
  ],
  enums: { internetGatewayExclusionMode: ["allow-bidirectional", "allow-egress"] },
  quotas: [
    {
      limit: 50,
      per: ({ region }) => region,
      refusal: {
        code: "VpcBlockPublicAccessExclusionLimitExceeded",
        message: "The maximum number of exclusions has been reached.",
      },
    },
  ],
  seconds: lasts(60, 60, 60),
  facts: [known("50 exclusions a Region; VPC or subnet must exist", sources.quotas)],
};

const allowedImages = setting({
  type: "aws:ec2/allowedImagesSettings:AllowedImagesSettings",
  label: "EC2 Allowed Images Settings",
  operations: {
    create: "EnableAllowedImagesSettings",
    update: "ReplaceImageCriteriaInAllowedImagesSettings",
    delete: "DisableAllowedImagesSettings",
  },
  provider: "aws_ec2_allowed_images_settings",
  enums: { state: ["enabled", "audit-mode", "disabled"] },
});

const imageBlock = setting({
  type: "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
  label: "EC2 Image Block Public Access",
  operations: {
    create: "EnableImageBlockPublicAccess",
    update: "EnableImageBlockPublicAccess",
    delete: "DisableImageBlockPublicAccess",
  },
  provider: "aws_ec2_image_block_public_access",
  enums: { state: ["block-new-sharing", "unblocked"] },
});

const metadataDefaults = setting({
  type: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
  label: "EC2 Instance Metadata Defaults",
  operations: {
    create: "ModifyInstanceMetadataDefaults",
    update: "ModifyInstanceMetadataDefaults",
    delete: "ModifyInstanceMetadataDefaults",
  },
  provider: "aws_ec2_instance_metadata_defaults",
  computed: {
    httpEndpoint: () => "no-preference",
    httpPutResponseHopLimit: () => -1,
    httpTokens: () => "no-preference",
    instanceMetadataTags: () => "no-preference",
  },
  enums: {
    httpEndpoint: ["enabled", "disabled", "no-preference"],
    httpTokens: ["optional", "required", "no-preference"],
    instanceMetadataTags: ["enabled", "disabled", "no-preference"],
  },
});

const snapshotBlock = setting({
  type: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
  label: "EC2 EBS Snapshot Block Public Access",
  operations: {
    create: "EnableSnapshotBlockPublicAccess",
    update: "EnableSnapshotBlockPublicAccess",
    delete: "DisableSnapshotBlockPublicAccess",
  },
  provider: "aws_ebs_snapshot_block_public_access",
  cloudFormation: "AWS::EC2::SnapshotBlockPublicAccess",
  enums: { state: ["block-all-sharing", "block-new-sharing", "unblocked"] },
});

const encryptionByDefault = setting({
  type: "aws:ebs/encryptionByDefault:EncryptionByDefault",
  label: "EC2 EBS Encryption By Default",
  operations: {
    create: "EnableEbsEncryptionByDefault",
    update: "EnableEbsEncryptionByDefault",
    delete: "DisableEbsEncryptionByDefault",
  },
  provider: "aws_ebs_encryption_by_default",
});

const defaultKey = setting({
  type: "aws:ebs/defaultKmsKey:DefaultKmsKey",
  label: "EC2 EBS Default KMS Key",
  operations: { create: "ModifyEbsDefaultKmsKeyId", delete: "ResetEbsDefaultKmsKeyId" },
  provider: "aws_ebs_default_kms_key",
  references: [
    needs(
      "keyArn",
      keyTypes,
      { code: "InvalidParameterValue", message: "The specified KMS key '{value}' does not exist" },
      { by: ["arn"] },
    ),
  ],
  facts: [known("the key must exist", sources.api)],
});

const serialConsole = setting({
  type: "aws:ec2/serialConsoleAccess:SerialConsoleAccess",
  label: "EC2 Serial Console Access",
  operations: {
    create: "EnableSerialConsoleAccess",
    update: "EnableSerialConsoleAccess",
    delete: "DisableSerialConsoleAccess",
  },
  provider: "aws_ec2_serial_console_access",
});

export const entries: TypeEntry[] = [
  blockPublicAccess,
  exclusion,
  allowedImages,
  imageBlock,
  metadataDefaults,
  snapshotBlock,
  encryptionByDefault,
  defaultKey,
  serialConsole,
];
