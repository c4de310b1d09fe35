import type { WorldResource } from "../../world/model";
import { type Context, sources, type TypeEntry, type Wait } from "../entry";
import {
  bucketType,
  checkPrincipals,
  keyTypes,
  known,
  lasts,
  likely,
  list,
  names,
  needs,
  object,
  readPolicy,
  roleType,
  text,
} from "../kit";
import { isVersioned, noBucket } from "./bucket";

const inBucket = needs("bucket", bucketType, noBucket, { by: ["id", "arn"] });

/** A part of a bucket's configuration: it is there once, putting it again overwrites, deleting it puts S3's own value back. */
function setting(name: string, provider: string, operation: string, more: Partial<TypeEntry> = {}): TypeEntry {
  const type = `aws:s3/${name[0]?.toLowerCase()}${name.slice(1)}:${name}`;
  return {
    type,
    keptAs: type,
    label: `S3 ${name.replace(/([a-z])([A-Z])/g, "$1 $2")}`,
    api: "S3",
    operations: { create: `Put${operation}`, update: `Put${operation}`, delete: `Delete${operation}` },
    provider,
    id: "{bucket}",
    computed: {},
    settings: true,
    references: [inBucket],
    seconds: lasts(1, 1, 1),
    facts: [known("the bucket must exist; putting a setting again overwrites it", sources.api)],
    ...more,
  };
}

/** Source: the provider's code; a change from nothing to the account itself is none. */
const ownerReplaces: TypeEntry["replaces"] = [
  {
    property: "expectedBucketOwner",
    source: sources.code,
    sure: "certain",
    when: (before) => text(before) !== undefined,
  },
];

const lockType = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const isLocked = (context: Context, bucket: WorldResource): boolean =>
  bucket.outputs.objectLockEnabled === true || context.world.find([lockType], bucket.id, ["id"]) !== undefined;

const versioning = setting("BucketVersioning", "aws_s3_bucket_versioning", "BucketVersioning", {
  operations: { create: "PutBucketVersioning", update: "PutBucketVersioning", delete: "PutBucketVersioning" },
  enums: { "versioningConfiguration.status": ["Enabled", "Suspended", "Disabled"] },
  replaces: ownerReplaces,
  facts: [known("versions cannot be suspended while Object Lock is on", sources.api)],
  rules(context) {
    const bucket = context.target("bucket");
    const status = object(context.inputs.versioningConfiguration).status;
    if (bucket !== undefined && status !== "Enabled" && isLocked(context, bucket)) {
      context.refuse({
        code: "InvalidBucketState",
        message: "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
        status: 409,
      });
    }
  },
});

const objectLock = setting(
  "BucketObjectLockConfiguration",
  "aws_s3_bucket_object_lock_configuration",
  "ObjectLockConfiguration",
  {
    operations: {
      create: "PutObjectLockConfiguration",
      update: "PutObjectLockConfiguration",
      delete: "PutObjectLockConfiguration",
    },
    facts: [known("Object Lock needs versions", sources.guide)],
    rules(context) {
      const bucket = context.target("bucket");
      if (bucket !== undefined && !isVersioned(context, bucket)) {
        context.refuse({
          code: "InvalidBucketState",
          message: "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
          status: 409,
        });
      }
      const retention = object(object(context.inputs.rule).defaultRetention);
      if (retention.days !== undefined && retention.years !== undefined) {
        context.refuse({
          code: "MalformedXML",
          message: "The XML you provided was not well-formed or did not validate",
        });
      }
    },
  },
);

const encryption = setting(
  "BucketServerSideEncryptionConfiguration",
  "aws_s3_bucket_server_side_encryption_configuration",
  "BucketEncryption",
  {
    enums: {
      "rules[].applyServerSideEncryptionByDefault.sseAlgorithm": ["AES256", "aws:fsx", "aws:kms", "aws:kms:dsse"],
    },
    references: [inBucket, names("rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId", keyTypes, ["arn", "id"])],
    replaces: ownerReplaces,
    facts: [known("a key goes with the algorithm aws:kms only", sources.api)],
    rules(context) {
      for (const rule of list(context.inputs.rules)) {
        const chosen = object(object(rule).applyServerSideEncryptionByDefault);
        if (text(chosen.kmsMasterKeyId) !== undefined && !String(chosen.sseAlgorithm).startsWith("aws:kms")) {
          context.refuse({
            code: "InvalidArgument",
            message: "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
          });
        }
      }
    },
  },
);

const blockType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const block = setting("BucketPublicAccessBlock", "aws_s3_bucket_public_access_block", "PublicAccessBlock", {
  stays: (resource) => resource.inputs.skipDestroy === true,
});

const policy = setting("BucketPolicy", "aws_s3_bucket_policy", "BucketPolicy", {
  cloudFormation: "AWS::S3::BucketPolicy",
  facts: [
    known("a policy is at most 20 480 bytes", sources.guide),
    known("principals must exist", sources.guide),
    known("public policies are refused while BlockPublicPolicy is on", sources.guide),
  ],
  rules: policyRules,
});

function policyRules(context: Context): Wait[] {
  const statements = readPolicy(context.inputs.policy);
  if (statements === undefined)
    return context.refuse({ code: "MalformedPolicy", message: "Policies must be valid JSON" });
  if (Buffer.byteLength(String(context.inputs.policy)) > 20_480) {
    context.refuse({ code: "PolicyTooLarge", message: "Policy exceeds the maximum allowed document size." });
  }
  const bucket = context.target("bucket");
  const own = `:s3:::${String(bucket?.id)}`;
  for (const resource of statements.flatMap((statement) => statement.resources)) {
    const name = resource.slice(resource.indexOf(":s3:::")).split("/")[0];
    if (resource !== "*" && name !== own && !name?.includes("*")) {
      context.refuse({ code: "MalformedPolicy", message: "Policy has invalid resource" });
    }
  }
  const isPublic = statements.some(
    (one) => one.effect === "Allow" && !one.hasCondition && one.principals.some(({ value }) => value === "*"),
  );
  const blocked = context.world.find([blockType], String(bucket?.id), ["id"])?.outputs.blockPublicPolicy === true;
  if (isPublic && blocked) {
    context.refuse({
      code: "AccessDenied",
      message:
        `User: ${context.caller} is not authorized to perform: s3:PutBucketPolicy on resource: "${String(bucket?.arn)}" ` +
        "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.",
      status: 403,
    });
  }
  return checkPrincipals(context, context.inputs.policy, {
    code: "MalformedPolicy",
    message: "Invalid principal in policy ({value})",
  });
}

const ownership = setting("BucketOwnershipControls", "aws_s3_bucket_ownership_controls", "BucketOwnershipControls", {
  enums: { "rule.objectOwnership": ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"] },
});

const lifecycle = setting(
  "BucketLifecycleConfiguration",
  "aws_s3_bucket_lifecycle_configuration",
  "BucketLifecycleConfiguration",
  {
    operations: {
      create: "PutBucketLifecycleConfiguration",
      update: "PutBucketLifecycleConfiguration",
      delete: "DeleteBucketLifecycle",
    },
    computed: { transitionDefaultMinimumObjectSize: () => "all_storage_classes_128K", "rules.prefix": () => "" },
    seconds: lasts(10, 10, 2),
    facts: [
      known("1000 rules, ids once, 30 days before an infrequent-access class, expiry after transitions", sources.guide),
    ],
    rules: lifecycleRules,
  },
);

function lifecycleRules(context: Context): undefined {
  const rules = list(context.inputs.rules).map(object);
  const ids = rules.map((rule) => rule.id);
  if (rules.length > 1000 || ids.some((id, at) => ids.indexOf(id) !== at)) {
    context.refuse({
      code: "InvalidArgument",
      message: "Rule ID must be unique. Found same ID for more than one rule",
    });
  }
  for (const rule of rules) {
    const days = Number(object(rule.expiration).days ?? Number.POSITIVE_INFINITY);
    for (const transition of list(rule.transitions).map(object)) {
      const after = Number(transition.days ?? 0);
      if (["STANDARD_IA", "ONEZONE_IA"].includes(String(transition.storageClass)) && after < 30) {
        context.refuse({
          code: "InvalidArgument",
          message: `'Days' in Transition action must be greater than or equal to 30 for storageClass '${String(transition.storageClass)}'`,
        });
      }
      if (days <= after) {
        context.refuse({
          code: "InvalidArgument",
          message: `'Days' in the Expiration action for rule '${String(rule.id)}' must be greater than 'Days' in the Transition action`,
        });
      }
    }
  }
}

const logging = setting("BucketLogging", "aws_s3_bucket_logging", "BucketLogging", {
  operations: { create: "PutBucketLogging", update: "PutBucketLogging", delete: "PutBucketLogging" },
  references: [
    inBucket,
    needs(
      "targetBucket",
      bucketType,
      { code: "InvalidTargetBucketForLogging", message: "The target bucket for logging does not exist" },
      { by: ["id", "arn"] },
    ),
  ],
  replaces: ownerReplaces,
  facts: [known("the target bucket must exist", sources.api)],
});

const topicType = "aws:sns/topic:Topic";
const queueType = "aws:sqs/queue:Queue";
const noTarget = { code: "InvalidArgument", message: "Unable to validate the following destination configurations" };
const notification = setting("BucketNotification", "aws_s3_bucket_notification", "BucketNotificationConfiguration", {
  operations: {
    create: "PutBucketNotificationConfiguration",
    update: "PutBucketNotificationConfiguration",
    delete: "PutBucketNotificationConfiguration",
  },
  references: [
    inBucket,
    needs("topics[].topicArn", topicType, noTarget, { by: ["arn"] }),
    needs("queues[].queueArn", queueType, noTarget, { by: ["arn"] }),
    names("lambdaFunctions[].lambdaFunctionArn", "aws:lambda/function:Function", ["arn"]),
  ],
  facts: [known("destinations must exist", sources.api)],
});

/** Configurations of which a bucket has several, each with a name. */
const named = (name: string, provider: string, operation: string): TypeEntry =>
  setting(name, provider, operation, { id: "{bucket}:{name}", autoname: { property: "name" } });

const replication = setting("BucketReplicationConfig", "aws_s3_bucket_replication_configuration", "BucketReplication", {
  references: [
    inBucket,
    names("role", roleType, ["arn"], { asksIam: true }),
    names("rules[].destination.bucket", bucketType, ["arn"]),
  ],
  facts: [known("both buckets must keep versions", sources.api)],
  rules(context) {
    const sides = [...context.targets("bucket"), ...context.targets("rules[].destination.bucket")];
    const without = sides.find((bucket) => !isVersioned(context, bucket));
    if (without !== undefined) {
      context.refuse({
        code: "InvalidRequest",
        message: `Versioning must be 'Enabled' on the bucket to apply a replication configuration (${without.id})`,
      });
    }
  },
});

const accountBlock: TypeEntry = {
  type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
  label: "S3 Account Public Access Block",
  api: "S3 Control",
  global: true,
  operations: { create: "PutPublicAccessBlock", update: "PutPublicAccessBlock", delete: "DeletePublicAccessBlock" },
  provider: "aws_s3_account_public_access_block",
  id: "{account}",
  computed: { accountId: "{account}" },
  settings: true,
  seconds: lasts(2, 2, 1),
};

const acl = setting("BucketAcl", "aws_s3_bucket_acl", "BucketAcl", {
  id: (context) => `${String(context.inputs.bucket)},${text(context.inputs.acl) ?? ""}`.replace(/,$/, ""),
  replaces: ownerReplaces,
  facts: [likely("ACLs are refused while ownership is BucketOwnerEnforced, which new buckets have", sources.guide)],
  rules(context) {
    const owned = context.world.find([ownership.type], String(context.inputs.bucket), ["id"]);
    const mode = object(owned?.outputs.rule).objectOwnership ?? "BucketOwnerEnforced";
    if (mode === "BucketOwnerEnforced") {
      context.refuse({ code: "AccessControlListNotSupported", message: "The bucket does not allow ACLs" });
    }
  },
});

const plain: TypeEntry[] = [
  versioning,
  objectLock,
  encryption,
  lifecycle,
  logging,
  acl,
  setting("BucketCorsConfiguration", "aws_s3_bucket_cors_configuration", "BucketCors", { replaces: ownerReplaces }),
  setting("BucketRequestPaymentConfiguration", "aws_s3_bucket_request_payment_configuration", "BucketRequestPayment"),
  setting("BucketAccelerateConfiguration", "aws_s3_bucket_accelerate_configuration", "BucketAccelerateConfiguration"),
];

/** The spellings that the package had before version 7 stand for the same settings. */
const former = plain.map((entry): TypeEntry => {
  const type = entry.type.replace(/^(.*):(.*)$/, "$1V2:$2V2");
  return { ...entry, type };
});

export const entries: TypeEntry[] = [
  ...plain,
  ...former,
  block,
  policy,
  ownership,
  notification,
  replication,
  named(
    "BucketIntelligentTieringConfiguration",
    "aws_s3_bucket_intelligent_tiering_configuration",
    "BucketIntelligentTieringConfiguration",
  ),
  named("BucketMetric", "aws_s3_bucket_metric", "BucketMetricsConfiguration"),
  accountBlock,
];
