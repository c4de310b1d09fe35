import { policyExample } from "../../../kit/iam-examples";
import { identityPolicyChecks } from "../../../kit/iam-policies";
import { UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { rule } from "../../../kit/rule";
import { allows, every, findingOf, mentions } from "../../../kit/statements";

export const noNotResource = rule({
  id: "aws-iam-no-not-resource",
  title: "No policy of yours allows actions on all resources but those it names",
  severity: "medium",
  rationale:
    "Allow with NotResource reaches all that is made later, in this account and in those that share with it; a list of exceptions is never complete.",
  remediation: "Name what may be reached in Resource; NotResource belongs into statements with Effect Deny.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.3" },
  ],
  levels: { baseline: "advisory" },
  checks: identityPolicyChecks((statement, property) => {
    return findingOf(
      statementPath(property, statement),
      every(allows(statement), mentions(statement, "notResources")),
      "allows its actions on all resources but those that NotResource names",
    );
  }),
  examples: [
    {
      title: "a named resource, so no NotResource",
      verdict: "pass",
      absent: true,
      resources: policyExample({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::models/*" }),
    },
    {
      title: "a Deny outside some resources",
      verdict: "pass",
      resources: policyExample({ Effect: "Deny", Action: "s3:*", NotResource: "arn:aws:s3:::models/*" }),
    },
    {
      title: "an Allow on all buckets but one",
      verdict: "fail",
      resources: policyExample({ Effect: "Allow", Action: "s3:GetObject", NotResource: ["arn:aws:s3:::models/*"] }),
    },
    {
      title: "the exceptions known only later",
      verdict: "undecided",
      resources: policyExample({ Effect: "Allow", Action: "s3:GetObject", NotResource: UNKNOWN }),
    },
  ],
});
