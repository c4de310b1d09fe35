import { EncryptionByDefault, SnapshotBlockPublicAccess } from "@pulumi/aws/ebs";
import {
  AllowedImagesSettings,
  ImageBlockPublicAccess,
  InstanceMetadataDefaults,
  VpcBlockPublicAccessOptions,
} from "@pulumi/aws/ec2";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { AccountSettings } from "../../settings";

/**
 * What EC2, EBS and VPC hold every instance, image, volume and network of the account in the Region to. A weak value is written too, not
 * left out: so its change is one update, and what somebody tightened or loosened by hand shows as drift.
 */
export function setInstanceDefaults(settings: AccountSettings, options: CustomResourceOptions): void {
  const { vpcBlockPublicAccess, allowedImages, instanceMetadata } = settings;
  new VpcBlockPublicAccessOptions(
    "vpc-block-public-access",
    { internetGatewayBlockMode: vpcBlockPublicAccess },
    options,
  );
  // The provider has no resource for "disabled": it is what is left when there is none.
  if (allowedImages.state !== "disabled") {
    new AllowedImagesSettings(
      "allowed-images",
      { state: allowedImages.state, imageCriterions: [{ imageProviders: [...allowedImages.owners].sort() }] },
      options,
    );
  }
  new ImageBlockPublicAccess("image-block-public-access", { state: settings.imageBlockPublicAccess }, options);
  new SnapshotBlockPublicAccess("snapshot-block-public-access", { state: settings.snapshotBlockPublicAccess }, options);
  new InstanceMetadataDefaults(
    "instance-metadata",
    { httpTokens: instanceMetadata.httpTokens, httpPutResponseHopLimit: instanceMetadata.hopLimit },
    options,
  );
  new EncryptionByDefault("ebs-encryption", { enabled: settings.ebsEncryptionByDefault }, options);
}
