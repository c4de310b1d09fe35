import { identityPolicyChecks } from "../../../kit/iam-policies";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const policy = (statement: Plain, type = "aws:iam/policy:Policy"): ExampleResource[] => [
  {
    type,
    name: "p",
    properties: {
      policy: statement === UNKNOWN ? UNKNOWN : JSON.stringify({ Version: "2012-10-17", Statement: statement }),
    },
  },
];

export const noFullAdministrator = rule({
  id: "aws-iam-no-full-administrator",
  title: "No policy of yours allows every action on every resource",
  severity: "critical",
  rationale: "Whoever gets hold of such an identity owns the account, its keys and its logs.",
  remediation: "Name the actions and resources that are needed.",
  mappings: [
    { framework: "AWS FSBP", control: "IAM.1" },
    { framework: "CIS AWS Foundations 7.0.0", control: "2.14" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: identityPolicyChecks((statement, property) => {
    const where = statementPath(property, statement);
    if (statement.effect === "Deny" || statement.conditions.length > 0) return [];
    const actions = statement.actions.some((action) => /^\*+(:\*+)?$/.test(action)) || statement.notActions.length > 0;
    const resources = statement.resources.includes("*") || statement.notResources.length > 0;
    const openActions = statement.unknown.has("action");
    const openResources = statement.unknown.has("resource");
    if (statement.effect === "Allow" && actions && resources && !statement.unknown.has("condition")) {
      const text =
        statement.notActions.length > 0
          ? "allows all but some actions on every resource"
          : "allows every action on every resource";
      return [fail(where, text)];
    }
    const possible = (actions || openActions) && (resources || openResources);
    return possible && statement.unknown.size > 0 ? [undecided(where)] : [];
  }),
  examples: [
    {
      title: "named actions",
      verdict: "pass",
      resources: policy({ Effect: "Allow", Action: ["s3:GetObject"], Resource: "*" }),
    },
    {
      title: "a Deny of everything",
      verdict: "pass",
      resources: policy({ Effect: "Deny", Action: "*", Resource: "*" }),
    },
    { title: "everything", verdict: "fail", resources: policy([{ Effect: "Allow", Action: "*", Resource: "*" }]) },
    {
      title: "everything, in two stars",
      verdict: "fail",
      resources: policy(
        { Effect: "Allow", Action: ["s3:GetObject", "*:*"], Resource: ["*"] },
        "aws:iam/rolePolicy:RolePolicy",
      ),
    },
    {
      title: "all but one action",
      verdict: "fail",
      resources: policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }, "aws:iam/userPolicy:UserPolicy"),
    },
    {
      title: "inside a role",
      verdict: "fail",
      resources: [
        {
          type: "aws:iam/role:Role",
          name: "r",
          properties: {
            assumeRolePolicy: "{}",
            inlinePolicies: [{ name: "all", policy: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' }],
          },
        },
      ],
    },
    {
      title: "in a permission set of Identity Center",
      verdict: "fail",
      resources: [
        {
          type: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
          name: "s",
          properties: { inlinePolicy: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' },
        },
      ],
    },
    {
      title: "a role without policies of its own",
      verdict: "pass",
      absent: true,
      resources: [{ type: "aws:iam/role:Role", name: "r", properties: { assumeRolePolicy: "{}" } }],
    },
    { title: "policy known only later", verdict: "undecided", resources: policy(UNKNOWN) },
  ],
});
