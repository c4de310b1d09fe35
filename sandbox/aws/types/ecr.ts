import { partitionOf } from "gabion-knowledge";
import type { WorldResource } from "../world/model";
import { type Context, type Refusal, sources, type TypeEntry, type Wait } from "./entry";
import {
  arnOf,
  checkDocument,
  checkPrincipals,
  keyTypes,
  known,
  lasts,
  likely,
  list,
  names,
  needs,
  object,
  text,
} from "./kit";

const repositoryType = "aws:ecr/repository:Repository";

const invalid = (message: string): Refusal => ({ code: "InvalidParameterException", message });

const repository: TypeEntry = {
  type: repositoryType,
  label: "ECR Repository",
  api: "ECR",
  operations: { update: "PutImageTagMutability" },
  provider: "aws_ecr_repository",
  cloudFormation: "AWS::ECR::Repository",
  id: "{name}",
  arn: arnOf("ecr", "repository/{id}"),
  autoname: { property: "name", maxLength: 256, lowerCase: true },
  computed: {
    encryptionConfigurations: () => [{ encryptionType: "AES256", kmsKey: "" }],
    registryId: "{account}",
    repositoryUrl: (context) =>
      `${context.account}.dkr.ecr.${context.region}.${partitionOf(context.region)?.dnsSuffix ?? "amazonaws.com"}/${context.id}`,
  },
  enums: {
    imageTagMutability: ["MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"],
    "encryptionConfigurations[].encryptionType": ["AES256", "KMS", "KMS_DSSE"],
  },
  references: [names("encryptionConfigurations[].kmsKey", keyTypes, ["arn"])],
  unique: [
    {
      by: (properties) => text(properties.name),
      refusal: {
        code: "RepositoryAlreadyExistsException",
        message: "The repository with name '{value}' already exists in the registry",
      },
    },
  ],
  seconds: lasts(2, 2, 2),
  facts: [known("names, once in a Region; only an empty repository can be deleted", sources.api)],
  rules(context) {
    const name = String(context.inputs.name);
    if (!/^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name) || name.length < 2) {
      context.refuse(
        invalid(
          `Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression' (${name})`,
        ),
      );
    }
    for (const one of list(context.inputs.encryptionConfigurations).map(object)) {
      if (text(one.kmsKey) !== undefined && !String(one.encryptionType).startsWith("KMS")) {
        context.refuse(
          invalid("Invalid parameter at 'encryptionConfiguration': a kmsKey needs the encryption type KMS"),
        );
      }
    }
  },
  deletable(context, resource) {
    if (imagesOf(context, resource).length > 0 && resource.inputs.forceDelete !== true) {
      context.refuse({
        code: "RepositoryNotEmptyException",
        message: `The repository with name '${resource.id}' in registry with id '${context.account}' cannot be deleted because it still contains images`,
      });
    }
  },
  onDelete: (context, resource) => ({ removed: imagesOf(context, resource) }),
};

/** What was pushed into a repository; no stack makes it. */
const imageType = "aws:ecr/image:Image";

const imagesOf = (context: Context, resource: WorldResource): WorldResource[] =>
  context.world.resources(imageType, resource.region).filter((image) => image.outputs.repository === resource.id);

const inRepository = needs("repository", repositoryType, {
  code: "RepositoryNotFoundException",
  message: "The repository with name '{value}' does not exist in the registry",
});

/** A policy that stands for itself. */
const policyOf = (
  entry: Pick<TypeEntry, "type" | "label" | "provider"> & Partial<TypeEntry>,
  refusal: Refusal,
): TypeEntry => ({
  api: "ECR",
  id: "{account}",
  computed: { registryId: "{account}" },
  settings: true,
  seconds: lasts(1, 1, 1),
  facts: [known("the document must be a policy whose principals exist", sources.api)],
  rules(context: Context): Wait[] {
    checkDocument(context, "policy", refusal);
    return checkPrincipals(context, context.inputs.policy, {
      ...refusal,
      message: `${refusal.message}: invalid principal {value}`,
    });
  },
  ...entry,
});

const repositoryPolicy = policyOf(
  {
    type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
    label: "ECR Repository Policy",
    operations: { create: "SetRepositoryPolicy", update: "SetRepositoryPolicy" },
    provider: "aws_ecr_repository_policy",
    id: "{repository}",
    references: [inRepository],
  },
  invalid("Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'"),
);

const registryPolicy = policyOf(
  {
    type: "aws:ecr/registryPolicy:RegistryPolicy",
    label: "ECR Registry Policy",
    operations: { create: "PutRegistryPolicy", update: "PutRegistryPolicy" },
    provider: "aws_ecr_registry_policy",
    cloudFormation: "AWS::ECR::RegistryPolicy",
  },
  invalid("Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid registry policy provided'"),
);

const lifecyclePolicy: TypeEntry = {
  type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
  label: "ECR Lifecycle Policy",
  api: "ECR",
  operations: { create: "PutLifecyclePolicy" },
  provider: "aws_ecr_lifecycle_policy",
  id: "{repository}",
  computed: { registryId: "{account}" },
  settings: true,
  references: [inRepository],
  seconds: lasts(1, 1, 1),
  facts: [known("JSON with rules, priorities once", sources.guide)],
  rules(context) {
    const wrong = invalid(
      "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: '",
    );
    const rules = rulesOf(context.inputs.policy);
    if (rules === undefined) return context.refuse(wrong);
    const priorities = rules.map((rule) => object(rule).rulePriority);
    if (priorities.some((one, at) => one === undefined || priorities.indexOf(one) !== at)) {
      context.refuse({ ...wrong, message: `${wrong.message} rulePriority must be unique` });
    }
    return undefined;
  },
};

function rulesOf(policy: unknown): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(String(policy));
    const { rules } = object(parsed);
    return Array.isArray(rules) ? rules : undefined;
  } catch {
    return undefined;
  }
}

const scanning: TypeEntry = {
  type: "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
  label: "ECR Registry Scanning Configuration",
  api: "ECR",
  operations: { create: "PutRegistryScanningConfiguration", update: "PutRegistryScanningConfiguration" },
  provider: "aws_ecr_registry_scanning_configuration",
  cloudFormation: "AWS::ECR::RegistryScanningConfiguration",
  id: "{account}",
  computed: { registryId: "{account}" },
  settings: true,
  enums: {
    scanType: ["BASIC", "ENHANCED"],
    "rules[].scanFrequency": ["SCAN_ON_PUSH", "CONTINUOUS_SCAN", "MANUAL"],
  },
  seconds: lasts(2, 2, 1),
  facts: [known("continuous scans are of the enhanced kind", sources.guide)],
  rules(context) {
    const continuous = list(context.inputs.rules).some((rule) => object(rule).scanFrequency === "CONTINUOUS_SCAN");
    if (continuous && context.inputs.scanType !== "ENHANCED") {
      context.refuse(
        invalid("Invalid parameter at 'rules': CONTINUOUS_SCAN is only supported by the scan type ENHANCED"),
      );
    }
  },
};

const accountSetting: TypeEntry = {
  type: "aws:ecr/accountSetting:AccountSetting",
  label: "ECR Account Setting",
  api: "ECR",
  operations: { create: "PutAccountSetting", update: "PutAccountSetting" },
  provider: "aws_ecr_account_setting",
  id: "{name}",
  computed: {},
  settings: true,
  enums: { name: ["BASIC_SCAN_TYPE_VERSION", "REGISTRY_POLICY_SCOPE", "BLOB_MOUNTING"] },
  seconds: lasts(1, 1, 1),
};

const secretPrefix = "ecr-pullthroughcache/";

const pullThrough: TypeEntry = {
  type: "aws:ecr/pullThroughCacheRule:PullThroughCacheRule",
  label: "ECR Pull Through Cache Rule",
  api: "ECR",
  provider: "aws_ecr_pull_through_cache_rule",
  cloudFormation: "AWS::ECR::PullThroughCacheRule",
  id: "{ecrRepositoryPrefix}",
  computed: { registryId: "{account}", upstreamRepositoryPrefix: () => "ROOT" },
  references: [names("credentialArn", "aws:secretsmanager/secret:Secret", ["arn"])],
  seconds: lasts(2, 1, 1),
  facts: [
    known("credentials are secrets whose names begin with ecr-pullthroughcache/", sources.guide),
    likely("the registries that can be upstream", sources.guide),
  ],
  rules: upstreamRules,
};

/** Source: ECR User Guide, upstream registries. */
const upstreams = [
  /^public\.ecr\.aws$/,
  /^registry\.k8s\.io$/,
  /^quay\.io$/,
  /^registry-1\.docker\.io$/,
  /^ghcr\.io$/,
  /^registry\.gitlab\.com$/,
  /^cgr\.dev$/,
  /\.azurecr\.(io|us)$/,
  /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/,
];

function upstreamRules(context: Context): undefined {
  const upstream = String(context.inputs.upstreamRegistryUrl);
  if (!upstreams.some((known) => known.test(upstream))) {
    context.refuse({
      code: "UnsupportedUpstreamRegistryException",
      message: `The specified upstream registry isn't supported. (${upstream})`,
    });
  }
  const credentials = text(context.inputs.credentialArn);
  if (credentials !== undefined && !credentials.includes(`:secret:${secretPrefix}`)) {
    context.refuse(invalid(`Invalid parameter at 'credentialArn': the secret's name must begin with ${secretPrefix}`));
  }
}

export const entries: TypeEntry[] = [
  repository,
  repositoryPolicy,
  registryPolicy,
  lifecyclePolicy,
  scanning,
  accountSetting,
  pullThrough,
];
