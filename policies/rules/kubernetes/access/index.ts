import type { Rule } from "../../../kit/rule";
import { accountsWithoutToken } from "./accounts-without-token";
import { admissionFailsClosed } from "./admission-fails-closed";
import { admissionPoliciesDeny } from "./admission-policies-deny";
import { awsAuthWithoutMasters } from "./aws-auth-without-masters";
import { createPods } from "./create-pods";
import { narrowAggregation } from "./narrow-aggregation";
import { noAnonymousSubjects } from "./no-anonymous-subjects";
import { noCertificateApproval } from "./no-certificate-approval";
import { noClusterAdmin } from "./no-cluster-admin";
import { noDefaultAccountSubjects } from "./no-default-account-subjects";
import { noEscalation } from "./no-escalation";
import { noEveryoneSubjects } from "./no-everyone-subjects";
import { noExec } from "./no-exec";
import { noLastingTokens } from "./no-lasting-tokens";
import { noMastersSubjects } from "./no-masters-subjects";
import { noNamespaceWideSubjects } from "./no-namespace-wide-subjects";
import { noNodeProxy } from "./no-node-proxy";
import { noRoleOnDefaultAccount } from "./no-role-on-default-account";
import { noTokenCreation } from "./no-token-creation";
import { noVolumeCreation } from "./no-volume-creation";
import { noWebhookWrites } from "./no-webhook-writes";
import { noWildcards } from "./no-wildcards";
import { secretsRead } from "./secrets-read";
import { viewStaysReadOnly } from "./view-stays-read-only";

/** Who may do what in the cluster: roles, bindings, service accounts, admission. */
export const accessRules: readonly Rule[] = [
  accountsWithoutToken,
  admissionFailsClosed,
  admissionPoliciesDeny,
  awsAuthWithoutMasters,
  createPods,
  narrowAggregation,
  noAnonymousSubjects,
  noCertificateApproval,
  noClusterAdmin,
  noDefaultAccountSubjects,
  noEscalation,
  noEveryoneSubjects,
  noExec,
  noLastingTokens,
  noMastersSubjects,
  noNamespaceWideSubjects,
  noNodeProxy,
  noRoleOnDefaultAccount,
  noTokenCreation,
  noVolumeCreation,
  noWebhookWrites,
  noWildcards,
  secretsRead,
  viewStaysReadOnly,
];
