import type { Rule } from "../../../kit/rule";
import { guarddutyDetectorExists } from "./detector-exists";
import { guarddutyEksAgent } from "./eks-agent";
import { guarddutyEksAuditLogs } from "./eks-audit-logs";
import { guarddutyEnabled } from "./enabled";
import { guarddutyExportKey } from "./export-key";
import { guarddutyLambda } from "./lambda-protection";
import { guarddutyMalware } from "./malware-protection";
import { guarddutyOrganizationMembers } from "./organization-members";
import { guarddutyPublishingFrequency } from "./publishing-frequency";
import { guarddutyRds } from "./rds-protection";
import { guarddutyRuntime } from "./runtime-monitoring";
import { guarddutyS3 } from "./s3-protection";

export const guarddutyRules: readonly Rule[] = [
  guarddutyDetectorExists,
  guarddutyEksAgent,
  guarddutyEksAuditLogs,
  guarddutyEnabled,
  guarddutyExportKey,
  guarddutyLambda,
  guarddutyMalware,
  guarddutyOrganizationMembers,
  guarddutyPublishingFrequency,
  guarddutyRds,
  guarddutyRuntime,
  guarddutyS3,
];
