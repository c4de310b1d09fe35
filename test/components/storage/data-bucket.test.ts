import fc from "fast-check";
import { POLICY_SIZE_LIMITS, policyDocument, policyJson } from "gabion-knowledge";
import { beforeAll, describe, expect, it } from "vitest";
import { BucketClass, DataBucket, type DataBucketArgs, TlsVersion } from "../../../components";
import { lifecycleRules } from "../../../components/storage/bucket-class";
import { bucketPolicy } from "../../../components/storage/bucket-policy";
import { deviation, keyArn, type Made, make, policyOf, problemsOf, scope, UNKNOWN } from "../support";

const args: DataBucketArgs = { ...scope, bucketClass: BucketClass.Dataset, keyArn };
const made = (more: Partial<DataBucketArgs> = {}, preview = true) =>
  make("DataBucket", () => new DataBucket("test-data", { ...args, ...more }), { preview });
const name = "test-data-111122223333";
const copies = {
  bucketArn: "arn:aws:s3:::copies",
  keyArn: keyArn.replace("eu-central-1", "eu-west-1"),
  region: "eu-west-1",
};

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
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
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
    expect(preview.child("BucketObjectLockConfiguration").inputs).toEqual({
      bucket: name,
      rule: { defaultRetention: { mode: "GOVERNANCE", days: 90 } },
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

  it("changes access settings one after the other, and lock and lifecycle of versions after there are some", () => {
    expect(preview.dependsOn(preview.child("BucketPublicAccessBlock"))).toContain("BucketOwnershipControls test-data");
    expect(preview.dependsOn(preview.child("BucketPolicy"))).toContain("BucketPublicAccessBlock test-data");
    expect(preview.dependsOn(preview.child("BucketLifecycleConfiguration"))).toContain("BucketVersioning test-data");
    expect(preview.dependsOn(preview.child("BucketObjectLockConfiguration"))).toContain("BucketVersioning test-data");
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
    const expiry = (days: number) => ({ ...more, id: "expiry", expiration: { days } });
    expect(lifecycleRules("model", 400)).toEqual([common(400)]);
    expect(lifecycleRules("feature", 90)).toEqual([common(90)]);
    expect(lifecycleRules("checkpoint", 30)).toEqual([common(30), tiering(7), expiry(90)]);
    expect(lifecycleRules("log", 400)).toEqual([common(400), tiering(30), expiry(731)]);
    expect(lifecycleRules("access-log", 30)).toEqual([common(30), expiry(731)]);
    expect(lifecycleRules("scratch", 1)).toEqual([common(1), expiry(14)]);
    expect(lifecycleRules("scratch", 1, { expireAfterDays: 3 })).toEqual([common(1), expiry(3)]);
    // What is gone before it would move need not move.
    expect(lifecycleRules("checkpoint", 1, { expireAfterDays: 7 })).toEqual([common(1), expiry(7)]);
    // S3 does not delete what is locked.
    expect(lifecycleRules("model", 90)).toEqual([common(365)]);
    expect(lifecycleRules("dataset", 90, { retentionDays: 120 })).toEqual([common(120), tiering(30)]);
  });

  it.each<[BucketClass, number | undefined]>([
    ["dataset", 90],
    ["model", 365],
    ["feature", 30],
    ["log", 365],
    ["checkpoint", undefined],
    ["scratch", undefined],
  ])(
    "locks by class, as long as nothing is confirmed in the mode that can be lifted: %s",
    async (bucketClass, days) => {
      const { customs } = await made({ bucketClass });
      const locks = customs.filter(({ type }) => type.endsWith(":BucketObjectLockConfiguration"));
      const retention = { rule: { defaultRetention: { mode: "GOVERNANCE", days } } };
      expect(locks.map(({ inputs }) => inputs)).toEqual(days === undefined ? [] : [{ bucket: name, ...retention }]);
    },
  );

  it("locks for everyone once the days are confirmed, and says where they are not yet", async () => {
    const confirmed = await made({ bucketClass: "model", retentionDays: 90, confirmedRetentionDays: 90 });
    expect(confirmed.child("BucketObjectLockConfiguration").inputs.rule).toEqual({
      defaultRetention: { mode: "COMPLIANCE", days: 90 },
    });
    const open = await made({ bucketClass: "model", unconfirmedRetention: deviation });
    expect(open.child("Bucket").inputs.tags).toMatchObject({ "gabion:deviation": "s3-object-lock:SEC-123:2027-01-31" });
  });

  it("is not replaced for a lock, which S3 takes in place", async () => {
    const locked = await made({ bucketClass: "model", confirmedRetentionDays: 365 });
    expect(Object.keys(locked.child("Bucket").inputs).sort()).toEqual(["bucket", "forceDestroy", "tags"]);
  });

  it("logs requests, by day, into a bucket that is named", async () => {
    const bucket = await made({ accessLogBucket: "my-access-logs" });
    expect(bucket.child("BucketLogging").inputs).toEqual({
      bucket: name,
      targetBucket: "my-access-logs",
      targetPrefix: "s3/",
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
    });
  });

  it("lets no older TLS through than it is told", async () => {
    const bucket = await made({ minimumTlsVersion: TlsVersion.Tls13 });
    expect(policyOf(bucket.child("BucketPolicy")).Statement[1]?.Condition).toEqual({
      NumericLessThan: { "s3:TlsVersion": "1.3" },
    });
  });

  it("has a policy that AWS takes, whatever the roles", () => {
    const role = fc.stringMatching(/^[a-zA-Z][\w-]{0,60}$/).map((text) => `arn:aws:iam::111122223333:role/${text}`);
    fc.assert(
      fc.property(fc.uniqueArray(role, { maxLength: 50 }), (outsideRoles) => {
        const text = policyJson(
          policyDocument(bucketPolicy({ ...scope, bucketName: name, tlsVersion: "1.2", outsideRoles })),
        );
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
    [{ retentionDays: 0 }, "retentionDays: it is out of range"],
    [{ retentionDays: 3651 }, "retentionDays: it is out of range"],
    [
      { confirmedRetentionDays: 365 },
      "confirmedRetentionDays: it confirms another retention than the bucket's, which is 90 days",
    ],
    [
      { retentionDays: 30, confirmedRetentionDays: 90 },
      "confirmedRetentionDays: it confirms another retention than the bucket's, which is 30 days",
    ],
    [{ bucketClass: "scratch", retentionDays: 9 }, "retentionDays: buckets of class scratch have no Object Lock"],
    [{ expireAfterDays: 9 }, "expireAfterDays: objects of a bucket of class dataset are kept"],
    [{ bucketClass: "scratch", expireAfterDays: 0 }, "expireAfterDays: it is out of range"],
    [{ bucketClass: "log", expireAfterDays: 365 }, "expireAfterDays: objects are locked for 365 days"],
    [{ bucketClass: "log", retentionDays: 800 }, "expireAfterDays: objects are locked for 800 days"],
    [{ unconfirmedRetention: { ...deviation, ticket: "" } }, "unconfirmedRetention.ticket: it names no ticket"],
    [{ minimumTlsVersion: "1.1" }, "minimumTlsVersion: it is not one of the known values"],
    [{ forceDestroy: true }, "forceDestroy: Object Lock holds the objects of a bucket of class dataset"],
    [{ accessLogBucket: "Logs" }, "accessLogBucket: S3 takes no such name, or TLS has no certificate for it"],
    [{ logSources: ["*"] }, "logSources: only a bucket of class access-log takes logs of others"],
    [{ replication: { ...copies, bucketArn: "copies" } }, "replication.bucketArn: it is not the ARN of an S3 bucket"],
    [{ replication: { ...copies, keyArn: "" } }, "replication.keyArn: it is needed"],
    [{ replication: { ...copies, region: "eu" } }, "replication.region: not the code of an AWS Region"],
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

describe("a DataBucket of access logs", () => {
  const logArgs: DataBucketArgs = { ...scope, bucketClass: BucketClass.AccessLog };
  const logs = (more: Partial<DataBucketArgs> = {}) =>
    make("DataBucket", () => new DataBucket("test-logs", { ...logArgs, ...more }), { preview: true });
  const statementsOf = async (more: Partial<DataBucketArgs> = {}) =>
    policyOf((await logs(more)).child("BucketPolicy")).Statement;
  const bucket = "arn:aws:s3:::test-logs-111122223333";

  it("has the encryption and the lack of a lock without which S3 delivers nothing", async () => {
    const { children } = await logs();
    expect(children.filter((child) => /ObjectLock|Logging/.test(child))).toEqual([]);
    expect((await logs()).child("BucketServerSideEncryptionConfiguration").inputs.rules).toEqual([
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
        blockedEncryptionTypes: ["SSE-C"],
      },
    ]);
  });

  it("lets S3 alone write, for buckets of the account alone, under the prefix that buckets log to", async () => {
    const statements = await statementsOf();
    expect(statements.filter(({ Effect }) => Effect === "Allow")).toEqual([
      {
        Sid: "AllowLogDelivery",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${bucket}/s3/*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" },
        },
      },
    ]);
    expect(statements).toContainEqual({
      Sid: "DenyOtherWriters",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: `${bucket}/*`,
      Condition: { StringNotEquals: { "aws:PrincipalServiceName": "logging.s3.amazonaws.com" } },
    });
    expect(statements).toContainEqual(
      expect.objectContaining({
        Sid: "DenyOtherEncryption",
        Condition: expect.objectContaining({ StringNotEquals: { "s3:x-amz-server-side-encryption": "AES256" } }),
      }),
    );
  });

  it("takes the logs of buckets that are named", async () => {
    const statements = await statementsOf({ logSources: ["prod-*", "other"] });
    expect(statements.at(-1)?.Condition).toMatchObject({
      ArnLike: { "aws:SourceArn": ["arn:aws:s3:::other", "arn:aws:s3:::prod-*"] },
    });
  });

  it("goes with its objects where that is asked for", async () => {
    expect((await logs()).child("Bucket").inputs.forceDestroy).toBe(false);
    expect((await logs({ forceDestroy: true })).child("Bucket").inputs.forceDestroy).toBe(true);
  });

  it("says all at once what it does not take", () => {
    const more = {
      keyArn,
      retentionDays: 30,
      confirmedRetentionDays: 30,
      accessLogBucket: "others",
      replication: copies,
      logSources: ["Prod"],
    };
    expect(problemsOf(() => new DataBucket("test-logs", { ...logArgs, ...more }))).toEqual([
      "keyArn: S3 delivers access logs to no bucket with a KMS key",
      "retentionDays: buckets of class access-log have no Object Lock",
      "confirmedRetentionDays: buckets of class access-log have no Object Lock",
      "accessLogBucket: a log of a log has no end",
      "replication: copies are encrypted with a KMS key, and access logs have none",
      "logSources[0]: no bucket has such a name",
    ]);
  });

  it("refuses more sources than the policy has room for", () => {
    const logSources = Array.from({ length: 500 }, (_, index) => `a-bucket-with-a-name-of-its-own-${index}`);
    expect(problemsOf(() => new DataBucket("test-logs", { ...logArgs, logSources }))).toEqual([
      expect.stringMatching(/^logSources: the bucket's policy would have \d+ bytes, and S3 takes 20480$/),
    ]);
  });
});

describe("a DataBucket with copies in another Region", () => {
  let bucket: Made;
  beforeAll(async () => {
    bucket = await made({ replication: copies });
  });

  it("copies everything but deletions, under a key of the other Region", () => {
    expect(bucket.child("BucketReplicationConfig").inputs).toEqual({
      bucket: name,
      role: UNKNOWN,
      rules: [
        {
          id: "everything",
          status: "Enabled",
          priority: 1,
          filter: { prefix: "" },
          deleteMarkerReplication: { status: "Disabled" },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
          destination: {
            bucket: copies.bucketArn,
            encryptionConfiguration: { replicaKmsKeyId: copies.keyArn },
          },
        },
      ],
    });
    const waits = bucket.dependsOn(bucket.child("BucketReplicationConfig"));
    expect(waits).toEqual(expect.arrayContaining(["BucketVersioning test-data", "RolePolicy test-data-replication"]));
  });

  it("has a role for it that S3 takes for this bucket alone, and that reads here and writes there", () => {
    const role = bucket.child("Role");
    expect(role.inputs.name).toBe("test-data-replication");
    expect(policyOf(role, "assumeRolePolicy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:s3:::test-data-111122223333" },
        },
      },
    ]);
    const resources = policyOf(bucket.child("RolePolicy")).Statement.map(({ Sid, Resource }) => [Sid, Resource]);
    expect(Object.fromEntries(resources)).toEqual({
      FindObjects: "arn:aws:s3:::test-data-111122223333",
      ReadObjects: "arn:aws:s3:::test-data-111122223333/*",
      Decrypt: keyArn,
      WriteCopies: "arn:aws:s3:::copies/*",
      EncryptCopies: copies.keyArn,
    });
  });

  it("lets that role in, which comes from no network", () => {
    const network = policyOf(bucket.child("BucketPolicy")).Statement.find(({ Sid }) => Sid === "DenyOutsideOfNetwork");
    expect(network?.Condition).toMatchObject({
      ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/test-data-replication" },
    });
  });
});
