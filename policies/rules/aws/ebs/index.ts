import type { Rule } from "../../../kit/rule";
import { volumeBackupPlan } from "./backup-plan";
import { volumeCustomerKey } from "./customer-key";
import { encryptedCopies } from "./encrypted-copies";
import { encryptedVolumeResources } from "./encrypted-volume";
import { encryptionByDefault } from "./encryption-by-default";
import { snapshotBlockPublicAccess } from "./snapshot-block-public-access";
import { snapshotSharing } from "./snapshot-sharing";

export const ebsRules: readonly Rule[] = [
  volumeBackupPlan,
  volumeCustomerKey,
  encryptedCopies,
  encryptedVolumeResources,
  encryptionByDefault,
  snapshotBlockPublicAccess,
  snapshotSharing,
];
