import { reachesAll } from "gabion-knowledge";
import { policyExample } from "../../../kit/iam-examples";
import { identityPolicyChecks } from "../../../kit/iam-policies";
import { UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { rule } from "../../../kit/rule";
import { allows, covers, every, findingOf, isAdministrator, isNarrowedBy, not, reaches } from "../../../kit/statements";

const pass = { Effect: "Allow", Action: "iam:PassRole" };
const toEcs = { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } };

export const passRoleTargets = rule({
  id: "aws-iam-pass-role-targets",
  title: "Who may pass roles may pass named roles",
  severity: "high",
  rationale:
    "Whoever may pass any role gives a function or an instance of their own the strongest one in the account, and acts through it.",
  remediation:
    "Name the roles in Resource of the statement that allows iam:PassRole, by ARN or by the beginning of their names.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.2" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-02" },
  ],
  config: {
    serviceConditionSuffices: {
      type: "boolean",
      description:
        "Whether a condition on iam:PassedToService is enough, although any role that trusts the service can then be passed",
      default: false,
    },
  },
  checks: identityPolicyChecks((statement, property, { serviceConditionSuffices }) => {
    if (isAdministrator(statement)) return [];
    const held =
      serviceConditionSuffices === true && isNarrowedBy(statement, { key: (key) => key === "iam:passedtoservice" });
    const violated = every(
      allows(statement),
      covers(statement, "iam:PassRole"),
      reaches(statement, (resource) => reachesAll(resource, "iam", "role/")),
      not(held),
    );
    return findingOf(statementPath(property, statement), violated, "allows iam:PassRole for every role");
  }),
  examples: [
    {
      title: "roles of one workload",
      verdict: "pass",
      resources: policyExample({ ...pass, Resource: "arn:aws:iam::111122223333:role/training-*", Condition: toEcs }),
    },
    {
      title: "every role, to one service, where the configuration takes that",
      verdict: "pass",
      config: { serviceConditionSuffices: true },
      resources: policyExample({ ...pass, Resource: "*", Condition: toEcs }),
    },
    {
      title: "no statement on passing roles",
      verdict: "pass",
      absent: true,
      resources: policyExample({ Effect: "Allow", Action: ["iam:GetRole", "iam:List*"], Resource: "*" }),
    },
    { title: "every role", verdict: "fail", resources: policyExample({ ...pass, Resource: "*" }) },
    {
      title: "every role, by a pattern of actions",
      verdict: "fail",
      resources: policyExample({ ...pass, Action: ["iam:pass*"], Resource: ["arn:aws:iam::111122223333:role/*"] }),
    },
    {
      title: "every role that trusts a service",
      verdict: "fail",
      resources: policyExample({ ...pass, Resource: "*", Condition: toEcs }),
    },
    {
      title: "all roles but one",
      verdict: "fail",
      resources: policyExample({ ...pass, NotResource: "arn:aws:iam::111122223333:role/admin" }),
    },
    { title: "roles known only later", verdict: "undecided", resources: policyExample({ ...pass, Resource: UNKNOWN }) },
  ],
});
