import { types } from "../ground";
import { arn, type Life, nothing, tagged } from "./support";

const state = (type: string, value: string, other: string): Life => ({
  type,
  inputs: () => ({ state: value }),
  change: { state: other },
});

export const compute: Life[] = [
  {
    type: types.template,
    inputs: () => ({ metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } }),
    change: { instanceType: "p5.48xlarge" },
  },
  { type: "aws:ec2/placementGroup:PlacementGroup", inputs: () => ({ strategy: "cluster" }), change: tagged },
  {
    type: "aws:ec2/capacityReservation:CapacityReservation",
    inputs: () => ({
      availabilityZone: "eu-central-1a",
      instanceCount: 1,
      instancePlatform: "Linux/UNIX",
      instanceType: "p5.48xlarge",
    }),
    change: { instanceCount: 2 },
  },
  {
    type: "aws:ec2/capacityBlockReservation:CapacityBlockReservation",
    inputs: () => ({ capacityBlockOfferingId: "cb-0123456789abcdef0", instancePlatform: "Linux/UNIX" }),
    change: tagged,
  },
  {
    type: "aws:ec2/ami:Ami",
    inputs: () => ({ rootDeviceName: "/dev/xvda", bootMode: "uefi", tpmSupport: "v2.0" }),
    change: { description: "measured" },
  },
  {
    type: "aws:ec2/amiCopy:AmiCopy",
    inputs: () => ({ sourceAmiId: "ami-0123456789abcdef0", sourceAmiRegion: "eu-west-1" }),
    change: { description: "copied" },
  },
  {
    type: "aws:ec2/instance:Instance",
    inputs: (g) => ({ ami: "ami-0123456789abcdef0", instanceType: "m6i.large", subnetId: g.a.id }),
    change: { monitoring: true },
  },
  {
    type: "aws:ec2/vpcEncryptionControl:VpcEncryptionControl",
    inputs: (g) => ({ vpcId: g.vpc.id, mode: "monitor" }),
    change: { mode: "enforce", internetGatewayExclusion: "enable" },
  },
  {
    type: "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
    inputs: () => ({ internetGatewayBlockMode: "block-bidirectional" }),
    change: { internetGatewayBlockMode: "block-ingress" },
  },
  {
    type: "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion",
    inputs: (g) => ({ vpcId: g.vpc.id, internetGatewayExclusionMode: "allow-egress" }),
    change: { internetGatewayExclusionMode: "allow-bidirectional" },
  },
  state("aws:ec2/allowedImagesSettings:AllowedImagesSettings", "audit-mode", "enabled"),
  state("aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", "block-new-sharing", "unblocked"),
  {
    type: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
    inputs: () => ({ httpTokens: "required" }),
    change: { httpPutResponseHopLimit: 1 },
  },
  state("aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", "block-all-sharing", "block-new-sharing"),
  { type: "aws:ebs/encryptionByDefault:EncryptionByDefault", inputs: nothing, change: { enabled: false } },
  { type: "aws:ebs/defaultKmsKey:DefaultKmsKey", inputs: (g) => ({ keyArn: arn(g.key) }) },
  { type: "aws:ec2/serialConsoleAccess:SerialConsoleAccess", inputs: nothing, change: { enabled: false } },
];
