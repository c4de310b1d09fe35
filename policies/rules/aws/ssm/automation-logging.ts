import { rule } from "../../../kit/rule";
import { serviceSettingCheck, serviceSettingExamples } from "../../../kit/service-settings";

const setting = "/ssm/automation/customer-script-log-destination";

export const ssmAutomationLogging = rule({
  id: "aws-ssm-automation-logging",
  title: "The log of automation scripts goes to CloudWatch",
  severity: "low",
  rationale: "Scripts of automations run with the rights of a role; without their log nobody can tell what they did.",
  remediation: `Set settingValue "CloudWatch" on the ServiceSetting ${setting}.`,
  mappings: [{ framework: "NIST 800-53r5", control: "AU-12" }],
  checks: { "aws:ssm/serviceSetting:ServiceSetting": serviceSettingCheck(setting, "CloudWatch") },
  examples: serviceSettingExamples(setting, "CloudWatch", "None"),
});
