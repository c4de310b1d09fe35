import type { Rule } from "../../../kit/rule";
import { secretCustomerKey } from "./customer-key";
import { secretNoLiteral } from "./no-literal";
import { secretNoPublicPolicy } from "./no-public-policy";
import { secretPolicyBlock } from "./policy-block";
import { secretRecoveryWindow } from "./recovery-window";
import { secretRotationOn } from "./rotation";
import { secretRotationPeriod } from "./rotation-period";

export const secretsmanagerRules: readonly Rule[] = [
  secretCustomerKey,
  secretNoLiteral,
  secretNoPublicPolicy,
  secretPolicyBlock,
  secretRecoveryWindow,
  secretRotationOn,
  secretRotationPeriod,
];
