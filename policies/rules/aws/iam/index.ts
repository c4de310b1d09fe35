import type { Rule } from "../../../kit/rule";
import { accessAnalyzer } from "./access-analyzer";
import { accountTrust } from "./account-trust";
import { assumeNamedRoles } from "./assume-named-roles";
import { centralRootAccess } from "./central-root-access";
import { delegatedBoundary } from "./delegated-boundary";
import { loginProfile } from "./login-profile";
import { noAccessKeys } from "./no-access-keys";
import { noAdministratorAttachments } from "./no-administrator-attachments";
import { noAuditTampering } from "./no-audit-tampering";
import { noCloudShell } from "./no-cloud-shell";
import { noFullAdministrator } from "./no-full-administrator";
import { noNotAction } from "./no-not-action";
import { noNotResource } from "./no-not-resource";
import { noPrivilegeEscalation } from "./no-privilege-escalation";
import { noPublicTrust } from "./no-public-trust";
import { noServiceCredentials } from "./no-service-credentials";
import { noServiceWildcards } from "./no-service-wildcards";
import { noUsers } from "./no-users";
import { oneKindOfCredential } from "./one-kind-of-credential";
import { passRoleTargets } from "./pass-role-targets";
import { passwordPolicy } from "./password-policy";
import { policiesOnGroups } from "./policies-on-groups";
import { samlAudience } from "./saml-audience";
import { serverCertificates } from "./server-certificates";
import { serviceTrust } from "./service-trust";
import { sessionDuration } from "./session-duration";
import { supportRole } from "./support-role";
import { userTrustMfa } from "./user-trust-mfa";
import { webIdentityTrust } from "./web-identity-trust";

export const iamRules: readonly Rule[] = [
  accessAnalyzer,
  accountTrust,
  assumeNamedRoles,
  centralRootAccess,
  delegatedBoundary,
  loginProfile,
  noAccessKeys,
  noAdministratorAttachments,
  noAuditTampering,
  noCloudShell,
  noFullAdministrator,
  noNotAction,
  noNotResource,
  noPrivilegeEscalation,
  noPublicTrust,
  noServiceCredentials,
  noServiceWildcards,
  noUsers,
  oneKindOfCredential,
  passRoleTargets,
  passwordPolicy,
  policiesOnGroups,
  samlAudience,
  serverCertificates,
  serviceTrust,
  sessionDuration,
  supportRole,
  userTrustMfa,
  webIdentityTrust,
];
