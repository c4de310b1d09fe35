import { DeliveryChannel, Recorder, RecorderStatus } from "@pulumi/aws/cfg";
import { Role, RolePolicy, RolePolicyAttachment } from "@pulumi/aws/iam";
import { Alias, Key } from "@pulumi/aws/kms";
import {
  Bucket,
  BucketLifecycleConfiguration,
  BucketLogging,
  BucketOwnershipControls,
  BucketPolicy,
  BucketPublicAccessBlock,
  BucketServerSideEncryptionConfiguration,
  BucketVersioning,
} from "@pulumi/aws/s3";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import { ACCESS_LOG_KEYS, type DataBucket } from "gabion";
import { arns, dataKeyPolicy, policyJson, servicePrincipal } from "gabion-knowledge";
import type { AccountSettings } from "../../settings";
import type { Protection } from "../protection";

/** AWS Config's own default for how long it keeps configuration items, in days (API reference, RetentionConfiguration). */
const HISTORY_DAYS = 2557;

/** How long overwritten and deleted objects can be brought back, in days. */
const NONCURRENT_DAYS = 90;

/** AWS's own name for the one recorder and the one delivery channel that an account can have in a Region. */
const RECORDER = "default";

interface Names {
  readonly bucket: string;
  readonly role: string;
}

/**
 * AWS Config, recording every resource of the account in the Region into a bucket of its own. Names are made from account and Region, so
 * that policies are known at preview.
 *
 * At assurance `baseline` the history goes with the bucket when the stack is destroyed; above, bucket and key are protected.
 */
export function recordConfiguration(
  settings: AccountSettings,
  protection: Protection,
  accessLogs: DataBucket,
  options: CustomResourceOptions,
): { bucketName: string } {
  const names: Names = {
    bucket: `gabion-config-${settings.accountId}-${settings.region}`,
    role: `gabion-config-${settings.region}`,
  };
  const stateful = { ...options, protect: protection.of("config") };
  const role = recorderRole(settings, names, options);
  const key = historyKey(settings, names, role, stateful);
  const rights = recorderRights(settings, names, role, options);
  const bucket = historyBucket(settings, names, key, accessLogs, stateful, options);

  const recorder = new Recorder(
    "config",
    { name: RECORDER, roleArn: role.arn, recordingGroup: { allSupported: true, includeGlobalResourceTypes: true } },
    { ...options, dependsOn: rights },
  );
  // Config tries to write as soon as the channel is made, so whatever lets it write comes first.
  const channel = new DeliveryChannel(
    "config",
    {
      name: RECORDER,
      s3BucketName: names.bucket,
      s3KmsKeyArn: key.arn,
      snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
    },
    { ...options, dependsOn: [recorder, ...bucket, ...rights] },
  );
  new RecorderStatus("config", { name: RECORDER, isEnabled: true }, { ...options, dependsOn: [channel] });
  return { bucketName: names.bucket };
}

function recorderRole({ accountId }: AccountSettings, names: Names, options: CustomResourceOptions): Role {
  return new Role(
    "config",
    {
      name: names.role,
      description: "AWS Config: reads the account's configuration and delivers its history",
      assumeRolePolicy: policyJson([
        {
          principals: { Service: [servicePrincipal("config")] },
          actions: ["sts:AssumeRole"],
          conditions: { StringEquals: { "aws:SourceAccount": accountId } },
        },
      ]),
    },
    options,
  );
}

/** What the role may do; the key's own policy lets it encrypt. */
function recorderRights(
  settings: AccountSettings,
  names: Names,
  role: Role,
  options: CustomResourceOptions,
): Resource[] {
  const bucketArn = arns.bucket(settings, names.bucket);
  const history = `${bucketArn}/AWSLogs/${settings.accountId}/Config/*`;
  const policy = policyJson([
    { sid: "FindBucket", actions: ["s3:GetBucketAcl", "s3:ListBucket"], resources: [bucketArn] },
    { sid: "Deliver", actions: ["s3:PutObject"], resources: [history] },
  ]);
  const policyArn = arns.managedPolicy(settings, "service-role/AWS_ConfigRole");
  return [
    new RolePolicyAttachment("config-read", { role: role.name, policyArn }, options),
    new RolePolicy("config-deliver", { role: role.name, policy }, options),
  ];
}

function historyKey(
  { accountId, region }: AccountSettings,
  names: Names,
  role: Role,
  options: CustomResourceOptions,
): Key {
  const key = new Key(
    "config",
    {
      description: "History of AWS Config",
      enableKeyRotation: true,
      rotationPeriodInDays: 90,
      deletionWindowInDays: 30,
      policy: policyJson(dataKeyPolicy({ accountId, region, users: [arns.role({ accountId, region }, names.role)] })),
    },
    // KMS refuses a policy that names a role which does not exist.
    { ...options, dependsOn: [role] },
  );
  new Alias("config", { name: "alias/gabion/config", targetKeyId: key.keyId }, options);
  return key;
}

/** The bucket's guards: everything that has to stand before the first object arrives. */
function historyBucket(
  settings: AccountSettings,
  names: Names,
  key: Key,
  accessLogs: DataBucket,
  stateful: CustomResourceOptions,
  options: CustomResourceOptions,
): Resource[] {
  const created = new Bucket(
    "config",
    { bucket: names.bucket, forceDestroy: settings.assurance === "baseline" },
    stateful,
  );
  const bucket = created.bucket;
  const publicAccess = new BucketPublicAccessBlock(
    "config",
    { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    options,
  );
  const versioning = new BucketVersioning(
    "config",
    { bucket, versioningConfiguration: { status: "Enabled" } },
    options,
  );
  return [
    publicAccess,
    versioning,
    new BucketOwnershipControls("config", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, options),
    new BucketServerSideEncryptionConfiguration(
      "config",
      {
        bucket,
        rules: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
            bucketKeyEnabled: true,
          },
        ],
      },
      options,
    ),
    new BucketLifecycleConfiguration(
      "config",
      {
        bucket,
        rules: [
          {
            id: "history",
            status: "Enabled",
            filter: {},
            expiration: { days: HISTORY_DAYS },
            noncurrentVersionExpiration: { noncurrentDays: NONCURRENT_DAYS },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
        ],
      },
      // Rules for old versions have no meaning before there are versions.
      { ...options, dependsOn: [versioning] },
    ),
    new BucketLogging("config", { bucket, targetBucket: accessLogs.bucketName, ...ACCESS_LOG_KEYS }, options),
    // S3 refuses two changes of a bucket's access at the same time.
    new BucketPolicy(
      "config",
      { bucket, policy: bucketPolicy(settings, names) },
      { ...options, dependsOn: [publicAccess] },
    ),
  ];
}

function bucketPolicy(settings: AccountSettings, names: Names): string {
  const arn = arns.bucket(settings, names.bucket);
  return policyJson([
    {
      sid: "DenyWithoutTls",
      effect: "Deny",
      principals: "*",
      actions: ["s3:*"],
      resources: [arn, `${arn}/*`],
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      sid: "DenyOldTls",
      effect: "Deny",
      principals: "*",
      actions: ["s3:*"],
      resources: [arn, `${arn}/*`],
      conditions: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
    {
      sid: "DenyOtherWriters",
      effect: "Deny",
      principals: "*",
      actions: ["s3:PutObject"],
      resources: [`${arn}/*`],
      conditions: { ArnNotEquals: { "aws:PrincipalArn": arns.role(settings, names.role) } },
    },
  ]);
}
