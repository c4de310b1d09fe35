import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const assignment = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "aws:ssoadmin/accountAssignment:AccountAssignment",
    name: "research",
    properties: { targetId: "111122223333", targetType: "AWS_ACCOUNT", ...properties },
  },
];

export const groupsNotUsers = rule({
  id: "aws-ssoadmin-groups-not-users",
  title: "Accounts are assigned to groups, not to single users",
  severity: "low",
  rationale:
    "Who changes work leaves a group; an assignment to a person stays, and no list of a group's members shows it.",
  remediation: 'Set principalType to "GROUP" and principalId to the group.',
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "2.13" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.5.18" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "aws:ssoadmin/accountAssignment:AccountAssignment": ({ properties }) => {
      const type = properties.get("principalType");
      const text = type.text();
      if (text === UNKNOWN) return [undecided(type)];
      return text === "GROUP" ? [] : [fail(type, type.isAbsent ? "is not set" : "is not GROUP")];
    },
  },
  examples: [
    { title: "a group", verdict: "pass", resources: assignment({ principalType: "GROUP" }) },
    { title: "a user", verdict: "fail", resources: assignment({ principalType: "USER" }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: assignment({}) },
    { title: "known only later", verdict: "undecided", resources: assignment({ principalType: UNKNOWN }) },
  ],
});
