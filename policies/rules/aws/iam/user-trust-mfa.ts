import { trustExample } from "../../../kit/iam-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { allows, every, findingOf, isFor, not, principalKind } from "../../../kit/statements";
import { hasSecondFactor, trustCheck } from "../../../kit/trust";

const trust = (principal: Plain, more: Record<string, Plain> = {}) =>
  trustExample({ Effect: "Allow", Principal: { AWS: principal }, Action: "sts:AssumeRole", ...more });
const user = "arn:aws:iam::111122223333:user/ada";

export const userTrustMfa = rule({
  id: "aws-iam-user-trust-mfa",
  title: "Users assume roles with a second factor",
  severity: "medium",
  rationale:
    "A user's access key is in a file on a laptop; without a second factor the file is all that a thief needs.",
  remediation:
    "Condition the trust on Bool of aws:MultiFactorAuthPresent being true, without IfExists: with a long-lived key the condition's key is absent.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-2(1)" },
    { framework: "ISO 27001:2022", control: "A.8.5" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-01" },
  ],
  checks: {
    "aws:iam/role:Role": trustCheck((statement, where) => {
      const violated = every(
        allows(statement),
        isFor(statement, ({ value }) => principalKind(value) === "user"),
        not(hasSecondFactor(statement)),
      );
      return findingOf(where, violated, "lets users assume the role without a second factor");
    }),
  },
  examples: [
    {
      title: "with a second factor",
      verdict: "pass",
      resources: trust(user, { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
    },
    {
      title: "a second factor of the last hour",
      verdict: "pass",
      resources: trust(user, { Condition: { NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } } }),
    },
    {
      title: "a role, which has no second factor",
      verdict: "pass",
      resources: trust("arn:aws:iam::111122223333:role/ci"),
    },
    { title: "no condition", verdict: "fail", absent: true, resources: trust([user]) },
    {
      title: "a condition that holds for every long-lived key",
      verdict: "fail",
      resources: trust(user, { Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } } }),
    },
    {
      title: "a condition the wrong way round",
      verdict: "fail",
      resources: trust(user, { Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } }),
    },
    { title: "principal known only later", verdict: "undecided", resources: trust(UNKNOWN) },
  ],
});
