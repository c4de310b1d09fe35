import { type Context, sources, type TypeEntry } from "./entry";
import { checkDocument, keyTypes, known, lasts, nameOf, names, needs, text } from "./kit";

const parameterName = (context: Context): string => String(context.inputs.name);

const parameter: TypeEntry = {
  type: "aws:ssm/parameter:Parameter",
  label: "SSM Parameter",
  api: "SSM",
  operations: { create: "PutParameter", update: "PutParameter" },
  provider: "aws_ssm_parameter",
  cloudFormation: "AWS::SSM::Parameter",
  id: "{name}",
  arn: (context) =>
    `arn:${context.partition}:ssm:${context.region}:${context.account}:parameter${parameterName(context).startsWith("/") ? "" : "/"}${parameterName(context)}`,
  autoname: { property: "name", maxLength: 2048 },
  computed: {
    dataType: () => "text",
    hasValueWo: (context) => context.inputs.valueWo !== undefined,
    insecureValue: (context) => (context.inputs.type === "SecureString" ? "" : (text(context.inputs.value) ?? "")),
    keyId: (context) => (context.inputs.type === "SecureString" ? "alias/aws/ssm" : ""),
    tier: () => "Standard",
    value: (context) => text(context.inputs.insecureValue) ?? "",
    version: (context) => Number(context.old?.outputs.version ?? 0) + 1,
  },
  changing: ["version", "insecureValue"],
  replaces: [
    {
      property: "tier",
      source: sources.code,
      sure: "certain",
      when: (before, after) => before === "Advanced" && after === "Standard",
    },
  ],
  enums: {
    type: ["String", "StringList", "SecureString"],
    tier: ["Standard", "Advanced", "Intelligent-Tiering"],
  },
  references: [names("keyId", [...keyTypes, "aws:kms/alias:Alias"], ["id", "arn"])],
  unique: [
    {
      by: (properties, context) => (context.inputs.overwrite === true ? undefined : text(properties.name)),
      refusal: {
        code: "ParameterAlreadyExists",
        message:
          "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
      },
    },
  ],
  settings: true,
  seconds: lasts(1, 1, 1),
  facts: [known("names, once in a Region, 4 KB (8 KB in the advanced tier)", sources.api)],
  rules(context) {
    const name = parameterName(context);
    if (/^\/?(aws|ssm)/i.test(name) || !/^[a-zA-Z0-9_.\-/]+$/.test(name)) {
      context.refuse({
        code: "ValidationException",
        message: `Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive), and consists of letters, numbers and . - _ / (${name})`,
      });
    }
    const size = Buffer.byteLength(text(context.inputs.value) ?? text(context.inputs.insecureValue) ?? "");
    const limit = context.inputs.tier === "Standard" || context.inputs.tier === undefined ? 4096 : 8192;
    if (size > limit) {
      context.refuse({
        code: "ValidationException",
        message: `Parameter size ${size} is larger than the ${limit} bytes of the ${text(context.inputs.tier) ?? "Standard"} tier.`,
      });
    }
  },
};

const secretType = "aws:secretsmanager/secret:Secret";
const secretName = (context: Context): string => nameOf(context);

const secret: TypeEntry = {
  type: secretType,
  label: "Secrets Manager Secret",
  api: "Secrets Manager",
  operations: { update: "UpdateSecret" },
  provider: "aws_secretsmanager_secret",
  cloudFormation: "AWS::SecretsManager::Secret",
  id: (context) =>
    `arn:${context.partition}:secretsmanager:${context.region}:${context.account}:secret:${secretName(context)}-${context.ids.base32(6, "suffix")}`,
  arn: "{id}",
  autoname: { property: "name", maxLength: 512 },
  computed: { name: secretName, type: () => "" },
  references: [names("kmsKeyId", keyTypes, ["arn", "id"])],
  unique: [
    {
      by: (properties) => text(properties.name),
      refusal: {
        code: "ResourceExistsException",
        message: "The operation failed because the secret {value} already exists.",
      },
      kept: {
        code: "InvalidRequestException",
        message:
          "You can't create this secret because a secret with this name is already scheduled for deletion. " +
          "({what}; give it another name, restore it, or set recoveryWindowInDays to 0 before deleting it)",
      },
    },
  ],
  seconds: lasts(1, 1, 1),
  facts: [
    known(
      "a deleted secret keeps its name for the recovery window, 30 days unless it says otherwise, 0 or 7 to 30",
      sources.api,
    ),
    known("names once in a Region", sources.api),
  ],
  rules(context) {
    const window = Number(context.inputs.recoveryWindowInDays ?? 30);
    if (window !== 0 && (window < 7 || window > 30)) {
      context.refuse({
        code: "InvalidParameterException",
        message: `The RecoveryWindowInDays value must be between 7 and 30 days (inclusive), or 0, found ${window}.`,
      });
    }
    checkDocument(context, "policy", {
      code: "MalformedPolicyDocumentException",
      message: "This resource policy contains an unsupported principal or syntax.",
    });
  },
  onDelete(context, resource) {
    const days = Number(resource.inputs.recoveryWindowInDays ?? 30);
    if (days === 0) return {};
    return {
      remains: [
        {
          kind: "name",
          what: `secret ${String(resource.outputs.name)}, deleted, in its recovery window of ${days} days`,
          holds: [`${secretType}|${context.region}|${String(resource.outputs.name)}`],
          until: context.now + days * 86_400,
        },
      ],
    };
  },
};

const inSecret = needs(
  "secretId",
  secretType,
  { code: "ResourceNotFoundException", message: "Secrets Manager can't find the specified secret." },
  { by: ["id", "arn", "name"] },
);

const secretVersion: TypeEntry = {
  type: "aws:secretsmanager/secretVersion:SecretVersion",
  label: "Secrets Manager Secret Version",
  api: "Secrets Manager",
  operations: { create: "PutSecretValue", update: "UpdateSecretVersionStage", delete: "UpdateSecretVersionStage" },
  provider: "aws_secretsmanager_secret_version",
  id: (context) => `${String(context.inputs.secretId)}|${context.ids.uuid("version")}`,
  arn: (context) => String(context.target("secretId")?.arn ?? context.inputs.secretId),
  computed: {
    hasSecretStringWo: (context) => context.inputs.secretStringWo !== undefined,
    secretArn: (context) => String(context.target("secretId")?.arn ?? context.inputs.secretId),
    versionId: (context) => context.ids.uuid("version"),
    versionStages: () => ["AWSCURRENT"],
  },
  references: [inSecret],
  seconds: lasts(1, 1, 1),
  facts: [known("the secret must exist", sources.api)],
};

const secretPolicy: TypeEntry = {
  type: "aws:secretsmanager/secretPolicy:SecretPolicy",
  label: "Secrets Manager Secret Policy",
  api: "Secrets Manager",
  operations: { create: "PutResourcePolicy", update: "PutResourcePolicy", delete: "DeleteResourcePolicy" },
  provider: "aws_secretsmanager_secret_policy",
  cloudFormation: "AWS::SecretsManager::ResourcePolicy",
  id: "{secretArn}",
  computed: {},
  settings: true,
  references: [{ ...inSecret, path: "secretArn" }],
  seconds: lasts(1, 1, 1),
  facts: [known("the secret must exist, the document must be a policy", sources.api)],
  rules(context) {
    checkDocument(context, "policy", {
      code: "MalformedPolicyDocumentException",
      message: "This resource policy contains an unsupported principal or syntax.",
    });
  },
};

export const entries: TypeEntry[] = [parameter, secret, secretVersion, secretPolicy];
