import fc from "fast-check";
import { POLICY_SIZE_LIMITS, policyDocument, policyJson } from "gabion-knowledge";
import { beforeAll, describe, expect, it } from "vitest";
import { BucketClass, DataBucket, type DataBucketArgs } from "../../../components";
import { lifecycleRules } from "../../../components/storage/bucket-class";
import { bucketPolicy } from "../../../components/storage/bucket-policy";
import { keyArn, type Made, make, policyOf, problemsOf, scope } from "../support";

const args: DataBucketArgs = { ...scope, bucketClass: BucketClass.Dataset, keyArn };
const made = (more: Partial<DataBucketArgs> = {}, preview = true) =>
  make("DataBucket", () => new DataBucket("test-data", { ...args, ...more }), { preview });
const name = "test-data-111122223333";

describe("DataBucket", () => {
  let preview: Made;
  beforeAll(async () => {
    preview = await made();
  });

  it("makes a bucket and one resource for each of its settings", () => {
    expect(preview.children).toEqual(
      [
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "aws:s3/bucketVersioning:BucketVersioning",
      ].map((type) => `${type} test-data`),
    );
  });

  it("knows all inputs in a preview", () => {
    expect(preview.child("Bucket").inputs).toEqual({
      bucket: name,
      forceDestroy: false,
      tags: { Name: "test-data", "gabion:bucket-class": "dataset" },
    });
    expect(preview.child("Bucket").protect).toBe(true);
    expect(preview.child("BucketVersioning").inputs).toEqual({
      bucket: name,
      versioningConfiguration: { status: "Enabled" },
    });
    expect(preview.child("BucketServerSideEncryptionConfiguration").inputs).toEqual({
      bucket: name,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
          bucketKeyEnabled: true,
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
    });
    expect(preview.child("BucketPublicAccessBlock").inputs).toEqual({
      bucket: name,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(preview.child("BucketOwnershipControls").inputs).toEqual({
      bucket: name,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
  });

  it("changes access settings one after the other, and the lifecycle of versions after there are some", () => {
    expect(preview.dependsOn(preview.child("BucketPublicAccessBlock"))).toContain("BucketOwnershipControls test-data");
    expect(preview.dependsOn(preview.child("BucketPolicy"))).toContain("BucketPublicAccessBlock test-data");
    expect(preview.dependsOn(preview.child("BucketLifecycleConfiguration"))).toContain("BucketVersioning test-data");
  });

  it("refuses in its policy what comes by other ways, identities or encryption, and allows nothing", () => {
    const object = "arn:aws:s3:::test-data-111122223333/*";
    const all = ["arn:aws:s3:::test-data-111122223333", object];
    const deny = { Effect: "Deny", Principal: "*" };
    const objectActions = [
      "s3:AbortMultipartUpload",
      "s3:DeleteObject*",
      "s3:GetObject*",
      "s3:PutObject*",
      "s3:RestoreObject",
    ];
    expect(policyOf(preview.child("BucketPolicy")).Statement).toEqual([
      {
        ...deny,
        Sid: "DenyPlainHttp",
        Action: "s3:*",
        Resource: all,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        ...deny,
        Sid: "DenyOldTls",
        Action: "s3:*",
        Resource: all,
        Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
      },
      {
        ...deny,
        Sid: "DenyOtherIdentities",
        Action: objectActions,
        Resource: object,
        Condition: {
          StringNotEquals: { "aws:PrincipalAccount": "111122223333" },
          Bool: { "aws:PrincipalIsAWSService": "false" },
        },
      },
      {
        ...deny,
        Sid: "DenyOutsideOfNetwork",
        Action: objectActions,
        Resource: object,
        Condition: {
          StringNotEquals: { "aws:VpceAccount": "111122223333" },
          Bool: { "aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false" },
        },
      },
      {
        ...deny,
        Sid: "DenyOtherEncryption",
        Action: "s3:PutObject",
        Resource: object,
        Condition: {
          Null: { "s3:x-amz-server-side-encryption": "false" },
          StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
        },
      },
    ]);
  });

  it("widens the perimeter to the organisation, and for roles that are named", async () => {
    const outside = "arn:aws:iam::111122223333:role/ingest";
    const bucket = await made(
      { organizationId: "o-abcdefghij", outsideRoles: [outside], bucketName: "my-data" },
      false,
    );
    const [, , identities, network] = policyOf(bucket.child("BucketPolicy")).Statement;
    expect(identities?.Condition).toMatchObject({ StringNotEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } });
    expect(network?.Condition).toMatchObject({
      StringNotEquals: { "aws:VpceOrgID": "o-abcdefghij" },
      ArnNotEquals: { "aws:PrincipalArn": outside },
    });
    expect(bucket.outputs).toEqual({ bucketName: "my-data", bucketArn: "arn:aws:s3:::my-data" });
  });

  it("leaves protection to the caller where its own is switched off", async () => {
    expect((await made({ deletionProtection: false })).child("Bucket").protect).toBeUndefined();
  });

  it("has a lifecycle for each class, with versions kept as long as told", async () => {
    const common = (days: number) => ({
      id: "versions-and-uploads",
      status: "Enabled",
      filter: { prefix: "" },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      noncurrentVersionExpiration: { noncurrentDays: days },
      expiration: { expiredObjectDeleteMarker: true },
    });
    const more = { status: "Enabled", filter: { prefix: "" } };
    const tiering = (days: number) => ({
      ...more,
      id: "tiering",
      transitions: [{ days, storageClass: "INTELLIGENT_TIERING" }],
    });
    expect(preview.child("BucketLifecycleConfiguration").inputs).toEqual({
      bucket: name,
      rules: [common(365), tiering(30)],
    });
    expect(lifecycleRules("model", 90)).toEqual([common(90)]);
    expect(lifecycleRules("feature", 90)).toEqual([common(90)]);
    expect(lifecycleRules("checkpoint", 30)).toEqual([common(30), tiering(7)]);
    expect(lifecycleRules("scratch", 1)).toEqual([common(1), { ...more, id: "expiry", expiration: { days: 14 } }]);
  });

  it("has a policy that AWS takes, whatever the roles", () => {
    const role = fc.stringMatching(/^[a-zA-Z][\w-]{0,60}$/).map((text) => `arn:aws:iam::111122223333:role/${text}`);
    fc.assert(
      fc.property(fc.uniqueArray(role, { maxLength: 50 }), (outsideRoles) => {
        const text = policyJson(policyDocument(bucketPolicy({ ...scope, bucketName: name, outsideRoles })));
        expect(text.length).toBeLessThan(POLICY_SIZE_LIMITS.bucketPolicy);
        for (const role of outsideRoles) expect(text).toContain(role);
        expect(text).not.toContain('"Allow"');
      }),
    );
  });

  it.each<[Partial<Record<keyof DataBucketArgs, unknown>>, string]>([
    [{ region: "" }, "region: not the code of an AWS Region"],
    [{ accountId: "a" }, "accountId: an account id is text of exactly twelve digits"],
    [{ bucketClass: undefined }, "bucketClass: it is needed"],
    [{ bucketClass: "archive" }, "bucketClass: it is not one of the known values"],
    [{ keyArn: undefined }, "keyArn: it is needed"],
    [{ keyArn: "aws/s3" }, "keyArn: it is not the ARN of a KMS key"],
    [{ bucketName: "with.dots" }, "bucketName: S3 takes no such name, or TLS has no certificate for it"],
    [{ noncurrentDays: 0 }, "noncurrentDays: it is out of range"],
    [{ organizationId: "org" }, "organizationId: it is not the id of an organisation"],
    [{ outsideRoles: ["*"] }, "outsideRoles[0]: it is not the ARN of an IAM role"],
  ])("refuses %o", (wrong, problem) => {
    expect(problemsOf(() => new DataBucket("test-data", { ...args, ...wrong } as DataBucketArgs))).toEqual([problem]);
  });

  it("refuses more roles than the policy has room for", () => {
    const outsideRoles = Array.from({ length: 500 }, (_, index) => `arn:aws:iam::111122223333:role/pipeline-${index}`);
    expect(problemsOf(() => new DataBucket("test-data", { ...args, outsideRoles }))).toEqual([
      expect.stringMatching(/^outsideRoles: the bucket's policy would have \d+ bytes, and S3 takes 20480$/),
    ]);
  });

  it("refuses a name that S3's own would be too long with, unless that is given", () => {
    const long = "n".repeat(51);
    expect(problemsOf(() => new DataBucket(long, args))).toHaveLength(1);
    expect(problemsOf(() => new DataBucket(long, { ...args, bucketName: "short", keyArn: "" }))).toEqual([
      "keyArn: it is needed",
    ]);
  });
});
