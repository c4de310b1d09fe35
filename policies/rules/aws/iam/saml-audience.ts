import { trustExample } from "../../../kit/iam-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { allows, covers, every, findingOf, isFor, isNarrowedBy, not } from "../../../kit/statements";
import { trustCheck } from "../../../kit/trust";

const trust = (more: Record<string, Plain> = {}) =>
  trustExample({
    Effect: "Allow",
    Principal: { Federated: "arn:aws:iam::111122223333:saml-provider/company" },
    Action: "sts:AssumeRoleWithSAML",
    ...more,
  });
const audience = (value: Plain, operator = "StringEquals") =>
  trust({ Condition: { [operator]: { "SAML:aud": value } } });

export const samlAudience = rule({
  id: "aws-iam-saml-audience",
  title: "Roles for SAML sign-in take assertions that were made for AWS",
  severity: "high",
  rationale: "An assertion that the identity provider made for another application would open the role as well.",
  remediation:
    'Condition sts:AssumeRoleWithSAML on StringEquals of SAML:aud, "https://signin.aws.amazon.com/saml" or the one of your Region or partition.',
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
  ],
  checks: {
    "aws:iam/role:Role": trustCheck((statement, where) => {
      const violated = every(
        allows(statement),
        covers(statement, "sts:AssumeRoleWithSAML"),
        isFor(statement, ({ type, value }) => type.toLowerCase() === "federated" && /saml-provider|^\*$/.test(value)),
        not(isNarrowedBy(statement, { key: (key) => key === "saml:aud", isOpen: (value) => /[*?]/.test(value) })),
      );
      return findingOf(where, violated, "does not name the audience of the assertion");
    }),
  },
  examples: [
    { title: "the audience of AWS", verdict: "pass", resources: audience("https://signin.aws.amazon.com/saml") },
    {
      title: "the audience of a Region and the global one",
      verdict: "pass",
      resources: audience(["https://signin.aws.amazon.com/saml", "https://eu-central-1.signin.aws.amazon.com/saml"]),
    },
    { title: "no audience", verdict: "fail", absent: true, resources: trust() },
    { title: "any audience", verdict: "fail", resources: audience("https://*", "StringLike") },
    {
      title: "a condition that holds also without an audience",
      verdict: "fail",
      resources: audience("https://signin.aws.amazon.com/saml", "StringEqualsIfExists"),
    },
    { title: "audience known only later", verdict: "undecided", resources: audience(UNKNOWN) },
  ],
});
