import { policyExample } from "../../../kit/iam-examples";
import { identityPolicyChecks } from "../../../kit/iam-policies";
import { UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { rule } from "../../../kit/rule";
import { allows, every, findingOf, mentions } from "../../../kit/statements";

export const noNotAction = rule({
  id: "aws-iam-no-not-action",
  title: "No policy of yours allows all actions but those it names",
  severity: "high",
  rationale: "Allow with NotAction grants every other action of every service, and each one that AWS adds later.",
  remediation: "Name what is allowed in Action; NotAction belongs into statements with Effect Deny.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.2" },
  ],
  levels: { baseline: "advisory" },
  checks: identityPolicyChecks((statement, property) => {
    return findingOf(
      statementPath(property, statement),
      every(allows(statement), mentions(statement, "notActions")),
      "allows all actions but those that NotAction names",
    );
  }),
  examples: [
    {
      title: "named actions, so no NotAction",
      verdict: "pass",
      absent: true,
      resources: policyExample({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }),
    },
    {
      title: "a Deny of all but some actions",
      verdict: "pass",
      resources: policyExample({
        Effect: "Deny",
        NotAction: ["iam:*", "sts:*"],
        Resource: "*",
        Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
      }),
    },
    {
      title: "an Allow of all but IAM",
      verdict: "fail",
      resources: policyExample({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
    },
    {
      title: "an Allow of all but IAM on some resources",
      verdict: "fail",
      resources: policyExample({ Effect: "Allow", NotAction: ["iam:*"], Resource: "arn:aws:s3:::models/*" }),
    },
    {
      title: "effect known only later",
      verdict: "undecided",
      resources: policyExample({ Effect: UNKNOWN, NotAction: "iam:*", Resource: "*" }),
    },
  ],
});
