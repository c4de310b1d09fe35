import { reachesAll } from "gabion-knowledge";
import { policyExample } from "../../../kit/iam-examples";
import { identityPolicyChecks } from "../../../kit/iam-policies";
import { UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { rule } from "../../../kit/rule";
import { allows, covers, every, findingOf, isAdministrator, isNarrowedBy, not, reaches } from "../../../kit/statements";

const assume = { Effect: "Allow", Action: "sts:AssumeRole" };

export const assumeNamedRoles = rule({
  id: "aws-iam-assume-named-roles",
  title: "Who may assume roles may assume named roles",
  severity: "medium",
  rationale:
    "With sts:AssumeRole on every role, each role whose trust names the account is open, here and in every account that trusts this one.",
  remediation:
    "Name the roles in Resource, by ARN or by the beginning of their names, or hold the statement by a tag of the roles.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.2" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0012" },
  ],
  checks: identityPolicyChecks((statement, property) => {
    if (isAdministrator(statement)) return [];
    const violated = every(
      allows(statement),
      covers(statement, "sts:AssumeRole"),
      reaches(statement, (resource) => reachesAll(resource, "iam", "role/")),
      not(isNarrowedBy(statement, { key: (key) => /^(aws|iam):resourcetag\/.+/.test(key) })),
    );
    return findingOf(statementPath(property, statement), violated, "allows sts:AssumeRole for every role");
  }),
  examples: [
    {
      title: "roles of one kind in another account",
      verdict: "pass",
      resources: policyExample({ ...assume, Resource: "arn:aws:iam::444455556666:role/deploy-*" }),
    },
    {
      title: "roles with a tag",
      verdict: "pass",
      resources: policyExample({
        ...assume,
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceTag/team": "research" } },
      }),
    },
    {
      title: "no statement on other roles",
      verdict: "pass",
      absent: true,
      resources: policyExample({ Effect: "Allow", Action: "sts:GetCallerIdentity", Resource: "*" }),
    },
    { title: "every role", verdict: "fail", resources: policyExample({ ...assume, Resource: "*" }) },
    {
      title: "every role of an account, by a pattern of actions",
      verdict: "fail",
      resources: policyExample({ ...assume, Action: "sts:*", Resource: ["arn:aws:iam::444455556666:role/*"] }),
    },
    {
      title: "roles known only later",
      verdict: "undecided",
      resources: policyExample({ ...assume, Resource: UNKNOWN }),
    },
  ],
});
