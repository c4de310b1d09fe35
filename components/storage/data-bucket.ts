import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { defaultRetention } from "gabion-knowledge";
import { deviationTags } from "../arguments/deviation";
import { refuseArguments } from "../arguments/input-error";
import { deletionProtection } from "../arguments/protection";
import { argumentProblems, type DataBucketArgs, physicalName, policyText } from "./bucket-args";
import { lifecycleRules } from "./bucket-class";
import { ACCESS_LOG_KEYS } from "./bucket-policy";
import { replicate } from "./replication";

/** The control of the foundation's settings that an unconfirmed retention deviates from. */
const LOCK_CONTROL = "s3-object-lock";

/**
 * A bucket for data of one class: versions, Object Lock by class, encryption by a key of yours with a bucket key, no public access and no
 * ACLs, a policy that refuses what does not come by TLS, by own identities and through own endpoints, and a lifecycle by class.
 *
 * Object Lock is switched on by a configuration of its own, which an existing bucket takes in place: `objectLockEnabled` of `aws.s3.Bucket`
 * would replace it. It is never switched off again; a class without lock only takes the default retention away.
 */
export class DataBucket extends pulumi.ComponentResource {
  /** AWS's name of the bucket. */
  public readonly bucketName: pulumi.Output<string>;
  /** The ARN of the bucket. */
  public readonly bucketArn: pulumi.Output<string>;

  /** @throws InputError with everything that is wrong with the arguments. */
  constructor(name: string, args: DataBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("DataBucket", name, argumentProblems(name, args));
    super("gabion:index:DataBucket", name, args, opts);

    const bucket = new s3.Bucket(
      name,
      {
        bucket: physicalName(name, args),
        forceDestroy: args.forceDestroy ?? false,
        tags: {
          Name: name,
          "gabion:bucket-class": args.bucketClass,
          ...deviationTags({ [LOCK_CONTROL]: args.unconfirmedRetention }),
        },
      },
      { parent: this, ...deletionProtection(args.deletionProtection) },
    );
    encrypt(name, args, bucket, this);
    const versioning = keepVersions(name, args, bucket, this);
    closeToPublic(name, args, bucket, this);
    logAccess(name, args, bucket, this);
    if (args.replication !== undefined && args.keyArn !== undefined) {
      const { region, accountId, keyArn, replication } = args;
      const source = { name, region, accountId, bucketName: physicalName(name, args), keyArn, replication };
      replicate(source, bucket, versioning, this);
    }

    this.bucketName = bucket.bucket;
    this.bucketArn = bucket.arn;
    this.registerOutputs({ bucketName: this.bucketName, bucketArn: this.bucketArn });
  }
}

function encrypt(name: string, { keyArn }: DataBucketArgs, bucket: s3.Bucket, parent: pulumi.Resource): void {
  new s3.BucketServerSideEncryptionConfiguration(
    name,
    {
      bucket: bucket.bucket,
      rules: [
        {
          ...(keyArn === undefined
            ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
            : {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
                bucketKeyEnabled: true,
              }),
          // Objects under a key that a caller brings and takes away again could not be read or scanned.
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
    },
    { parent },
  );
}

/** Versions, for how long they are locked, and when they end. */
function keepVersions(
  name: string,
  args: DataBucketArgs,
  bucket: s3.Bucket,
  parent: pulumi.Resource,
): s3.BucketVersioning {
  const versioning = new s3.BucketVersioning(
    name,
    { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
    { parent },
  );
  const retention = defaultRetention(args.bucketClass, args);
  if (retention !== undefined) {
    new s3.BucketObjectLockConfiguration(
      name,
      { bucket: bucket.bucket, rule: { defaultRetention: retention } },
      // S3 locks versions, so that there have to be some.
      { parent, dependsOn: [versioning] },
    );
  }
  new s3.BucketLifecycleConfiguration(
    name,
    { bucket: bucket.bucket, rules: lifecycleRules(args.bucketClass, args.noncurrentDays ?? 365, args) },
    // S3 ignores rules on versions of a bucket that has none yet.
    { parent, dependsOn: [versioning] },
  );
  return versioning;
}

/** One after the other: S3 refuses changes of a bucket's access settings at the same time. */
function closeToPublic(name: string, args: DataBucketArgs, bucket: s3.Bucket, parent: pulumi.Resource): void {
  const ownership = new s3.BucketOwnershipControls(
    name,
    { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { parent },
  );
  const block = new s3.BucketPublicAccessBlock(
    name,
    {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    { parent, dependsOn: [ownership] },
  );
  const policy = policyText(name, args);
  new s3.BucketPolicy(name, { bucket: bucket.bucket, policy }, { parent, dependsOn: [block] });
}

function logAccess(name: string, args: DataBucketArgs, bucket: s3.Bucket, parent: pulumi.Resource): void {
  if (args.accessLogBucket === undefined) return;
  const target = { bucket: bucket.bucket, targetBucket: args.accessLogBucket, ...ACCESS_LOG_KEYS };
  new s3.BucketLogging(name, target, { parent });
}
