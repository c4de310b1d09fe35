import { Role, RolePolicy } from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { type ArnScope, arns, type Problem, policyJson, regionProblems, servicePrincipal } from "gabion-knowledge";
import { arnProblems, missingProblems } from "../arguments/checks";

/** Where copies of new objects go. */
export interface BucketReplicationArgs {
  /**
   * The ARN of the bucket of the copies, another `DataBucket` for example. It must keep versions, and have Object Lock where this bucket has.
   */
  bucketArn: pulumi.Input<string>;
  /** The ARN of the KMS key of the copies, in their Region. Its policy must admit use through `s3`. */
  keyArn: pulumi.Input<string>;
  /** The Region of that bucket and key. */
  region: string;
}

export interface ReplicatedBucket extends ArnScope {
  readonly name: string;
  readonly bucketName: string;
  readonly keyArn: pulumi.Input<string>;
  readonly replication: BucketReplicationArgs;
}

export const replicationRoleName = (name: string): string => `${name}-replication`;

/** Copies all new objects with a role that reads this bucket and writes that one, and nothing else. */
export function replicate(
  source: ReplicatedBucket,
  bucket: s3.Bucket,
  versioning: s3.BucketVersioning,
  parent: pulumi.Resource,
): void {
  const { name, accountId, bucketName, replication } = source;
  const role = new Role(
    `${name}-replication`,
    {
      name: replicationRoleName(name),
      description: `S3: copies new objects of ${bucketName}`,
      assumeRolePolicy: policyJson([
        {
          principals: { Service: [servicePrincipal("s3")] },
          actions: ["sts:AssumeRole"],
          conditions: {
            StringEquals: { "aws:SourceAccount": accountId },
            ArnLike: { "aws:SourceArn": arns.bucket(source, bucketName) },
          },
        },
      ]),
    },
    { parent },
  );
  const policy = pulumi
    .all([source.keyArn, replication.bucketArn, replication.keyArn])
    .apply(([keyArn, copiesArn, copiesKeyArn]) => rolePolicy(source, keyArn, copiesArn, copiesKeyArn));
  const rights = new RolePolicy(`${name}-replication`, { role: role.name, policy }, { parent });
  new s3.BucketReplicationConfig(
    name,
    {
      bucket: bucket.bucket,
      role: role.arn,
      rules: [
        {
          id: "everything",
          status: "Enabled",
          priority: 1,
          filter: { prefix: "" },
          // A deletion here must not take the copy along.
          deleteMarkerReplication: { status: "Disabled" },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
          destination: {
            bucket: replication.bucketArn,
            encryptionConfiguration: { replicaKmsKeyId: replication.keyArn },
          },
        },
      ],
    },
    { parent, dependsOn: [versioning, rights] },
  );
}

function rolePolicy(source: ReplicatedBucket, keyArn: string, copiesArn: string, copiesKeyArn: string): string {
  const through = (region: string) => ({ StringEquals: { "kms:ViaService": servicePrincipal("s3", region) } });
  return policyJson([
    {
      sid: "FindObjects",
      actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
      resources: [arns.bucket(source, source.bucketName)],
    },
    {
      sid: "ReadObjects",
      actions: [
        "s3:GetObjectLegalHold",
        "s3:GetObjectRetention",
        "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionForReplication",
        "s3:GetObjectVersionTagging",
      ],
      resources: [arns.bucketObjects(source, source.bucketName)],
    },
    { sid: "Decrypt", actions: ["kms:Decrypt"], resources: [keyArn], conditions: through(source.region) },
    {
      sid: "WriteCopies",
      actions: ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"],
      resources: [`${copiesArn}/*`],
    },
    {
      sid: "EncryptCopies",
      actions: ["kms:Encrypt", "kms:GenerateDataKey"],
      resources: [copiesKeyArn],
      conditions: through(source.replication.region),
    },
  ]);
}

export function replicationProblems(replication: BucketReplicationArgs | undefined): Problem[] {
  if (replication === undefined) return [];
  const missing = missingProblems(replication, ["bucketArn", "keyArn", "region"]);
  const given = (path: string) => !missing.some((problem) => problem.path === path);
  return [
    ...missing,
    ...(given("bucketArn") ? arnProblems("bucketArn", replication.bucketArn, "bucket") : []),
    ...(given("keyArn") ? arnProblems("keyArn", replication.keyArn, "key") : []),
    ...(given("region") ? regionProblems(replication.region) : []),
  ].map((problem) => ({ ...problem, path: `replication.${problem.path}` }));
}
