import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { POLICY_SIZE_LIMITS, type Problem, policyJson, printable } from "gabion-knowledge";
import {
  arnProblems,
  choiceProblems,
  integerProblems,
  missingProblems,
  nameProblems,
  roleArnProblems,
  type ScopeArgs,
  scopeProblems,
} from "../arguments/checks";
import { refuseArguments } from "../arguments/input-error";
import { deletionProtection } from "../arguments/protection";
import { BucketClass, lifecycleRules } from "./bucket-class";
import { bucketPolicy } from "./bucket-policy";

export interface DataBucketArgs extends ScopeArgs {
  /** What the bucket holds. */
  bucketClass: BucketClass;
  /** The ARN of the KMS key of the objects. Its policy must admit use through `s3`. */
  keyArn: pulumi.Input<string>;
  /**
   * AWS's name of the bucket, unique in the world.
   * @default the component's name and the account id, joined by a hyphen
   */
  bucketName?: string;
  /**
   * For how many days overwritten and deleted objects are kept, 1 to 3650.
   * @default 365
   */
  noncurrentDays?: number;
  /**
   * The organisation (`o-...`) whose identities and endpoints may reach objects. Without it: the account alone.
   * @default none
   */
  organizationId?: string;
  /**
   * ARNs of the roles that reach objects without an endpoint of the account's networks, for example of a pipeline that runs elsewhere.
   * @default none
   */
  outsideRoles?: string[];
  /**
   * Whether Pulumi refuses to delete the bucket. A bucket that holds objects is never deleted.
   * @default true
   */
  deletionProtection?: boolean;
}

/**
 * A bucket for data of one class: versions, encryption by a key of yours with a bucket key, no public access and no ACLs, a policy that
 * refuses what does not come by TLS, by own identities and through own endpoints, and a lifecycle by class.
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
        forceDestroy: false,
        tags: { Name: name, "gabion:bucket-class": args.bucketClass },
      },
      { parent: this, ...deletionProtection(args.deletionProtection) },
    );
    const versioning = encryptAndVersion(name, args, bucket, this);
    closeToPublic(name, args, bucket, this);
    new s3.BucketLifecycleConfiguration(
      name,
      { bucket: bucket.bucket, rules: lifecycleRules(args.bucketClass, args.noncurrentDays ?? 365) },
      // S3 ignores rules on versions of a bucket that has none yet.
      { parent: this, dependsOn: [versioning] },
    );

    this.bucketName = bucket.bucket;
    this.bucketArn = bucket.arn;
    this.registerOutputs({ bucketName: this.bucketName, bucketArn: this.bucketArn });
  }
}

function encryptAndVersion(
  name: string,
  args: DataBucketArgs,
  bucket: s3.Bucket,
  parent: pulumi.Resource,
): s3.BucketVersioning {
  new s3.BucketServerSideEncryptionConfiguration(
    name,
    {
      bucket: bucket.bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.keyArn },
          bucketKeyEnabled: true,
          // Objects under a key that a caller brings and takes away again could not be read or scanned.
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
    },
    { parent },
  );
  return new s3.BucketVersioning(
    name,
    { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
    { parent },
  );
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

function policyText(name: string, args: DataBucketArgs): string {
  const { region, accountId, organizationId, outsideRoles } = args;
  return policyJson(
    bucketPolicy({
      region,
      accountId,
      bucketName: physicalName(name, args),
      ...(organizationId === undefined ? {} : { organizationId }),
      ...(outsideRoles === undefined ? {} : { outsideRoles }),
    }),
  );
}

function physicalName(name: string, args: DataBucketArgs): string {
  return args.bucketName ?? `${name}-${args.accountId}`;
}

function argumentProblems(name: string, args: DataBucketArgs): Problem[] {
  const missing = missingProblems(args, ["bucketClass", "keyArn"]);
  const given = (path: string) => !missing.some((problem) => problem.path === path);
  const scope = scopeProblems(args);
  return [
    // A bucket's name has 63 characters, of which a hyphen and the account id take 13.
    ...nameProblems(name, args.bucketName === undefined ? 50 : 200),
    ...scope,
    ...missing,
    ...(given("bucketClass") ? choiceProblems("bucketClass", args.bucketClass, Object.values(BucketClass)) : []),
    ...(given("keyArn") ? arnProblems("keyArn", args.keyArn, "key") : []),
    ...bucketNameProblems(args.bucketName),
    ...integerProblems("noncurrentDays", args.noncurrentDays, { min: 1, max: 3650, unit: "days" }),
    ...organizationProblems(args.organizationId),
    ...roleArnProblems("outsideRoles", args.outsideRoles),
    ...(scope.length === 0 ? policySizeProblems(name, args) : []),
  ];
}

function policySizeProblems(name: string, args: DataBucketArgs): Problem[] {
  const size = policyText(name, args).length;
  if (size <= POLICY_SIZE_LIMITS.bucketPolicy) return [];
  const found = `a list of ${args.outsideRoles?.length}`;
  const reason = `the bucket's policy would have ${size} bytes, and S3 takes ${POLICY_SIZE_LIMITS.bucketPolicy}`;
  const remedy = "Let those roles reach the bucket through an endpoint, or share one role";
  return [{ path: "outsideRoles", found, reason, remedy }];
}

function bucketNameProblems(value: string | undefined): Problem[] {
  if (value === undefined || /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(value)) return [];
  const reason = "S3 takes no such name, or TLS has no certificate for it";
  const remedy = "Use 3 to 63 lower-case letters, digits and hyphens, a letter or digit first and last";
  return [{ path: "bucketName", found: printable(value), reason, remedy }];
}

function organizationProblems(value: string | undefined): Problem[] {
  if (value === undefined || /^o-[a-z0-9]{10,32}$/.test(value)) return [];
  const reason = "it is not the id of an organisation";
  return [{ path: "organizationId", found: printable(value), reason, remedy: 'Give one that starts with "o-"' }];
}
