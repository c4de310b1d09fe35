import { registrySettingCheck, registrySettingExamples } from "../../../kit/registry-settings";
import { rule } from "../../../kit/rule";

export const scanEngine = rule({
  id: "aws-ecr-scan-engine",
  title: "Basic scanning uses the scanner that AWS maintains",
  severity: "medium",
  rationale: "Clair is no longer supported there: scans with it fail or miss what has been found since.",
  remediation: 'Set the AccountSetting BASIC_SCAN_TYPE_VERSION to "AWS_NATIVE".',
  mappings: [
    { framework: "NIST 800-53r5", control: "RA-5" },
    { framework: "NIST 800-53r5", control: "SA-22" },
  ],
  checks: { "aws:ecr/accountSetting:AccountSetting": registrySettingCheck("BASIC_SCAN_TYPE_VERSION", "AWS_NATIVE") },
  examples: registrySettingExamples("BASIC_SCAN_TYPE_VERSION", "AWS_NATIVE", "CLAIR"),
});
