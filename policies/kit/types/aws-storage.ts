import type * as cloudtrail from "@pulumi/aws/cloudtrail";
import type * as s3 from "@pulumi/aws/s3";
import type * as s3control from "@pulumi/aws/s3control";

/** S3 with the trail of its objects, EFS, FSx, RDS, Backup. */
export interface AwsStorageArguments {
  "aws:cloudtrail/trail:Trail": cloudtrail.TrailArgs;
  "aws:s3/accessPoint:AccessPoint": s3.AccessPointArgs;
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": s3.AccountPublicAccessBlockArgs;
  "aws:s3/bucket:Bucket": s3.BucketArgs;
  "aws:s3/bucketAcl:BucketAcl": s3.BucketAclArgs;
  "aws:s3/bucketAclV2:BucketAclV2": s3.BucketAclV2Args;
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": s3.BucketCorsConfigurationArgs;
  "aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2": s3.BucketCorsConfigurationV2Args;
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": s3.BucketLifecycleConfigurationArgs;
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": s3.BucketLifecycleConfigurationV2Args;
  "aws:s3/bucketLogging:BucketLogging": s3.BucketLoggingArgs;
  "aws:s3/bucketLoggingV2:BucketLoggingV2": s3.BucketLoggingV2Args;
  "aws:s3/bucketNotification:BucketNotification": s3.BucketNotificationArgs;
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": s3.BucketObjectLockConfigurationArgs;
  "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2": s3.BucketObjectLockConfigurationV2Args;
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": s3.BucketOwnershipControlsArgs;
  "aws:s3/bucketPolicy:BucketPolicy": s3.BucketPolicyArgs;
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": s3.BucketPublicAccessBlockArgs;
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": s3.BucketReplicationConfigArgs;
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": s3.BucketServerSideEncryptionConfigurationArgs;
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": s3.BucketServerSideEncryptionConfigurationV2Args;
  "aws:s3/bucketV2:BucketV2": s3.BucketV2Args;
  "aws:s3/bucketVersioning:BucketVersioning": s3.BucketVersioningArgs;
  "aws:s3/bucketVersioningV2:BucketVersioningV2": s3.BucketVersioningV2Args;
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": s3.BucketWebsiteConfigurationArgs;
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2": s3.BucketWebsiteConfigurationV2Args;
  "aws:s3/directoryBucket:DirectoryBucket": s3.DirectoryBucketArgs;
  "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint": s3control.MultiRegionAccessPointArgs;
}
