import type { Rule } from "../../../kit/rule";
import { apiAuthentication } from "./api-authentication";
import { controlPlaneLogs } from "./control-plane-logs";
import { noClusterAdmins } from "./no-cluster-admins";
import { nodeGroupNoRemoteAccess } from "./node-group-no-remote-access";
import { privateEndpoint } from "./private-endpoint";
import { secretsEncryption } from "./secrets-encryption";
import { supportedVersion } from "./supported-version";

export const eksRules: readonly Rule[] = [
  apiAuthentication,
  controlPlaneLogs,
  noClusterAdmins,
  nodeGroupNoRemoteAccess,
  privateEndpoint,
  secretsEncryption,
  supportedVersion,
];
