import type { Rule } from "../kit/rule";
import { logGroup } from "./aws/cloudwatch/log-group";
import { closedDefaultGroup } from "./aws/ec2/closed-default-group";
import { encryptedVolumeResources } from "./aws/ec2/encrypted-volume-resources";
import { encryptedVolumes } from "./aws/ec2/encrypted-volumes";
import { endpointPolicy } from "./aws/ec2/endpoint-policy";
import { flowLogs } from "./aws/ec2/flow-logs";
import { instanceMetadata } from "./aws/ec2/instance-metadata";
import { noKeyPair } from "./aws/ec2/no-key-pair";
import { noPublicAddress } from "./aws/ec2/no-public-address";
import { noWorldIngress } from "./aws/ec2/no-world-ingress";
import { immutableTags } from "./aws/ecr/immutable-tags";
import { apiAuthentication } from "./aws/eks/api-authentication";
import { controlPlaneLogs } from "./aws/eks/control-plane-logs";
import { noClusterAdmins } from "./aws/eks/no-cluster-admins";
import { nodeGroupNoRemoteAccess } from "./aws/eks/node-group-no-remote-access";
import { privateEndpoint } from "./aws/eks/private-endpoint";
import { secretsEncryption } from "./aws/eks/secrets-encryption";
import { supportedVersion } from "./aws/eks/supported-version";
import { noAccessKeys } from "./aws/iam/no-access-keys";
import { noFullAdministrator } from "./aws/iam/no-full-administrator";
import { noPublicTrust } from "./aws/iam/no-public-trust";
import { webIdentityTrust } from "./aws/iam/web-identity-trust";
import { noPublicPrincipal } from "./aws/kms/no-public-principal";
import { rotation } from "./aws/kms/rotation";
import { blockPublicAccess } from "./aws/s3/block-public-access";
import { customerKeyEncryption } from "./aws/s3/customer-key-encryption";
import { noPublicPolicy } from "./aws/s3/no-public-policy";
import { tlsOnly } from "./aws/s3/tls-only";
import { versioningOn } from "./aws/s3/versioning";
import { attestedKeyBinding } from "./ml/attested-key-binding";
import { attestedKeyConditions } from "./ml/attested-key-conditions";
import { attestedKeyNoBypass } from "./ml/attested-key-no-bypass";
import { gpuPoolsTainted } from "./ml/gpu-pools-tainted";

/** All rules of the pack. */
export const rules: readonly Rule[] = [
  apiAuthentication,
  attestedKeyBinding,
  attestedKeyConditions,
  attestedKeyNoBypass,
  blockPublicAccess,
  closedDefaultGroup,
  controlPlaneLogs,
  customerKeyEncryption,
  encryptedVolumeResources,
  encryptedVolumes,
  endpointPolicy,
  flowLogs,
  gpuPoolsTainted,
  immutableTags,
  instanceMetadata,
  logGroup,
  noAccessKeys,
  noClusterAdmins,
  noFullAdministrator,
  noKeyPair,
  noPublicAddress,
  noPublicPolicy,
  noPublicPrincipal,
  noPublicTrust,
  noWorldIngress,
  nodeGroupNoRemoteAccess,
  privateEndpoint,
  rotation,
  secretsEncryption,
  supportedVersion,
  tlsOnly,
  versioningOn,
  webIdentityTrust,
];
