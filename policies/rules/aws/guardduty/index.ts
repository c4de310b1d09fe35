import type { Rule } from "../../../kit/rule";
import { guarddutyDetectorOn } from "./detector-on";
import { guarddutyEksAuditLogs } from "./eks-audit-logs";
import { guarddutyExportKey } from "./export-key";
import { guarddutyFindingFrequency } from "./finding-frequency";
import { guarddutyLambda } from "./lambda-protection";
import { guarddutyMalware } from "./malware-protection";
import { guarddutyOrganizationMembers } from "./organization-members";
import { guarddutyRds } from "./rds-protection";
import { guarddutyRuntime } from "./runtime-monitoring";
import { guarddutyS3 } from "./s3-protection";

export const guarddutyRules: readonly Rule[] = [
  guarddutyDetectorOn,
  guarddutyEksAuditLogs,
  guarddutyExportKey,
  guarddutyFindingFrequency,
  guarddutyLambda,
  guarddutyMalware,
  guarddutyOrganizationMembers,
  guarddutyRds,
  guarddutyRuntime,
  guarddutyS3,
];
