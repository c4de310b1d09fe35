import type { Rule } from "../../../kit/rule";
import { efsAccessPointRoot } from "./access-point-root";
import { efsAccessPointUser } from "./access-point-user";
import { efsBackup } from "./backup";
import { efsCustomerKey } from "./customer-key";
import { efsEncrypted } from "./encrypted";
import { efsNoPublicPolicy } from "./no-public-policy";
import { efsTlsOnly } from "./tls-only";

export const efsRules: readonly Rule[] = [
  efsAccessPointRoot,
  efsAccessPointUser,
  efsBackup,
  efsCustomerKey,
  efsEncrypted,
  efsNoPublicPolicy,
  efsTlsOnly,
];
