import { type ArnScope, arns, type StatementInput, servicePrincipal } from "gabion-knowledge";
import type { TlsVersion } from "./tls-version";

/**
 * How S3 names access logs in a bucket of class `access-log`, whose policy lets it write under this prefix alone: prefix, account, Region,
 * bucket and day of the requests. Whoever looks for one reads the logs of that bucket and day alone.
 */
export const ACCESS_LOG_KEYS = {
  targetPrefix: "s3/",
  targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
};

export interface BucketPolicyInput extends ArnScope {
  readonly bucketName: string;
  /** `o-...`; with it identities and endpoints of the whole organisation are inside. */
  readonly organizationId?: string;
  /** Roles that reach objects from outside of the network. */
  readonly outsideRoles?: readonly string[];
  /** The oldest version of TLS that is let through. */
  readonly tlsVersion: TlsVersion;
  /** Given for a bucket of access logs: names of the buckets whose logs it takes, with wildcards. */
  readonly logSources?: readonly string[];
}

/** What reads or changes objects. The bucket's own settings are left out: the deploy role must reach them from anywhere. */
const OBJECT_ACTIONS = [
  "s3:AbortMultipartUpload",
  "s3:DeleteObject*",
  "s3:GetObject*",
  "s3:PutObject*",
  "s3:RestoreObject",
];

const LOG_DELIVERY = servicePrincipal("logging.s3");
const deny = { effect: "Deny", principals: "*" } as const;

/**
 * The policy of a data bucket: it refuses plain HTTP and old TLS, identities of others, object access that does not come through an
 * endpoint of ours, and uploads that ask for a weaker encryption than the bucket's. It allows nothing, but for a bucket of access logs
 * their delivery.
 *
 * Services of AWS that act for this account, and calls that pass through one of them, come from no endpoint and are let through there.
 */
export function bucketPolicy(input: BucketPolicyInput): StatementInput[] {
  const objects = [arns.bucketObjects(input, input.bucketName)];
  const everything = [arns.bucket(input, input.bucketName), ...objects];
  return [
    {
      ...deny,
      sid: "DenyPlainHttp",
      actions: ["s3:*"],
      resources: everything,
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      ...deny,
      sid: "DenyOldTls",
      actions: ["s3:*"],
      resources: everything,
      conditions: { NumericLessThan: { "s3:TlsVersion": input.tlsVersion } },
    },
    {
      ...deny,
      sid: "DenyOtherIdentities",
      actions: OBJECT_ACTIONS,
      resources: objects,
      conditions: {
        StringNotEquals: inside(input, "aws:PrincipalOrgID", "aws:PrincipalAccount"),
        Bool: { "aws:PrincipalIsAWSService": "false" },
      },
    },
    {
      ...deny,
      sid: "DenyOutsideOfNetwork",
      actions: OBJECT_ACTIONS,
      resources: objects,
      conditions: {
        // Negated operators hold when the key is absent, as it is for calls that come through no endpoint.
        StringNotEquals: inside(input, "aws:VpceOrgID", "aws:VpceAccount"),
        Bool: { "aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false" },
        ...(input.outsideRoles === undefined || input.outsideRoles.length === 0
          ? {}
          : { ArnNotEquals: { "aws:PrincipalArn": input.outsideRoles } }),
      },
    },
    {
      ...deny,
      sid: "DenyOtherEncryption",
      actions: ["s3:PutObject"],
      resources: objects,
      conditions: {
        Null: { "s3:x-amz-server-side-encryption": "false" },
        StringNotEquals: {
          "s3:x-amz-server-side-encryption": input.logSources === undefined ? "aws:kms" : "AES256",
        },
      },
    },
    ...(input.logSources === undefined ? [] : logDelivery(input, objects, input.logSources)),
  ];
}

/** S3 itself writes the logs of the account's buckets, and nobody else writes anything (User Guide, permissions for log delivery). */
function logDelivery(input: BucketPolicyInput, objects: string[], sources: readonly string[]): StatementInput[] {
  return [
    {
      ...deny,
      sid: "DenyOtherWriters",
      actions: ["s3:PutObject"],
      resources: objects,
      conditions: { StringNotEquals: { "aws:PrincipalServiceName": LOG_DELIVERY } },
    },
    {
      sid: "AllowLogDelivery",
      principals: { Service: [LOG_DELIVERY] },
      actions: ["s3:PutObject"],
      resources: [arns.bucketObjects(input, input.bucketName, ACCESS_LOG_KEYS.targetPrefix)],
      conditions: {
        StringEquals: { "aws:SourceAccount": input.accountId },
        ArnLike: { "aws:SourceArn": sources.map((source) => arns.bucket(input, source)) },
      },
    },
  ];
}

function inside(input: BucketPolicyInput, organizationKey: string, accountKey: string): Record<string, string> {
  return input.organizationId === undefined
    ? { [accountKey]: input.accountId }
    : { [organizationKey]: input.organizationId };
}
