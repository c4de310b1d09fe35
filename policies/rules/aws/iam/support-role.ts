import { attachmentsAt, awsPolicyName } from "../../../kit/managed-policies";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import type { StackIndex } from "../../../kit/stack-index";

const account: ExampleResource = {
  type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
  name: "account",
  properties: { minimumPasswordLength: 16 },
};
const attach = (policyArn: Plain): ExampleResource => ({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  name: "support",
  properties: { policyArn, role: "support" },
});
const support = "arn:aws:iam::aws:policy/AWSSupportAccess";

export const supportRole = rule({
  id: "aws-iam-support-role",
  title: "An account whose users are set up has a role that can open cases with AWS",
  severity: "low",
  rationale:
    "In an incident somebody must be able to reach AWS; without a role for it that is the root user, or nobody.",
  remediation:
    "Attach AWSSupportAccess to a role or a permission set, in the stack that has the account's password policy, or set keptElsewhere.",
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "2.15" },
    { framework: "ISO 27001:2022", control: "A.5.24" },
  ],
  levels: { baseline: "advisory" },
  config: {
    keptElsewhere: {
      type: "boolean",
      description: "Whether another stack, or Identity Center, has the role",
      default: false,
    },
  },
  checks: {},
  observes: [
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/policyAttachment:PolicyAttachment",
    "aws:iam/role:Role",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
  ],
  stack: (index, { config }) => {
    const [resource] = index.ofType("aws:iam/accountPasswordPolicy:AccountPasswordPolicy");
    if (resource === undefined || config.keptElsewhere === true) return [];
    const attached = attachedPolicies(index).map(attachmentsAt);
    const names = attached.flatMap((list) => list.names.map((property) => awsPolicyName(property.text() as string)));
    if (names.includes("AWSSupportAccess")) return [];
    const open = attached.some((list) => list.open.length > 0);
    return [
      open
        ? { ...undecided("", "whether a role has AWSSupportAccess is known only after deployment"), resource }
        : { ...fail("", "nothing in the stack has AWSSupportAccess"), resource },
    ];
  },
  examples: [
    { title: "a role for support", verdict: "pass", resources: [account, attach(support)] },
    {
      title: "a stack that does not set up the account's users",
      verdict: "pass",
      resources: [attach("arn:aws:iam::aws:policy/ReadOnlyAccess")],
    },
    {
      title: "in the list of a role",
      verdict: "pass",
      resources: [
        account,
        { type: "aws:iam/role:Role", name: "support", properties: { name: "support", managedPolicyArns: [support] } },
      ],
    },
    { title: "no role for support", verdict: "fail", absent: true, resources: [account] },
    { title: "a policy known only later", verdict: "undecided", resources: [account, attach(UNKNOWN)] },
  ],
});

function attachedPolicies(index: StackIndex): Property<unknown>[] {
  const at = (key: string) => (resource: { inputs?: Property<unknown> | undefined; properties: Property<unknown> }) =>
    (resource.inputs ?? resource.properties).entry(key) as Property<unknown>;
  return [
    ...index.ofType("aws:iam/groupPolicyAttachment:GroupPolicyAttachment").map(at("policyArn")),
    ...index.ofType("aws:iam/policyAttachment:PolicyAttachment").map(at("policyArn")),
    ...index.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment").map(at("policyArn")),
    ...index.ofType("aws:iam/role:Role").map(at("managedPolicyArns")),
    ...index.ofType("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive").map(at("policyArns")),
    ...index.ofType("aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment").map(at("managedPolicyArn")),
  ];
}
