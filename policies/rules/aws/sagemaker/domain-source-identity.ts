import { requireOneOf } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { domain, domainType } from "../../../kit/sagemaker-examples";

const named = (executionRoleIdentityConfig: Plain) => domain({ domainSettings: { executionRoleIdentityConfig } });

export const domainSourceIdentity = rule({
  id: "aws-sagemaker-domain-source-identity",
  title: "Calls from Studio carry the name of the user who made them",
  severity: "low",
  rationale: "Users share roles; without their names in the trail nobody can tell afterwards who read or deleted what.",
  remediation:
    'Set domainSettings.executionRoleIdentityConfig to "USER_PROFILE_NAME", and allow sts:SetSourceIdentity in the trust of the roles.',
  mappings: [
    { framework: "NIST 800-53r5", control: "AU-3" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: {
    [domainType]: ({ properties }) =>
      requireOneOf(
        properties.get("domainSettings").get("executionRoleIdentityConfig"),
        ["USER_PROFILE_NAME"],
        'is not "USER_PROFILE_NAME"',
      ),
  },
  examples: [
    { title: "named", verdict: "pass", resources: named("USER_PROFILE_NAME") },
    {
      title: "nothing said, which means no name",
      verdict: "fail",
      absent: true,
      resources: domain({ authMode: "IAM" }),
    },
    { title: "no name", verdict: "fail", resources: named("DISABLED") },
    { title: "known only later", verdict: "undecided", resources: named(UNKNOWN) },
  ],
});
