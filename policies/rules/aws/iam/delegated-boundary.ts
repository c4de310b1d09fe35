import { policyExample } from "../../../kit/iam-examples";
import { identityPolicyChecks } from "../../../kit/iam-policies";
import { UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { rule } from "../../../kit/rule";
import { allows, coversAny, every, findingOf, isAdministrator, isNarrowedBy, not } from "../../../kit/statements";

const create = { Effect: "Allow", Action: ["iam:CreateRole", "iam:PutRolePolicy"], Resource: "*" };
const boundary = "arn:aws:iam::111122223333:policy/boundary";

export const delegatedBoundary = rule({
  id: "aws-iam-delegated-boundary",
  title: "Who may make roles or users must put a permissions boundary on them",
  severity: "medium",
  rationale:
    "A pipeline that makes roles without a boundary can make an administrator; with one, what it makes stays within limits.",
  remediation:
    "Hold the statement that allows iam:CreateRole or iam:CreateUser by StringEquals on iam:PermissionsBoundary with the boundary's ARN.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.2" },
  ],
  levels: { baseline: "advisory" },
  deviation: "iam-delegation",
  checks: identityPolicyChecks((statement, property) => {
    if (isAdministrator(statement)) return [];
    const violated = every(
      allows(statement),
      coversAny(statement, ["iam:CreateRole", "iam:CreateUser"]),
      not(isNarrowedBy(statement, { key: (key) => key === "iam:permissionsboundary" })),
    );
    return findingOf(
      statementPath(property, statement),
      violated,
      "allows new roles or users without a permissions boundary",
    );
  }),
  examples: [
    {
      title: "roles within a boundary",
      verdict: "pass",
      resources: policyExample({ ...create, Condition: { StringEquals: { "iam:PermissionsBoundary": boundary } } }),
    },
    {
      title: "nobody may make roles",
      verdict: "pass",
      resources: policyExample({ Effect: "Allow", Action: "iam:GetRole", Resource: "*" }),
    },
    { title: "roles without a condition", verdict: "fail", absent: true, resources: policyExample(create) },
    {
      title: "a condition that holds also when there is no boundary",
      verdict: "fail",
      resources: policyExample({
        ...create,
        Condition: { StringEqualsIfExists: { "iam:PermissionsBoundary": boundary } },
      }),
    },
    {
      title: "any boundary that is not the named one",
      verdict: "fail",
      resources: policyExample({ ...create, Condition: { StringNotEquals: { "iam:PermissionsBoundary": boundary } } }),
    },
    {
      title: "condition known only later",
      verdict: "undecided",
      resources: policyExample({ ...create, Condition: UNKNOWN }),
    },
  ],
});
