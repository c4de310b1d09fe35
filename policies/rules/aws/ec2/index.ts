import type { Rule } from "../../../kit/rule";
import { allowedImages } from "./allowed-images";
import { detailedMonitoring } from "./detailed-monitoring";
import { encryptedInstanceVolumes } from "./encrypted-instance-volumes";
import { encryptedVolumes } from "./encrypted-volumes";
import { imageBlockPublicAccess } from "./image-block-public-access";
import { imageSharing } from "./image-sharing";
import { instanceMetadata } from "./instance-metadata";
import { instanceProfile } from "./instance-profile";
import { metadataDefaults } from "./metadata-defaults";
import { noKeyPair } from "./no-key-pair";
import { noParavirtual } from "./no-paravirtual";
import { noPublicAddress } from "./no-public-address";
import { noPublicImage } from "./no-public-image";
import { noSecretsInUserData } from "./no-secrets-in-user-data";
import { noSerialConsole } from "./no-serial-console";
import { oneNetworkInterface } from "./one-network-interface";
import { sourceDestinationCheck } from "./source-destination-check";
import { terminationProtection } from "./termination-protection";

export const ec2Rules: readonly Rule[] = [
  allowedImages,
  detailedMonitoring,
  encryptedInstanceVolumes,
  encryptedVolumes,
  imageBlockPublicAccess,
  imageSharing,
  instanceMetadata,
  instanceProfile,
  metadataDefaults,
  noKeyPair,
  noParavirtual,
  noPublicAddress,
  noPublicImage,
  noSecretsInUserData,
  noSerialConsole,
  oneNetworkInterface,
  sourceDestinationCheck,
  terminationProtection,
];
