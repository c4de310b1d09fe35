import type { Rule } from "../../../kit/rule";
import { encryptedVolumes } from "./encrypted-volumes";
import { instanceMetadata } from "./instance-metadata";
import { noKeyPair } from "./no-key-pair";
import { noPublicAddress } from "./no-public-address";

export const ec2Rules: readonly Rule[] = [encryptedVolumes, instanceMetadata, noKeyPair, noPublicAddress];
