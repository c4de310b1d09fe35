import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, bench, type Made, type Values } from "./client";
import { allow, document, grant, keyPolicy, root, scalingRole, trust } from "./documents";
import { types } from "./ground";

let b: Bench;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.end());

const make = (type: string, inputs: Values, name = "one"): Promise<Made> => b.client.create(type, name, inputs);
const role = (name = "one", service = "ec2.amazonaws.com"): Promise<Made> =>
  make(types.role, { name, assumeRolePolicy: trust(service) }, name);
const arn = (one: Made): string => String(one.outputs.arn);

describe("IAM", () => {
  it("has role names once, whatever their case", async () => {
    await role("Trainer");
    await expect(role("trainer")).rejects.toThrow("EntityAlreadyExists: Role with name trainer already exists.");
  });

  it("deletes a role only without policies", async () => {
    const one = await role();
    const attached = await make(types.attachment, {
      role: one.id,
      policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    });
    await expect(b.client.delete(one)).rejects.toThrow(
      "DeleteConflict: Cannot delete entity, must detach all policies first.",
    );
    await b.client.delete(attached);
    await b.client.delete(one);
  });

  it("attaches to what exists, at most ten policies", async () => {
    await expect(make(types.attachment, { role: "nobody", policyArn: "arn:aws:iam::aws:policy/A" })).rejects.toThrow(
      "NoSuchEntity: The role with name nobody cannot be found.",
    );
    const one = await role();
    await expect(
      make(types.attachment, { role: one.id, policyArn: "arn:aws:iam::123456789012:policy/none" }),
    ).rejects.toThrow("Policy arn:aws:iam::123456789012:policy/none does not exist or is not attachable.");
    for (let at = 0; at < 10; at += 1) {
      await make(types.attachment, { role: one.id, policyArn: `arn:aws:iam::aws:policy/P${at}` }, `p${at}`);
    }
    await expect(
      make(types.attachment, { role: one.id, policyArn: "arn:aws:iam::aws:policy/P10" }, "p10"),
    ).rejects.toThrow("Cannot exceed quota for PoliciesPerRole: 10");
  });

  it.each([
    [types.policy, { policy: "no" }, "MalformedPolicyDocument: Syntax errors in policy."],
    [types.policy, { policy: grant("*", "s3:*", "*") }, "Policy document should not specify a principal."],
    [types.policy, { policy: allow("s3:GetObject", "x".repeat(6144)) }, "Cannot exceed quota for PolicySize: 6144"],
    [types.role, { assumeRolePolicy: grant("*", "sts:AssumeRole", "*") }, "Has prohibited field Resource"],
    [types.role, { assumeRolePolicy: trust("x".repeat(4096)) }, "Cannot exceed quota for ACLSizePerRole: 4096"],
    [
      types.role,
      { assumeRolePolicy: grant({ AWS: "arn:aws:iam::123456789012:role/none" }, "sts:AssumeRole") },
      'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role/none"',
    ],
    [types.role, { assumeRolePolicy: trust("a.amazonaws.com"), maxSessionDuration: 60 }, "between 3600 and 43200"],
  ])("refuses %s %#", async (type, inputs, message) => {
    await expect(make(type, inputs)).rejects.toThrow(message);
  });

  it("shows a new role to other services only after a while, and the time is counted", async () => {
    const one = await role();
    await make(types.key, { policy: keyPolicy({ AWS: arn(one) }) });
    const waits = b.twin.report().operations.at(-1)?.waits;
    expect(waits).toEqual([{ seconds: 12, reason: `${one.urn} was not visible yet` }]);
    await b.restart();
    await make(types.key, { policy: keyPolicy({ AWS: arn(one) }) }, "two");
    expect(b.twin.report().operations.at(-1)?.waits).toEqual([]);
  });
});

describe("KMS", () => {
  it.each([
    [{ policy: "no" }, "MalformedPolicyDocumentException"],
    [
      { policy: grant({ Service: "s3.amazonaws.com" }, "kms:*", "*") },
      "will not allow you to update the key policy in the future",
    ],
    [{ policy: keyPolicy({ AWS: "arn:aws:iam::123456789012:role/none" }) }, "one or more invalid principals"],
    [{ deletionWindowInDays: 3 }, "PendingWindowInDays must be between 7 and 30, found 3"],
    [
      { enableKeyRotation: true, rotationPeriodInDays: 30 },
      "RotationPeriodInDays must be between 90 and 2560, found 30",
    ],
    [{ enableKeyRotation: true, customerMasterKeySpec: "RSA_2048" }, "UnsupportedOperationException"],
  ])("refuses a key with %o", async (inputs, message) => {
    await expect(make(types.key, inputs)).rejects.toThrow(message);
  });

  it("takes service-linked roles in policies as there", async () => {
    expect((await make(types.key, { policy: keyPolicy({ AWS: scalingRole }) })).id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("keeps a deleted key in its window, of no use to anybody", async () => {
    const key = await make(types.key, { deletionWindowInDays: 7 });
    await b.client.delete(key);
    await expect(make(types.alias, { targetKeyId: key.id })).rejects.toThrow(
      `KMSInvalidStateException: ${key.id} is pending deletion.`,
    );
    expect(b.twin.report().leftovers).toEqual([
      { account: "123456789012", what: `key ${key.id} (${key.urn}), pending deletion`, until: "2026-01-08T00:00:20Z" },
    ]);
  });

  it("has alias names once", async () => {
    const key = await make(types.key, {});
    await make(types.alias, { name: "alias/data", targetKeyId: key.id });
    await expect(make(types.alias, { name: "alias/data", targetKeyId: key.id }, "two")).rejects.toThrow(
      "AlreadyExistsException: An alias with the name alias/data already exists",
    );
    await expect(make(types.alias, { name: "data", targetKeyId: key.id }, "three")).rejects.toThrow("InvalidAliasName");
  });

  it("judges the use of a key by the policy that is set apart from it", async () => {
    const key = await make(types.key, {});
    const inputs = { name: "/ml/audit", kmsKeyId: arn(key) };
    await expect(make(types.logGroup, inputs)).rejects.toThrow(
      "AccessDeniedException: The specified KMS key does not exist or is not allowed to be used with Arn 'arn:aws:logs:eu-central-1:123456789012:log-group:/ml/audit'",
    );
    const apart = await make(types.keyPolicy, {
      keyId: key.id,
      policy: keyPolicy({ Service: "logs.eu-central-1.amazonaws.com" }),
    });
    const group = await make(types.logGroup, inputs);
    await b.client.delete(group);
    await b.client.delete(apart);
    await expect(make(types.logGroup, inputs)).rejects.toThrow("AccessDeniedException");
  });
});

describe("S3", () => {
  const bucket = (more: Values = {}, name = "one") => make(types.bucket, { bucket: "models-of-tests", ...more }, name);

  it("has names once, in their form", async () => {
    await bucket();
    await expect(bucket({}, "two")).rejects.toThrow("BucketAlreadyOwnedByYou");
    await expect(make("aws:s3/bucketV2:BucketV2", { bucket: "models-of-tests" })).rejects.toThrow(
      "BucketAlreadyOwnedByYou",
    );
    for (const name of ["ab", "Models", "a..b", "10.0.0.1"]) {
      await expect(bucket({ bucket: name }, "three")).rejects.toThrow("InvalidBucketName");
    }
  });

  it("deletes only an empty bucket, or one that may be emptied", async () => {
    const one = await bucket();
    const object = await make(types.object, { bucket: one.id, key: "weights", content: "x" });
    await expect(b.client.delete(one)).rejects.toThrow("BucketNotEmpty: The bucket you tried to delete is not empty.");
    const emptied = await b.client.update(one, { bucket: "models-of-tests", forceDestroy: true });
    await b.client.delete(emptied);
    expect((await b.client.read(object)).id).toBe("");
  });

  it("does not empty a bucket of what is locked", async () => {
    const one = await bucket({ forceDestroy: true, objectLockEnabled: true });
    await make(types.object, {
      bucket: one.id,
      key: "weights",
      content: "x",
      objectLockMode: "COMPLIANCE",
      objectLockRetainUntilDate: "2030-01-01T00:00:00Z",
    });
    await expect(b.client.delete(one)).rejects.toThrow(
      "AccessDenied: Access Denied because object protected by object lock (models-of-tests/weights, until 2030-01-01T00:00:00Z).",
    );
  });

  it("finds objects that somebody else put there", async () => {
    const one = await bucket();
    b.twin
      .outOfBand()
      .add("aws:s3/bucketObjectv2:BucketObjectv2", "eu-central-1", `${one.id}/log`, { bucket: one.id, key: "log" });
    await expect(b.client.delete(one)).rejects.toThrow("BucketNotEmpty");
  });

  it.each([
    ["aws:s3/bucketPolicy:BucketPolicy", { policy: "no" }, "Policies must be valid JSON"],
    [
      "aws:s3/bucketPolicy:BucketPolicy",
      { policy: grant("*", "s3:*", "arn:aws:s3:::other/*") },
      "Policy has invalid resource",
    ],
    [
      "aws:s3/bucketPolicy:BucketPolicy",
      { policy: grant({ AWS: "arn:aws:iam::123456789012:role/none" }, "s3:*", "arn:aws:s3:::models-of-tests/*") },
      "Invalid principal in policy",
    ],
    [
      "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
      {},
      "Versioning must be 'Enabled' on the bucket",
    ],
    [
      "aws:s3/bucketLogging:BucketLogging",
      { targetBucket: "nowhere-to-be-found", targetPrefix: "" },
      "InvalidTargetBucketForLogging: The target bucket for logging does not exist",
    ],
    ["aws:s3/bucketAcl:BucketAcl", { acl: "private" }, "AccessControlListNotSupported: The bucket does not allow ACLs"],
    [
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      { rules: [{ id: "a", status: "Enabled", transitions: [{ days: 1, storageClass: "STANDARD_IA" }] }] },
      "'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'",
    ],
    [
      "aws:s3/bucketNotification:BucketNotification",
      { queues: [{ queueArn: "arn:aws:sqs:eu-central-1:123456789012:none", events: ["s3:ObjectCreated:*"] }] },
      "Unable to validate the following destination configurations",
    ],
  ])("refuses %s %#", async (type, inputs, message) => {
    await bucket();
    await expect(make(type, { bucket: "models-of-tests", ...inputs })).rejects.toThrow(message);
    await expect(make(type, { ...inputs, bucket: "nowhere-at-all" })).rejects.toThrow("NoSuchBucket");
  });

  it("refuses a public policy while those are blocked", async () => {
    await bucket();
    await make("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
      bucket: "models-of-tests",
      blockPublicPolicy: true,
    });
    const policy = grant("*", "s3:GetObject", "arn:aws:s3:::models-of-tests/*");
    await expect(make(types.bucketPolicy, { bucket: "models-of-tests", policy })).rejects.toThrow(
      "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access",
    );
    const conditioned = document({
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::models-of-tests/*",
      Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
    });
    await make(types.bucketPolicy, { bucket: "models-of-tests", policy: conditioned });
  });

  it("does not suspend versions under Object Lock", async () => {
    await bucket({ objectLockEnabled: true });
    const status = (value: string) => ({ bucket: "models-of-tests", versioningConfiguration: { status: value } });
    await expect(make(types.versioning, status("Suspended"))).rejects.toThrow("InvalidBucketState");
    await make(types.versioning, status("Enabled"));
  });
});

describe("names that outlive what they named", () => {
  it("keeps a secret's name for its recovery window", async () => {
    const inputs = { name: "ml/db", recoveryWindowInDays: 7 };
    await b.client.delete(await make(types.secret, inputs));
    await expect(make(types.secret, inputs)).rejects.toThrow(
      "InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
    const atOnce = { name: "ml/other", recoveryWindowInDays: 0 };
    await b.client.delete(await make(types.secret, atOnce));
    await make(types.secret, atOnce);
    await expect(make(types.secret, atOnce, "two")).rejects.toThrow("ResourceExistsException");
  });

  it("has log groups once and keeps those that are protected or skipped", async () => {
    const group = await make(types.logGroup, { name: "/ml/a", deletionProtectionEnabled: true });
    await expect(make(types.logGroup, { name: "/ml/a" }, "two")).rejects.toThrow("ResourceAlreadyExistsException");
    await expect(b.client.delete(group)).rejects.toThrow("deletion protection enabled");
    await expect(make(types.logGroup, { retentionInDays: 31 }, "three")).rejects.toThrow("31 is not a valid retention");
    const skipped = await make(types.logGroup, { name: "/ml/b", skipDestroy: true }, "four");
    await b.client.delete(skipped);
    expect(b.twin.report().leftovers.map((one) => one.what)).toEqual([
      "aws:cloudwatch/logGroup:LogGroup /ml/b, made outside of any stack",
    ]);
  });

  it("takes policies of principals that exist", async () => {
    const repository = await make(types.repository, { name: "models" });
    await expect(
      make("aws:ecr/repositoryPolicy:RepositoryPolicy", {
        repository: repository.id,
        policy: grant({ AWS: "arn:aws:iam::123456789012:role/none" }, "ecr:*"),
      }),
    ).rejects.toThrow("invalid principal arn:aws:iam::123456789012:role/none");
    await expect(make(types.repository, { name: "Models" }, "two")).rejects.toThrow("repositoryName");
    await make("aws:ecr/registryPolicy:RegistryPolicy", { policy: grant({ AWS: root }, "ecr:*", "*") });
  });
});
