import { type ArnScope, arns, type StatementInput } from "gabion-knowledge";

export interface BucketPolicyInput extends ArnScope {
  readonly bucketName: string;
  /** `o-...`; with it identities and endpoints of the whole organisation are inside. */
  readonly organizationId?: string;
  /** Roles that reach objects from outside of the network. */
  readonly outsideRoles?: readonly string[];
}

/** What reads or changes objects. The bucket's own settings are left out: the deploy role must reach them from anywhere. */
const OBJECT_ACTIONS = [
  "s3:AbortMultipartUpload",
  "s3:DeleteObject*",
  "s3:GetObject*",
  "s3:PutObject*",
  "s3:RestoreObject",
];

/**
 * The policy of a data bucket: it allows nothing, and refuses plain HTTP and old TLS, identities of others, object access that does
 * not come through an endpoint of ours, and uploads that ask for a weaker encryption than the bucket's.
 *
 * Services of AWS that act for this account, and calls that pass through one of them, come from no endpoint and are let through there.
 */
export function bucketPolicy(input: BucketPolicyInput): StatementInput[] {
  const objects = [arns.bucketObjects(input, input.bucketName)];
  const everything = [arns.bucket(input, input.bucketName), ...objects];
  const deny = { effect: "Deny", principals: "*" } as const;
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
      conditions: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
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
        StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
      },
    },
  ];
}

function inside(input: BucketPolicyInput, organizationKey: string, accountKey: string): Record<string, string> {
  return input.organizationId === undefined
    ? { [accountKey]: input.accountId }
    : { [organizationKey]: input.organizationId };
}
