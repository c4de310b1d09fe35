import { isAccountId, requirePartition } from "../aws/partitions";
import { type Conditions, type PolicyDocument, policyDocument, type StatementInput } from "../iam/policy-document";
import { type Problem, printable, refuseProblems } from "../problem";
import { documented, type Source, unsure } from "../source";
import { type EndpointKey, endpoint } from "./endpoints";

export interface EndpointPolicyScope {
  readonly region: string;
  /** The account that owns the endpoint, twelve digits. */
  readonly accountId: string;
  /** With it the scope is the whole organisation (`o-…`); without it the account alone. */
  readonly organizationId?: string;
  /** Further accounts whose identities and resources may be used, for example a shared registry account. */
  readonly trustedAccountIds?: readonly string[];
  /** Narrows the actions; default all actions of the APIs that the endpoint serves. */
  readonly actions?: readonly string[];
  /**
   * Only of `s3`: reach buckets that AWS owns for the packages of Amazon Linux and for Systems Manager. Default false: image layers
   * alone are excepted.
   */
  readonly awsOwnedBuckets?: boolean;
}

/** Accounts that own the images of EKS's own add-ons. Source: see {@link EKS_IMAGE_ACCOUNT_SOURCE}. */
const eksImageAccounts: Readonly<Record<string, string>> = {
  "ap-east-1": "800184023465",
  "me-south-1": "558608220178",
};
const defaultEksImageAccount = "602401143452";
/** Regions whose account the default is known to be wrong for, and whose own one the sources do not agree on. */
const unsureImageAccountRegions = /^(cn-|us-gov-|eusc-|us-iso)/;

export const EKS_IMAGE_ACCOUNT_SOURCE: Source = unsure(
  "aws/aws-eks-best-practices `security/image.adoc`",
  "the list is not complete: newer Regions have accounts of their own, so give the account where pulls of add-on images fail",
);

export const SERVICE_OWNED_SOURCE: Source = documented(
  "aws-samples/data-perimeter-policy-examples `service_owned_resources.md`",
);

/** The account that EKS add-on images are pulled from; undefined where the sources name none. */
export function eksImageAccount(region: string): string | undefined {
  if (unsureImageAccountRegions.test(region)) return undefined;
  return eksImageAccounts[region] ?? defaultEksImageAccount;
}

/**
 * The policy of an endpoint: identities of the organisation (or account) may call the endpoint's own APIs, on resources of the
 * organisation (or account) where the service tells their owner; and the resources of AWS that cannot be done without are excepted
 * one by one. Never `Action: *`.
 *
 * @throws KnowledgeError with every problem of the scope.
 */
export function endpointPolicy(key: EndpointKey, scope: EndpointPolicyScope): PolicyDocument {
  refuseProblems(`Policy of endpoint ${key}`, scopeProblems(key, scope));
  if (key === "guardduty-data") return policyDocument(guardDutyStatements(scope));
  const fact = endpoint(key);
  const main: StatementInput = {
    sid: "OwnIdentities",
    principals: "*",
    actions: scope.actions ?? fact.apis.map((api) => `${api}:*`),
    resources: ["*"],
    conditions:
      fact.scope === "identity" ? identityScope(scope) : mergeConditions(identityScope(scope), resourceScope(scope)),
  };
  return policyDocument([main, ...exceptions(key, scope)]);
}

function exceptions(key: EndpointKey, scope: EndpointPolicyScope): StatementInput[] {
  switch (key) {
    case "s3":
      return s3Exceptions(scope);
    case "ecr.api":
    case "ecr.dkr":
      return ecrExceptions(scope);
    case "sts":
      return [
        {
          // A web identity has no account yet when it asks for its role, so only the role's owner can be held.
          sid: "WebIdentities",
          principals: "*",
          actions: ["sts:AssumeRoleWithWebIdentity"],
          resources: ["*"],
          conditions: resourceScope(scope),
        },
        {
          sid: "WhoAmI",
          principals: "*",
          actions: ["sts:GetCallerIdentity"],
          resources: ["*"],
          conditions: identityScope(scope),
        },
      ];
    default:
      return listingActions[key] === undefined ? [] : [listingException(listingActions[key], scope)];
  }
}

/** Calls that name no resource carry no owner of one, so they are let through by identity alone. */
const listingActions: Partial<Readonly<Record<EndpointKey, readonly string[]>>> = {
  "acm-pca": ["acm-pca:ListCertificateAuthorities"],
  athena: ["athena:ListDataCatalogs", "athena:ListWorkGroups"],
  cloudtrail: ["cloudtrail:DescribeTrails", "cloudtrail:ListTrails", "cloudtrail:LookupEvents"],
  codebuild: ["codebuild:ListProjects"],
  elasticfilesystem: ["elasticfilesystem:DescribeFileSystems"],
  events: ["events:ListEventBuses", "events:ListRules"],
  fsx: ["fsx:DescribeFileSystems"],
  "kinesis-firehose": ["firehose:ListDeliveryStreams"],
  "kinesis-streams": ["kinesis:ListStreams"],
  kms: ["kms:ListKeys", "kms:ListAliases", "kms:GenerateRandom"],
  lambda: ["lambda:GetAccountSettings", "lambda:ListFunctions"],
  logs: ["logs:DescribeLogGroups"],
  rolesanywhere: ["rolesanywhere:ListProfiles", "rolesanywhere:ListTrustAnchors"],
  "sagemaker.api": ["sagemaker:ListEndpoints", "sagemaker:ListFeatureGroups", "sagemaker:ListModels"],
  signer: ["signer:ListSigningProfiles"],
  sns: ["sns:ListTopics"],
  states: ["states:ListStateMachines"],
  secretsmanager: ["secretsmanager:ListSecrets", "secretsmanager:GetRandomPassword"],
  sqs: ["sqs:ListQueues"],
};

function listingException(actions: readonly string[], scope: EndpointPolicyScope): StatementInput {
  return {
    sid: "CallsWithoutResource",
    principals: "*",
    actions,
    resources: ["*"],
    conditions: identityScope(scope),
  };
}

function s3Exceptions(scope: EndpointPolicyScope): StatementInput[] {
  const { region } = scope;
  const arn = (bucket: string) => `arn:${requirePartition(region).name}:s3:::${bucket}/*`;
  // Layers are fetched with URLs that ECR signs with its own account, so no condition on identities can hold for them.
  const layers: StatementInput = {
    sid: "ImageLayers",
    principals: "*",
    actions: ["s3:GetObject"],
    resources: [arn(`prod-${region}-starport-layer-bucket`)],
  };
  if (scope.awsOwnedBuckets !== true) return [layers];
  const owned = [
    `al2023-repos-${region}-de612dc2`,
    `al2023-${region}`,
    `aws-ssm-${region}`,
    `amazon-ssm-${region}`,
    `patch-baseline-snapshot-${region}`,
  ];
  const packages: StatementInput = {
    sid: "PackagesAndAgents",
    principals: "*",
    actions: ["s3:GetObject"],
    resources: owned.map(arn),
  };
  return [layers, packages];
}

function ecrExceptions(scope: EndpointPolicyScope): StatementInput[] {
  const token: StatementInput = {
    sid: "LogIn",
    principals: "*",
    actions: ["ecr:GetAuthorizationToken"],
    resources: ["*"],
    conditions: identityScope(scope),
  };
  const account = eksImageAccount(scope.region);
  if (account === undefined) return [token];
  const addOns: StatementInput = {
    sid: "AddOnImages",
    principals: "*",
    actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    resources: [`arn:${requirePartition(scope.region).name}:ecr:${scope.region}:${account}:repository/*`],
    conditions: identityScope(scope),
  };
  return [token, addOns];
}

/** The form that AWS itself gives the endpoint when GuardDuty makes it. */
function guardDutyStatements(scope: EndpointPolicyScope): StatementInput[] {
  return [
    { sid: "Agents", principals: "*", actions: ["*"], resources: ["*"] },
    {
      sid: "OtherAccounts",
      effect: "Deny",
      principals: "*",
      actions: ["*"],
      resources: ["*"],
      conditions: { StringNotEquals: { "aws:PrincipalAccount": scope.accountId } },
    },
  ];
}

function identityScope(scope: EndpointPolicyScope): Conditions {
  return ownerCondition(scope, "aws:PrincipalOrgID", "aws:PrincipalAccount");
}

function resourceScope(scope: EndpointPolicyScope): Conditions {
  return ownerCondition(scope, "aws:ResourceOrgID", "aws:ResourceAccount");
}

function ownerCondition(scope: EndpointPolicyScope, organizationKey: string, accountKey: string): Conditions {
  if (scope.organizationId !== undefined) return { StringEquals: { [organizationKey]: scope.organizationId } };
  return { StringEquals: { [accountKey]: [scope.accountId, ...(scope.trustedAccountIds ?? [])] } };
}

function mergeConditions(a: Conditions, b: Conditions): Conditions {
  return { StringEquals: { ...a.StringEquals, ...b.StringEquals } };
}

function scopeProblems(key: EndpointKey, scope: EndpointPolicyScope): Problem[] {
  const problems: Problem[] = [];
  const add = (path: string, value: unknown, reason: string, remedy: string) =>
    problems.push({ path, found: printable(value), reason, remedy });
  for (const [path, id] of [["accountId", scope.accountId], ...trusted(scope)] as const) {
    if (!isAccountId(id)) add(path, id, "not an account id", "Give twelve digits as text");
  }
  if (scope.organizationId !== undefined && !/^o-[a-z0-9]{10,32}$/.test(scope.organizationId)) {
    add("organizationId", scope.organizationId, "not the id of an organisation", 'It starts with "o-"');
  }
  if (scope.organizationId !== undefined && (scope.trustedAccountIds ?? []).length > 0) {
    const remedy = "Leave one of them out";
    add("trustedAccountIds", scope.trustedAccountIds, "the organisation is the scope already", remedy);
  }
  const apis = endpoint(key).apis;
  (scope.actions ?? []).forEach((action, index) => {
    if (!apis.includes(action.split(":")[0]?.toLowerCase() ?? "")) {
      add(`actions[${index}]`, action, `this endpoint carries ${apis.join(", ")} only`, "Remove it");
    }
  });
  return problems;
}

function trusted(scope: EndpointPolicyScope): [string, string][] {
  return (scope.trustedAccountIds ?? []).map((id, index) => [`trustedAccountIds[${index}]`, id]);
}
