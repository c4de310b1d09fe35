import type { WorldResource } from "../world/model";
import { clusterType } from "./eks/shared";
import { type Context, sources, type TypeEntry, type Wait } from "./entry";
import {
  arnOf,
  checkDocument,
  keyAllowsService,
  keyTypes,
  known,
  lasts,
  likely,
  nameOf,
  names,
  needs,
  text,
  texts,
} from "./kit";

export const logGroupType = "aws:cloudwatch/logGroup:LogGroup";

/** Source: CloudWatch Logs API reference, PutRetentionPolicy; 0 keeps for ever. */
const retentions = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const logGroup: TypeEntry = {
  type: logGroupType,
  label: "CloudWatch Logs Log Group",
  api: "CloudWatch Logs",
  operations: { create: "CreateLogGroup", update: "PutRetentionPolicy", delete: "DeleteLogGroup" },
  provider: "aws_cloudwatch_log_group",
  cloudFormation: "AWS::Logs::LogGroup",
  id: (context) => nameOf(context),
  arn: arnOf("logs", "log-group:{id}"),
  autoname: { property: "name", maxLength: 512 },
  computed: {
    logGroupClass: () => "STANDARD",
    name: (context) => nameOf(context),
    deletionProtectionEnabled: () => false,
  },
  enums: { logGroupClass: ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"] },
  references: [names("kmsKeyId", keyTypes, ["arn"])],
  unique: [
    {
      by: (properties) => text(properties.name),
      refusal: { code: "ResourceAlreadyExistsException", message: "The specified log group already exists" },
    },
  ],
  seconds: lasts(1, 1, 1),
  facts: [
    known("names, retention days, keys that the service may use", sources.api),
    known("EKS makes the group of a control plane again as long as it writes to it", sources.guide),
    likely("wording of the refusal under deletion protection", sources.api),
  ],
  stays: (resource) => resource.inputs.skipDestroy === true,
  rules: groupRules,
  deletable(context, resource) {
    if (resource.outputs.deletionProtectionEnabled === true) {
      context.refuse({
        code: "ValidationException",
        message: `The log group ${resource.id} has deletion protection enabled. Disable it before deleting the group.`,
      });
    }
  },
  onDelete: (context, resource) => ({ companions: madeAgain(context, resource) }),
};

function groupRules(context: Context): undefined {
  const name = text(context.inputs.name);
  if (name !== undefined && !/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
    context.refuse({
      code: "InvalidParameterException",
      message: `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
    });
  }
  const days = Number(context.inputs.retentionInDays ?? 0);
  if (!retentions.includes(days)) {
    context.refuse({
      code: "InvalidParameterException",
      message: `${days} is not a valid retention. Allowed are ${retentions.slice(1).join(", ")} days, or 0 for ever.`,
    });
  }
  const keyId = text(context.inputs.kmsKeyId);
  if (keyId === undefined || (keyId.split(":")[4] ?? context.account) !== context.account) return;
  const key = context.target("kmsKeyId");
  if (key === undefined || !keyAllowsService(context, key, `logs.${context.region}.amazonaws.com`)) {
    context.refuse({
      code: "AccessDeniedException",
      message: `The specified KMS key does not exist or is not allowed to be used with Arn 'arn:${context.partition}:logs:${context.region}:${context.account}:log-group:${nameOf(context)}' (${keyId})`,
    });
  }
}

/** A control plane that still writes makes its group again; nothing in the stack knows of that one. */
function madeAgain(context: Context, resource: WorldResource) {
  const clusterName = /^\/aws\/eks\/(.+)\/cluster$/.exec(resource.id)?.[1];
  if (clusterName === undefined) return [];
  const writer = context.world.find([clusterType], clusterName, ["id"], context.region);
  if (writer === undefined || texts(writer.outputs.enabledClusterLogTypes).length === 0) return [];
  const outputs = { name: resource.id, retentionInDays: 0 };
  return [{ type: logGroupType, id: resource.id, arn: String(resource.arn), owned: false, outputs }];
}

const resourcePolicy: TypeEntry = {
  type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
  label: "CloudWatch Logs Resource Policy",
  api: "CloudWatch Logs",
  operations: { create: "PutResourcePolicy", update: "PutResourcePolicy", delete: "DeleteResourcePolicy" },
  provider: "aws_cloudwatch_log_resource_policy",
  cloudFormation: "AWS::Logs::ResourcePolicy",
  id: (context) => text(context.inputs.policyName) ?? String(context.inputs.resourceArn),
  computed: {
    policyScope: (context) => (text(context.inputs.resourceArn) === undefined ? "ACCOUNT" : "RESOURCE"),
    revisionId: (context) => context.ids.hex(32, `revision ${context.now}`),
  },
  changing: ["revisionId"],
  settings: true,
  json: ["policyDocument"],
  quotas: [
    {
      limit: 10,
      per: ({ region }) => region,
      refusal: { code: "LimitExceededException", message: "Resource limit exceeded." },
    },
  ],
  seconds: lasts(1, 1, 1),
  facts: [known("ten policies a Region, 5120 characters each", sources.quotas)],
  rules(context): Wait[] | undefined {
    const invalid = { code: "InvalidParameterException", message: "Invalid policy document" };
    checkDocument(context, "policyDocument", invalid);
    if (String(context.inputs.policyDocument).length > 5120) {
      context.refuse({ code: "InvalidParameterException", message: "Policy document is longer than 5120 characters" });
    }
    return undefined;
  },
};

const stream: TypeEntry = {
  type: "aws:cloudwatch/logStream:LogStream",
  label: "CloudWatch Logs Log Stream",
  api: "CloudWatch Logs",
  provider: "aws_cloudwatch_log_stream",
  cloudFormation: "AWS::Logs::LogStream",
  id: "{name}",
  arn: arnOf("logs", "log-group:{logGroupName}:log-stream:{name}"),
  autoname: { property: "name" },
  computed: {},
  references: [
    needs("logGroupName", logGroupType, {
      code: "ResourceNotFoundException",
      message: "The specified log group does not exist.",
    }),
  ],
  seconds: lasts(1, 1, 1),
  facts: [known("the group must exist", sources.api)],
};

export const entries: TypeEntry[] = [logGroup, resourcePolicy, stream];
