import { forcesNew, sources, type TypeEntry } from "../entry";

const bucket: TypeEntry = {
  type: "aws:s3/bucket:Bucket",
  label: "S3 Bucket",
  api: "S3",
  cloudFormation: "AWS::S3::Bucket",
  id: "{bucket}",
  arn: "arn:{partition}:s3:::{id}",
  autoname: { property: "bucket", maxLength: 63, lowerCase: true },
  defaults: { forceDestroy: false },
  computed: {
    bucketDomainName: "{bucket}.s3.amazonaws.com",
    bucketRegion: "{region}",
    bucketRegionalDomainName: "{bucket}.s3.{region}.amazonaws.com",
    hostedZoneId: () => "Z21DNDUVLTQW6Q",
    objectLockEnabled: () => false,
    requestPayer: () => "BucketOwner",
  },
  replaces: forcesNew("bucket", "bucketPrefix", "objectLockEnabled"),
  seconds: { create: 2, update: 1, delete: 1, source: sources.seen },
};

export const entries: TypeEntry[] = [bucket];
