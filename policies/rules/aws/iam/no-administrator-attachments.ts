import { forbiddenPolicyChecks } from "../../../kit/managed-policies";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const attach = (policyArn: Plain, role: Plain = "training"): ExampleResource => ({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  name: "training",
  properties: { policyArn, role },
});
const ownPolicy: ExampleResource = {
  type: "aws:iam/policy:Policy",
  name: "read",
  properties: { policy: '{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}' },
};

export const noAdministratorAttachments = rule({
  id: "aws-iam-no-administrator-attachments",
  title: "Nobody gets a policy of AWS that makes an administrator",
  severity: "critical",
  rationale:
    "One stolen session of such an identity owns the account: its data, its keys and the logs that would show it.",
  remediation:
    "Attach policies that name what is needed; name the roles for emergencies in breakGlass, as patterns of their names.",
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "2.14" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.2" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-02" },
  ],
  deviation: "iam-administrator",
  config: {
    policies: {
      type: "array",
      description: "Names of AWS's policies that nobody gets",
      items: { type: "string" },
      default: ["AdministratorAccess", "IAMFullAccess"],
    },
    breakGlass: {
      type: "array",
      description: "Names, or patterns of names, of roles for emergencies that may have them",
      items: { type: "string" },
      default: [],
    },
  },
  ...forbiddenPolicyChecks(({ policies, breakGlass }) => ({
    policies: policies as string[],
    exempt: breakGlass as string[],
  })),
  observes: ["aws:iam/policy:Policy"],
  examples: [
    {
      title: "a policy of AWS that names what it allows",
      verdict: "pass",
      resources: [attach("arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy")],
    },
    {
      title: "a policy of the same stack, whose ARN is known only later",
      verdict: "pass",
      resources: [ownPolicy, { ...attach(UNKNOWN), dependencies: { policyArn: ["read"] } }],
    },
    {
      title: "a policy of yours with the name of AWS's",
      verdict: "pass",
      resources: [attach("arn:aws:iam::111122223333:policy/AdministratorAccess")],
    },
    {
      title: "the role for emergencies",
      verdict: "pass",
      config: { breakGlass: ["break-glass-*"] },
      resources: [attach(administrator, "break-glass-eu")],
    },
    {
      title: "a role without managed policies",
      verdict: "pass",
      absent: true,
      resources: [{ type: "aws:iam/role:Role", name: "training", properties: { name: "training" } }],
    },
    { title: "an administrator", verdict: "fail", resources: [attach(administrator)] },
    {
      title: "in the list of a role, in China",
      verdict: "fail",
      resources: [
        {
          type: "aws:iam/role:Role",
          name: "training",
          properties: { managedPolicyArns: ["arn:aws-cn:iam::aws:policy/AdministratorAccess"] },
        },
      ],
    },
    {
      title: "to users, groups and roles at once",
      verdict: "fail",
      resources: [
        {
          type: "aws:iam/policyAttachment:PolicyAttachment",
          name: "all",
          properties: { policyArn: administrator, groups: ["research"], users: ["ada"] },
        },
      ],
    },
    {
      title: "in the full list of a group's policies, which manages IAM",
      verdict: "fail",
      resources: [
        {
          type: "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
          name: "all",
          properties: { groupName: "research", policyArns: ["arn:aws:iam::aws:policy/IAMFullAccess"] },
        },
      ],
    },
    {
      title: "another role than the one for emergencies",
      verdict: "fail",
      config: { breakGlass: ["break-glass-*"] },
      resources: [attach(administrator)],
    },
    { title: "a policy known only later, from nobody knows where", verdict: "undecided", resources: [attach(UNKNOWN)] },
  ],
});
