import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const policyArn = "arn:aws:iam::111122223333:policy/read";
const attachment = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "aws:iam/policyAttachment:PolicyAttachment", name: "read", properties: { policyArn, ...properties } },
];
const ownPolicy: ExampleResource[] = [
  {
    type: "aws:iam/userPolicy:UserPolicy",
    name: "read",
    properties: { user: "ada", policy: '{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}' },
  },
];

export const policiesOnGroups = rule({
  id: "aws-iam-policies-on-groups",
  title: "Users get their rights from groups, not from policies of their own",
  severity: "low",
  rationale:
    "Rights on single users are forgotten when somebody changes work, and nobody can say who may do what by looking at groups.",
  remediation:
    "Attach the policy to a group or, better, to a role or permission set; leave users out of PolicyAttachment.",
  mappings: [
    { framework: "AWS FSBP", control: "IAM.2" },
    { framework: "CIS AWS Foundations 7.0.0", control: "2.13" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  deviation: "iam-user-policy",
  checks: {
    "aws:iam/policyAttachment:PolicyAttachment": ({ properties }) => listFindings(properties.get("users")),
    "aws:iam/userPoliciesExclusive:UserPoliciesExclusive": ({ properties }) =>
      listFindings(properties.get("policyNames")),
    "aws:iam/userPolicy:UserPolicy": () => [fail("", "puts a policy into a user")],
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": () => [fail("", "attaches a policy to a user")],
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": ({ properties }) =>
      listFindings(properties.get("policyArns")),
  },
  examples: [
    { title: "a policy of a group", verdict: "pass", absent: true, resources: attachment({ groups: ["research"] }) },
    { title: "a list of users that is empty", verdict: "pass", resources: attachment({ users: [], roles: ["ci"] }) },
    {
      title: "lists that keep users free of policies",
      verdict: "pass",
      resources: [
        {
          type: "aws:iam/userPoliciesExclusive:UserPoliciesExclusive",
          name: "none",
          properties: { userName: "ada", policyNames: [] },
        },
      ],
    },
    {
      title: "a policy of a group and a user",
      verdict: "fail",
      resources: attachment({ groups: ["research"], users: ["ada"] }),
    },
    { title: "a policy inside a user", verdict: "fail", resources: ownPolicy },
    {
      title: "a policy attached to a user",
      verdict: "fail",
      resources: [
        {
          type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
          name: "read",
          properties: { user: "ada", policyArn },
        },
      ],
    },
    {
      title: "the full list of a user's policies",
      verdict: "fail",
      resources: [
        {
          type: "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
          name: "read",
          properties: { userName: "ada", policyArns: [policyArn] },
        },
      ],
    },
    { title: "users known only later", verdict: "undecided", resources: attachment({ users: UNKNOWN }) },
  ],
});

/** Each entry is a violation, whatever it names; only how many there are matters. */
function listFindings(list: Property<unknown>): Finding[] {
  const { items, complete } = list.items();
  if (items.length > 0) return [fail(list, "gives a policy to a user")];
  return complete ? [] : [undecided(list)];
}
