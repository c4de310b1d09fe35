import type { Context, TypeEntry } from "../entry";
import {
  checkDocument,
  checkPrincipals,
  lasts,
  needs,
  readPolicy,
  roleType,
  serviceLinkedRoleType,
  text,
} from "../kit";

const malformed = { code: "MalformedPolicyDocument", message: "Syntax errors in policy." };
const noRole = { code: "NoSuchEntity", message: "The role with name {value} cannot be found.", status: 404 };
const policyType = "aws:iam/policy:Policy";
const profileType = "aws:iam/instanceProfile:InstanceProfile";

const pathOf = (context: Context): string => text(context.inputs.path) ?? "/";

function checkName(context: Context, longest: number): void {
  const name = text(context.inputs.name);
  if (name !== undefined && (name.length > longest || !/^[\w+=,.@-]+$/.test(name))) {
    context.refuse({
      code: "ValidationError",
      message: `1 validation error detected: Value '${name}' failed to satisfy constraint: 1 to ${longest} characters of [\\w+=,.@-]`,
    });
  }
}

const role: TypeEntry = {
  type: roleType,
  label: "IAM Role",
  api: "IAM",
  global: true,
  provider: "aws_iam_role",
  cloudFormation: "AWS::IAM::Role",
  id: (context) => String(context.inputs.name ?? `${String(context.inputs.namePrefix ?? "")}${context.ids.hex(20)}`),
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
  rules(context) {
    checkName(context, 128);
    checkDocument(context, "policy", malformed);
    noPrincipals(context, context.inputs.policy);
    if (String(context.inputs.policy).replace(/\s/g, "").length > 6144) {
      context.refuse({ code: "LimitExceeded", message: "Cannot exceed quota for PolicySize: 6144", status: 409 });
    }
  },
};

/** An identity policy says nothing about who: that is the identity it is attached to. */
function noPrincipals(context: Context, document: unknown): void {
  if ((readPolicy(document) ?? []).some((statement) => statement.principals.length > 0)) {
    context.refuse({ code: "MalformedPolicyDocument", message: "Policy document should not specify a principal." });
  }
}

const rolePolicyType = "aws:iam/rolePolicy:RolePolicy";

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
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
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
};

const profile: TypeEntry = {
  type: profileType,
  label: "IAM Instance Profile",
  api: "IAM",
  global: true,
  provider: "aws_iam_instance_profile",
  cloudFormation: "AWS::IAM::InstanceProfile",
  id: (context) => String(context.inputs.name ?? `${String(context.inputs.namePrefix ?? "")}${context.ids.hex(20)}`),
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
};

const identityProvider: TypeEntry = {
  type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  label: "IAM OIDC Provider",
  api: "IAM",
  global: true,
  operations: { create: "CreateOpenIDConnectProvider", delete: "DeleteOpenIDConnectProvider" },
  provider: "aws_iam_openid_connect_provider",
  cloudFormation: "AWS::IAM::OIDCProvider",
  id: (context) =>
    `arn:${context.partition}:iam::${context.account}:oidc-provider/${String(context.inputs.url).replace(/^https:\/\//, "")}`,
  arn: "{id}",
  computed: { thumbprintLists: (context) => [context.ids.hex(40)] },
  unique: [
    {
      by: (inputs) => text(inputs.url),
      refusal: { code: "EntityAlreadyExists", message: "Provider with url {value} already exists.", status: 409 },
      global: true,
    },
  ],
  seconds: lasts(2, 1, 1),
};

const passwordPolicy: TypeEntry = {
  type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
  label: "IAM Account Password Policy",
  api: "IAM",
  global: true,
  operations: {
    create: "UpdateAccountPasswordPolicy",
    update: "UpdateAccountPasswordPolicy",
    delete: "DeleteAccountPasswordPolicy",
  },
  provider: "aws_iam_account_password_policy",
  id: "iam-account-password-policy",
  computed: { expirePasswords: (context) => Number(context.inputs.maxPasswordAge ?? 0) > 0 },
  settings: true,
  seconds: lasts(1, 1, 1),
};

/** The names of the roles that AWS services make for themselves. */
const serviceRoles: Record<string, string> = {
  "autoscaling.amazonaws.com": "AWSServiceRoleForAutoScaling",
  "eks.amazonaws.com": "AWSServiceRoleForAmazonEKS",
  "eks-nodegroup.amazonaws.com": "AWSServiceRoleForAmazonEKSNodegroup",
  "spot.amazonaws.com": "AWSServiceRoleForEC2Spot",
  "config.amazonaws.com": "AWSServiceRoleForConfig",
  "guardduty.amazonaws.com": "AWSServiceRoleForAmazonGuardDuty",
  "malware-protection.guardduty.amazonaws.com": "AWSServiceRoleForAmazonGuardDutyMalwareProtection",
  "inspector2.amazonaws.com": "AWSServiceRoleForAmazonInspector2",
  "agentless.inspector2.amazonaws.com": "AWSServiceRoleForAmazonInspector2Agentless",
  "macie.amazonaws.com": "AWSServiceRoleForAmazonMacie",
  "securityhub.amazonaws.com": "AWSServiceRoleForSecurityHub",
  "access-analyzer.amazonaws.com": "AWSServiceRoleForAccessAnalyzer",
  "elasticloadbalancing.amazonaws.com": "AWSServiceRoleForElasticLoadBalancing",
  "network-firewall.amazonaws.com": "AWSServiceRoleForNetworkFirewall",
  "delivery.logs.amazonaws.com": "AWSServiceRoleForLogDelivery",
};

const serviceRoleName = (context: Context): string => {
  const service = String(context.inputs.awsServiceName);
  const suffix = text(context.inputs.customSuffix);
  const base = serviceRoles[service] ?? `AWSServiceRoleFor${service.split(".")[0]}`;
  return suffix === undefined ? base : `${base}_${suffix}`;
};

const serviceLinkedRole: TypeEntry = {
  type: serviceLinkedRoleType,
  label: "IAM Service Linked Role",
  api: "IAM",
  global: true,
  provider: "aws_iam_service_linked_role",
  cloudFormation: "AWS::IAM::ServiceLinkedRole",
  id: (context) =>
    `arn:${context.partition}:iam::${context.account}:role/aws-service-role/${String(context.inputs.awsServiceName)}/${serviceRoleName(context)}`,
  arn: "{id}",
  computed: {
    createDate: (context) => context.date,
    name: serviceRoleName,
    path: "/aws-service-role/{awsServiceName}/",
    uniqueId: (context) => context.ids.iam("AROA"),
  },
  seconds: lasts(2, 1, 10),
  rules(context) {
    const taken = context.world.find([serviceLinkedRoleType], serviceRoleName(context), ["name"]);
    if (taken !== undefined && context.old === undefined) {
      context.refuse({
        code: "InvalidInput",
        message: `Service role name ${serviceRoleName(context)} has been taken in this account, please try a different suffix.`,
      });
    }
  },
};

/** A service-linked role that a service makes on its first use; it outlives what it was made for. */
export function serviceRoleFor(context: Context, service: string) {
  const name = serviceRoles[service] ?? `AWSServiceRoleFor${service.split(".")[0]}`;
  if (context.world.find([serviceLinkedRoleType], name, ["name"]) !== undefined) return [];
  const arn = `arn:${context.partition}:iam::${context.account}:role/aws-service-role/${service}/${name}`;
  return [
    {
      type: serviceLinkedRoleType,
      id: arn,
      arn,
      global: true,
      owned: false,
      outputs: { arn, awsServiceName: service, name, path: `/aws-service-role/${service}/` },
    },
  ];
}

const accountAlias: TypeEntry = {
  type: "aws:iam/accountAlias:AccountAlias",
  label: "IAM Account Alias",
  api: "IAM",
  global: true,
  provider: "aws_iam_account_alias",
  id: "{accountAlias}",
  computed: {},
  seconds: lasts(1, 1, 1),
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
});

export const entries: TypeEntry[] = [
  role,
  policy,
  rolePolicy,
  attachment,
  profile,
  identityProvider,
  passwordPolicy,
  serviceLinkedRole,
  accountAlias,
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
