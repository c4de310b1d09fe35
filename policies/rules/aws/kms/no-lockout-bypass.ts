import { requireFalse } from "../../../kit/checks";
import { keyExample } from "../../../kit/key-examples";
import { keyAndPolicyChecks } from "../../../kit/key-policies";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

export const noLockoutBypass = rule({
  id: "aws-kms-no-lockout-bypass",
  title: "KMS checks that a key's policy leaves somebody who can change it",
  severity: "high",
  rationale:
    "With a policy that nobody can change the key cannot be managed any more, by nobody, and AWS Support has to help.",
  remediation: "Leave bypassPolicyLockoutSafetyCheck out, and let the policy name the role that deploys.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  deviation: "kms-lockout",
  checks: keyAndPolicyChecks((properties) =>
    requireFalse(
      properties.get("bypassPolicyLockoutSafetyCheck"),
      "switches off the check against locking everybody out",
    ),
  ),
  examples: [
    { title: "nothing said, so KMS checks", verdict: "pass", absent: true, resources: keyExample({}) },
    {
      title: "the check switched off",
      verdict: "fail",
      resources: keyExample({ bypassPolicyLockoutSafetyCheck: true }),
    },
    {
      title: "switched off for a policy of its own resource",
      verdict: "fail",
      resources: [
        {
          type: "aws:kms/keyPolicy:KeyPolicy",
          name: "data",
          properties: { keyId: "1", bypassPolicyLockoutSafetyCheck: true },
        },
      ],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: keyExample({ bypassPolicyLockoutSafetyCheck: UNKNOWN }),
    },
  ],
});
