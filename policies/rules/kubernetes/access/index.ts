import type { Rule } from "../../../kit/rule";
import { createPods } from "./create-pods";
import { noAnonymousSubjects } from "./no-anonymous-subjects";
import { noCertificateApproval } from "./no-certificate-approval";
import { noDefaultAccountSubjects } from "./no-default-account-subjects";
import { noEscalation } from "./no-escalation";
import { noEveryoneSubjects } from "./no-everyone-subjects";
import { noExec } from "./no-exec";
import { noMastersSubjects } from "./no-masters-subjects";
import { noNamespaceWideSubjects } from "./no-namespace-wide-subjects";
import { noNodeProxy } from "./no-node-proxy";
import { noTokenCreation } from "./no-token-creation";
import { noVolumeCreation } from "./no-volume-creation";
import { noWebhookWrites } from "./no-webhook-writes";
import { noWildcards } from "./no-wildcards";
import { secretsRead } from "./secrets-read";

/** Who may do what in the cluster: roles, bindings, service accounts, admission. */
export const accessRules: readonly Rule[] = [
  createPods,
  noAnonymousSubjects,
  noCertificateApproval,
  noDefaultAccountSubjects,
  noEscalation,
  noEveryoneSubjects,
  noExec,
  noMastersSubjects,
  noNamespaceWideSubjects,
  noNodeProxy,
  noTokenCreation,
  noVolumeCreation,
  noWebhookWrites,
  noWildcards,
  secretsRead,
];
