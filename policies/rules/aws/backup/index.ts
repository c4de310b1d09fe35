import type { Rule } from "../../../kit/rule";
import { backupPlanCopies } from "./plan-copies";
import { backupPlanRetention } from "./plan-retention";
import { backupVaultCustomerKey } from "./vault-customer-key";
import { backupVaultLock } from "./vault-lock";
import { backupVaultNoForceDestroy } from "./vault-no-force-destroy";
import { backupVaultNoPublicPolicy } from "./vault-no-public-policy";

export const backupRules: readonly Rule[] = [
  backupPlanCopies,
  backupPlanRetention,
  backupVaultCustomerKey,
  backupVaultLock,
  backupVaultNoForceDestroy,
  backupVaultNoPublicPolicy,
];
