import { type Context, sources, type TypeEntry } from "../entry";
import { known, lasts, serviceLinkedRoleType, text, userType } from "../kit";
import { inlinePolicy, namedIdentity } from "./shared";

const identityProvider: TypeEntry = {
  type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  label: "IAM OIDC Provider",
  api: "IAM",
  global: true,
  operations: {
    update: "AddClientIDToOpenIDConnectProvider",
    create: "CreateOpenIDConnectProvider",
    delete: "DeleteOpenIDConnectProvider",
  },
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
  facts: [known("addresses once in an account", sources.api)],
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
  operations: { update: "UpdateRole" },
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
  facts: [known("one role of each service and suffix", sources.api)],
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

const user = namedIdentity({
  type: userType,
  kind: "User",
  path: "user",
  longestName: 64,
  idPrefix: "AIDA",
  fact: "names once in an account whatever their case",
});

const userPolicy = inlinePolicy("user", "User", userType);

export const entries: TypeEntry[] = [
  identityProvider,
  passwordPolicy,
  serviceLinkedRole,
  accountAlias,
  user,
  userPolicy,
];
