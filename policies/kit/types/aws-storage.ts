import type * as s3 from "@pulumi/aws/s3";

/** S3, EFS, FSx, RDS, Backup. */
export interface AwsStorageArguments {
  "aws:s3/bucket:Bucket": s3.BucketArgs;
  "aws:s3/bucketPolicy:BucketPolicy": s3.BucketPolicyArgs;
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": s3.BucketPublicAccessBlockArgs;
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": s3.BucketServerSideEncryptionConfigurationArgs;
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": s3.BucketServerSideEncryptionConfigurationV2Args;
  "aws:s3/bucketV2:BucketV2": s3.BucketV2Args;
  "aws:s3/bucketVersioning:BucketVersioning": s3.BucketVersioningArgs;
  "aws:s3/bucketVersioningV2:BucketVersioningV2": s3.BucketVersioningV2Args;
}
