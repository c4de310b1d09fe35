import type { Rule } from "../../kit/rule";
import { auditDevice } from "./audit-device";
import { authAwsBound } from "./auth-aws-bound";
import { authMachinesBound } from "./auth-machines-bound";
import { authPodsBound } from "./auth-pods-bound";
import { authTokensBound } from "./auth-tokens-bound";
import { awsSessionsShort } from "./aws-sessions-short";
import { databaseRolesBounded } from "./database-roles-bounded";
import { databaseTls } from "./database-tls";
import { directoryTls } from "./directory-tls";
import { mountLeasesBounded } from "./mount-leases-bounded";
import { noRootPolicy } from "./no-root-policy";
import { noSecretValues } from "./no-secret-values";
import { noStaticCredentials } from "./no-static-credentials";
import { pkiRevocation } from "./pki-revocation";
import { pkiRolesBounded } from "./pki-roles-bounded";
import { pkiStrongKeys } from "./pki-strong-keys";
import { policyNoSudo } from "./policy-no-sudo";
import { policyNoSystemWrites } from "./policy-no-system-writes";
import { policyNoTokenCreation } from "./policy-no-token-creation";
import { policyNoWildcardPath } from "./policy-no-wildcard-path";
import { providerVerifiesTls } from "./provider-verifies-tls";
import { tokenLifeBounded } from "./token-life-bounded";
import { transitKeysRotate } from "./transit-keys-rotate";
import { transitKeysStay } from "./transit-keys-stay";

/** Rules for Vault. */
export const vaultRules: readonly Rule[] = [
  auditDevice,
  authAwsBound,
  authMachinesBound,
  authPodsBound,
  authTokensBound,
  awsSessionsShort,
  databaseRolesBounded,
  databaseTls,
  directoryTls,
  mountLeasesBounded,
  noRootPolicy,
  noSecretValues,
  noStaticCredentials,
  pkiRevocation,
  pkiRolesBounded,
  pkiStrongKeys,
  policyNoSudo,
  policyNoSystemWrites,
  policyNoTokenCreation,
  policyNoWildcardPath,
  providerVerifiesTls,
  tokenLifeBounded,
  transitKeysRotate,
  transitKeysStay,
];
