import type { Rule } from "../../../kit/rule";
import { detectorExists } from "./detector-exists";
import { eksAgent } from "./eks-agent";
import { eksAuditLogs } from "./eks-audit-logs";
import { enabled } from "./enabled";
import { lambdaProtection } from "./lambda-protection";
import { malwareProtection } from "./malware-protection";
import { publishingFrequency } from "./publishing-frequency";
import { rdsProtection } from "./rds-protection";
import { runtimeMonitoring } from "./runtime-monitoring";
import { s3Protection } from "./s3-protection";

export const guarddutyRules: readonly Rule[] = [
  detectorExists,
  eksAgent,
  eksAuditLogs,
  enabled,
  lambdaProtection,
  malwareProtection,
  publishingFrequency,
  rdsProtection,
  runtimeMonitoring,
  s3Protection,
];
