import { ESCALATIONS, type Escalation, reachesAll, type StatementModel } from "gabion-knowledge";
import { policyExample } from "../../../kit/iam-examples";
import { identityPolicyChecks } from "../../../kit/iam-policies";
import { UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { fail, rule, undecided } from "../../../kit/rule";
import {
  allows,
  covers,
  every,
  isAdministrator,
  isNarrowedBy,
  not,
  reaches,
  type Ternary,
} from "../../../kit/statements";

const any = { Effect: "Allow", Resource: "*" };

export const noPrivilegeEscalation = rule({
  id: "aws-iam-no-privilege-escalation",
  title: "No policy of yours lets its holder give itself more rights",
  severity: "high",
  rationale:
    "Who can write policies, trust, or credentials of any identity is an administrator in one more step, whatever the policy seems to say.",
  remediation:
    "Name the roles, users, groups or policies that may be changed, or hold the statement by iam:PermissionsBoundary or iam:PolicyARN.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "AC-6(10)" },
    { framework: "ISO 27001:2022", control: "A.8.2" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-02" },
  ],
  levels: { baseline: "advisory" },
  deviation: "iam-escalation",
  checks: identityPolicyChecks((statement, property) => {
    if (isAdministrator(statement)) return [];
    const where = statementPath(property, statement);
    const outcomes = ESCALATIONS.map((escalation) => [escalation.action, isOpen(statement, escalation)] as const);
    const certain = outcomes.flatMap(([action, open]) => (open === true ? [action] : []));
    if (certain.length > 0) return [fail(where, `allows ${certain.join(", ")} on whatever there is`)];
    return outcomes.some(([, open]) => open === "unknown")
      ? [undecided(where, "whether it lets its holder raise its rights is known only after deployment")]
      : [];
  }),
  examples: [
    {
      title: "policies of roles with a certain name",
      verdict: "pass",
      resources: policyExample({
        Effect: "Allow",
        Action: "iam:AttachRolePolicy",
        Resource: "arn:aws:iam::111122223333:role/training-*",
      }),
    },
    {
      title: "only policies that are named",
      verdict: "pass",
      resources: policyExample({
        ...any,
        Action: "iam:AttachRolePolicy",
        Condition: { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::111122223333:policy/training" } },
      }),
    },
    {
      title: "a user's own keys",
      verdict: "pass",
      resources: policyExample({
        Effect: "Allow",
        Action: "iam:CreateAccessKey",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM
        Resource: "arn:aws:iam::*:user/${aws:username}",
      }),
    },
    {
      title: "no right on IAM",
      verdict: "pass",
      absent: true,
      resources: policyExample({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::models/*" }),
    },
    {
      title: "new versions of any policy",
      verdict: "fail",
      resources: policyExample({ ...any, Action: "iam:CreatePolicyVersion" }),
    },
    {
      title: "trust of any role, within a pattern of actions",
      verdict: "fail",
      resources: policyExample({ ...any, Action: ["iam:List*", "iam:Update*"] }),
    },
    {
      title: "a condition that names nothing",
      verdict: "fail",
      resources: policyExample({
        ...any,
        Action: "iam:PutRolePolicy",
        Condition: { StringLike: { "iam:PermissionsBoundary": "*" } },
      }),
    },
    { title: "actions known only later", verdict: "undecided", resources: policyExample({ ...any, Action: UNKNOWN }) },
  ],
});

const holding = /^(iam:permissionsboundary|iam:policyarn|(aws|iam):resourcetag\/.+)$/;

function isOpen(statement: StatementModel, { action, kind }: Escalation): Ternary {
  return every(
    allows(statement),
    covers(statement, action),
    reaches(statement, (resource) => reachesAll(resource, "iam", kind)),
    not(isNarrowedBy(statement, { key: (key) => holding.test(key) })),
  );
}
