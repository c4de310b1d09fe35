import type { Rule } from "../../../kit/rule";
import { keyAlias } from "./alias";
import { createGrant } from "./create-grant";
import { deletionWindow } from "./deletion-window";
import { enabled } from "./enabled";
import { explicitPolicy } from "./explicit-policy";
import { grants } from "./grants";
import { noDecryptOnAllKeys } from "./no-decrypt-on-all-keys";
import { noDeletionOfAllKeys } from "./no-deletion-of-all-keys";
import { noLockoutBypass } from "./no-lockout-bypass";
import { noMaterialInState } from "./no-material-in-state";
import { noPublicPrincipal } from "./no-public-principal";
import { oneAdministeringAccount } from "./one-administering-account";
import { rotation } from "./rotation";
import { rotationPeriod } from "./rotation-period";
import { singleRegion } from "./single-region";

export const kmsRules: readonly Rule[] = [
  createGrant,
  deletionWindow,
  enabled,
  explicitPolicy,
  grants,
  keyAlias,
  noDecryptOnAllKeys,
  noDeletionOfAllKeys,
  noLockoutBypass,
  noMaterialInState,
  noPublicPrincipal,
  oneAdministeringAccount,
  rotation,
  rotationPeriod,
  singleRegion,
];
