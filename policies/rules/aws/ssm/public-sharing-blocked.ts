import { rule } from "../../../kit/rule";
import { serviceSettingCheck, serviceSettingExamples } from "../../../kit/service-settings";

const setting = "/ssm/documents/console/public-sharing-permission";

export const ssmPublicSharingBlocked = rule({
  id: "aws-ssm-public-sharing-blocked",
  title: "The account's block on public documents is not lifted",
  severity: "high",
  rationale:
    "With the block in place no document of the account can be shared with all accounts, whatever its own settings say.",
  remediation: `Set settingValue "Disable" on the ServiceSetting ${setting}.`,
  mappings: [{ framework: "NIST 800-53r5", control: "AC-3" }],
  checks: { "aws:ssm/serviceSetting:ServiceSetting": serviceSettingCheck(setting, "Disable") },
  remedies: {
    "aws:ssm/serviceSetting:ServiceSetting": ({ properties }) => {
      const id = properties.get("settingId").text();
      return typeof id === "string" && id.endsWith(setting) ? { settingValue: "Disable" } : undefined;
    },
  },
  examples: serviceSettingExamples(setting, "Disable", "Enable"),
});
