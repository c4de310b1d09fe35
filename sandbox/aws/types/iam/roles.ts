import { sources, type TypeEntry } from "../entry";
import {
  attachmentType,
  checkDocument,
  checkPrincipals,
  known,
  lasts,
  likely,
  nameOf,
  needs,
  policyType,
  readPolicy,
  rolePolicyType,
  roleType,
  serviceLinkedRoleType,
  text,
} from "../kit";
import { checkName, malformed, noPrincipals, pathOf } from "./shared";

const noRole = { code: "NoSuchEntity", message: "The role with name {value} cannot be found.", status: 404 };
const profileType = "aws:iam/instanceProfile:InstanceProfile";

const role: TypeEntry = {
  type: roleType,
  label: "IAM Role",
  api: "IAM",
  global: true,
  provider: "aws_iam_role",
  cloudFormation: "AWS::IAM::Role",
  id: (context) => nameOf(context),
  arn: (context) => `arn:${context.partition}:iam::${context.account}:role${pathOf(context)}${context.id}`,
  autoname: { property: "name", maxLength: 64 },
  computed: { createDate: (context) => context.date, name: "{id}", uniqueId: (context) => context.ids.iam("AROA") },
  references: [
    needs(
      "permissionsBoundary",
      policyType,
      { code: "NoSuchEntity", message: "Scope ARN: {value} does not exist or is not attachable.", status: 404 },
      { by: ["arn"], holds: true },
    ),
  ],
  unique: [
    {
      by: (inputs) => text(inputs.name)?.toLowerCase(),
      refusal: { code: "EntityAlreadyExists", message: "Role with name {value} already exists.", status: 409 },
      global: true,
    },
  ],
  quotas: [
    {
      limit: 1000,
      per: () => "account",
      refusal: { code: "LimitExceeded", message: "Cannot exceed quota for RolesPerAccount: {limit}", status: 409 },
    },
  ],
  deletionRefused: {
    code: "DeleteConflict",
    message: "Cannot delete entity, must detach all policies first.",
    status: 409,
  },
  seconds: lasts(2, 1, 1),
  facts: [
    known(
      "names once in an account whatever their case, 1000 roles, trust policies of 4096 characters",
      sources.quotas,
    ),
    known("principals of a trust policy must exist", sources.guide),
    known("policies must be detached before a role is deleted", sources.api),
    likely("the quota of a trust policy is the one that can be asked for", sources.quotas),
  ],
  rules(context) {
    checkName(context, 64);
    checkDocument(context, "assumeRolePolicy", malformed);
    const statements = readPolicy(context.inputs.assumeRolePolicy) ?? [];
    if (statements.some((one) => one.resources.length > 0)) {
      context.refuse({ code: "MalformedPolicyDocument", message: "Has prohibited field Resource" });
    }
    const size = String(context.inputs.assumeRolePolicy).replace(/\s/g, "").length;
    if (size > 4096)
      context.refuse({ code: "LimitExceeded", message: "Cannot exceed quota for ACLSizePerRole: 4096", status: 409 });
    const longest = Number(context.inputs.maxSessionDuration ?? 3600);
    if (longest < 3600 || longest > 43_200) {
      context.refuse({
        code: "ValidationError",
        message: `Value '${longest}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value between 3600 and 43200`,
      });
    }
    return checkPrincipals(context, context.inputs.assumeRolePolicy, {
      code: "MalformedPolicyDocument",
      message: 'Invalid principal in policy: "AWS":"{value}"',
    });
  },
};

const policy: TypeEntry = {
  type: policyType,
  label: "IAM Policy",
  api: "IAM",
  global: true,
  operations: { update: "CreatePolicyVersion" },
  provider: "aws_iam_policy",
  cloudFormation: "AWS::IAM::ManagedPolicy",
  id: (context) =>
    `arn:${context.partition}:iam::${context.account}:policy${pathOf(context)}${String(context.inputs.name)}`,
  arn: "{id}",
  autoname: { property: "name", maxLength: 128 },
  computed: { policyId: (context) => context.ids.iam("ANPA"), attachmentCount: () => 0 },
  unique: [
    {
      by: (inputs) => text(inputs.name)?.toLowerCase(),
      refusal: {
        code: "EntityAlreadyExists",
        message: "A policy called {value} already exists. Duplicate names are not allowed.",
        status: 409,
      },
      global: true,
    },
  ],
  deletionRefused: { code: "DeleteConflict", message: "Cannot delete a policy attached to entities.", status: 409 },
  seconds: lasts(2, 1, 1),
  facts: [known("names once, 6144 characters, no principals, detached before deletion", sources.quotas)],
  rules(context) {
    checkName(context, 128);
    checkDocument(context, "policy", malformed);
    noPrincipals(context, context.inputs.policy);
    if (String(context.inputs.policy).replace(/\s/g, "").length > 6144) {
      context.refuse({ code: "LimitExceeded", message: "Cannot exceed quota for PolicySize: 6144", status: 409 });
    }
  },
};

const rolePolicy: TypeEntry = {
  type: rolePolicyType,
  label: "IAM Role Policy",
  api: "IAM",
  global: true,
  operations: { create: "PutRolePolicy", update: "PutRolePolicy" },
  provider: "aws_iam_role_policy",
  cloudFormation: "AWS::IAM::RolePolicy",
  id: "{role}:{name}",
  autoname: { property: "name", maxLength: 128 },
  computed: {},
  settings: true,
  references: [needs("role", roleType, noRole, { holds: true })],
  seconds: lasts(1, 1, 1),
  facts: [known("10 240 characters in all policies inside a role", sources.quotas)],
  rules(context) {
    checkDocument(context, "policy", malformed);
    noPrincipals(context, context.inputs.policy);
    const sizes = context.world
      .resources(rolePolicyType)
      .filter((other) => other.outputs.role === context.inputs.role && other.id !== context.old?.id)
      .map((other) => String(other.outputs.policy).replace(/\s/g, "").length);
    const size = sizes.reduce((sum, one) => sum + one, String(context.inputs.policy).replace(/\s/g, "").length);
    if (size > 10_240) {
      context.refuse({
        code: "LimitExceeded",
        message: `Maximum policy size of 10240 bytes exceeded for role ${String(context.inputs.role)}`,
        status: 409,
      });
    }
  },
};

const attachment: TypeEntry = {
  type: attachmentType,
  label: "IAM Role Policy Attachment",
  api: "IAM",
  global: true,
  operations: { create: "AttachRolePolicy", delete: "DetachRolePolicy" },
  provider: "aws_iam_role_policy_attachment",
  id: "{role}/{policyArn}",
  computed: {},
  settings: true,
  references: [
    needs("role", [roleType, serviceLinkedRoleType], noRole, { by: ["id", "name"], holds: true }),
    needs(
      "policyArn",
      policyType,
      { code: "NoSuchEntity", message: "Policy {value} does not exist or is not attachable.", status: 404 },
      { by: ["arn"], holds: true },
    ),
  ],
  quotas: [
    {
      limit: 10,
      per: ({ inputs }) => String(inputs.role),
      refusal: { code: "LimitExceeded", message: "Cannot exceed quota for PoliciesPerRole: {limit}", status: 409 },
    },
  ],
  seconds: lasts(1, 1, 1),
  facts: [known("ten managed policies a role; role and policy must exist", sources.quotas)],
};

const profile: TypeEntry = {
  type: profileType,
  label: "IAM Instance Profile",
  api: "IAM",
  operations: { update: "AddRoleToInstanceProfile" },
  global: true,
  provider: "aws_iam_instance_profile",
  cloudFormation: "AWS::IAM::InstanceProfile",
  id: (context) => nameOf(context),
  arn: (context) => `arn:${context.partition}:iam::${context.account}:instance-profile${pathOf(context)}${context.id}`,
  autoname: { property: "name", maxLength: 128 },
  computed: { createDate: (context) => context.date, name: "{id}", uniqueId: (context) => context.ids.iam("AIPA") },
  references: [needs("role", roleType, noRole, { holds: true })],
  unique: [
    {
      by: (inputs) => text(inputs.name)?.toLowerCase(),
      refusal: { code: "EntityAlreadyExists", message: "Instance Profile {value} already exists.", status: 409 },
      global: true,
    },
  ],
  seconds: lasts(12, 2, 1),
  facts: [known("names once; the role must exist", sources.api)],
};

const exclusive = (type: string, label: string, provider: string): TypeEntry => ({
  type,
  label,
  api: "IAM",
  global: true,
  provider,
  id: "{roleName}",
  computed: {},
  settings: true,
  references: [needs("roleName", roleType, noRole)],
  seconds: lasts(1, 1, 1),
  facts: [known("the role must exist", sources.api)],
});

export const entries: TypeEntry[] = [
  role,
  policy,
  rolePolicy,
  attachment,
  profile,
  exclusive(
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
    "IAM Role Policies Exclusive",
    "aws_iam_role_policies_exclusive",
  ),
  exclusive(
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    "IAM Role Policy Attachments Exclusive",
    "aws_iam_role_policy_attachments_exclusive",
  ),
];
