import type { Rule } from "../../../kit/rule";
import { accessByRoles } from "./access-by-roles";
import { accessEntrySessionNames } from "./access-entry-session-names";
import { accessScope } from "./access-scope";
import { addonRoles } from "./addon-roles";
import { addonVersionPinned } from "./addon-version-pinned";
import { apiAuthentication } from "./api-authentication";
import { argoCdPrivate } from "./argo-cd-private";
import { autoModeOwnPools } from "./auto-mode-own-pools";
import { autoModeWhole } from "./auto-mode-whole";
import { controlPlaneLogGroup } from "./control-plane-log-group";
import { controlPlaneLogs } from "./control-plane-logs";
import { deletionProtection } from "./deletion-protection";
import { fargatePrivateSubnets } from "./fargate-private-subnets";
import { identityProviderClaims } from "./identity-provider-claims";
import { identityProviderPrefixes } from "./identity-provider-prefixes";
import { networkPolicies } from "./network-policies";
import { noClusterAdmins } from "./no-cluster-admins";
import { nodeGroupNoRemoteAccess } from "./node-group-no-remote-access";
import { nodeImageType } from "./node-image-type";
import { nodeRegistryReadOnly } from "./node-registry-read-only";
import { nodeReleasePinned } from "./node-release-pinned";
import { nodeRepair } from "./node-repair";
import { nodeTemplatePinned } from "./node-template-pinned";
import { nodeUpdates } from "./node-updates";
import { podIdentityAccounts } from "./pod-identity-accounts";
import { privateEndpoint } from "./private-endpoint";
import { privateNodes } from "./private-nodes";
import { publicEndpointSources } from "./public-endpoint-sources";
import { secretsEncryption } from "./secrets-encryption";
import { spotTainted } from "./spot-tainted";
import { supportedVersion } from "./supported-version";
import { upgradeSupport } from "./upgrade-support";

export const eksRules: readonly Rule[] = [
  accessByRoles,
  accessEntrySessionNames,
  accessScope,
  addonRoles,
  addonVersionPinned,
  apiAuthentication,
  argoCdPrivate,
  autoModeOwnPools,
  autoModeWhole,
  controlPlaneLogGroup,
  controlPlaneLogs,
  deletionProtection,
  fargatePrivateSubnets,
  identityProviderClaims,
  identityProviderPrefixes,
  networkPolicies,
  noClusterAdmins,
  nodeGroupNoRemoteAccess,
  nodeImageType,
  nodeRegistryReadOnly,
  nodeReleasePinned,
  nodeRepair,
  nodeTemplatePinned,
  nodeUpdates,
  podIdentityAccounts,
  privateEndpoint,
  privateNodes,
  publicEndpointSources,
  secretsEncryption,
  spotTainted,
  supportedVersion,
  upgradeSupport,
];
