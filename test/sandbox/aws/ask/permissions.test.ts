import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AskedWorld, mayDo, type RequestValues } from "../../../../sandbox/aws/ask";
import { type Bench, bench, type Made, type Values } from "../client";
import { allow, document, grant, root, trust } from "../documents";
import { network, types } from "../ground";

let b: Bench;
let role: Made;
beforeEach(async () => {
  b = await bench();
  role = await b.client.create(types.role, "train", { assumeRolePolicy: trust("pods.eks.amazonaws.com") });
});
afterEach(() => b.end());

const arn = (one: Made) => String(one.outputs.arn);
const may = (action: string, resource: string, values: RequestValues = {}, through?: string) =>
  mayDo(new AskedWorld(b.twin.outOfBand().list()), {
    role: arn(role),
    action,
    resource,
    values,
    ...(through === undefined ? {} : { through }),
  }).answer;
const lets = (policy: string, name = "own") => b.client.create(types.rolePolicy, name, { role: role.id, policy });
const statement = (effect: string, action: string, more: Values = {}) => ({
  Effect: effect,
  Action: action,
  Resource: "*",
  ...more,
});

describe("who may do what", () => {
  it("is what the role's own policies allow and do not deny", async () => {
    expect(may("s3:GetObject", "arn:aws:s3:::data/x")).toBe("no");
    await lets(allow("s3:Get*", "arn:aws:s3:::data/*"));
    expect(may("s3:GetObject", "arn:aws:s3:::data/x")).toBe("yes");
    expect(may("s3:GetObject", "arn:aws:s3:::other/x")).toBe("no");
    await lets(document(statement("Deny", "s3:*", { Resource: "arn:aws:s3:::data/secret/*" })), "denial");
    expect(may("s3:GetObject", "arn:aws:s3:::data/secret/x")).toBe("no");
    expect(may("s3:GetObject", "arn:aws:s3:::data/x")).toBe("yes");
  });

  it("depends on values that are not known, and follows those that are", async () => {
    await lets(
      document(statement("Allow", "s3:GetObject", { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } })),
    );
    const ask = (values?: RequestValues) => may("s3:GetObject", "arn:aws:s3:::data/x", values);
    expect(ask()).toBe("depends");
    expect(ask({ "aws:sourceVpce": "vpce-1" })).toBe("yes");
    expect(ask({ "aws:SourceVpce": "vpce-2" })).toBe("no");
    expect(ask({ "aws:SourceVpce": null })).toBe("no");
  });

  it("depends on managed policies of AWS, whose text is not here", async () => {
    const attach = (name: string) =>
      b.client.create(types.attachment, name, { role: role.id, policyArn: `arn:aws:iam::aws:policy/${name}` });
    await attach("AmazonS3ReadOnlyAccess");
    expect(may("s3:GetObject", "*")).toBe("depends");
    await attach("AdministratorAccess");
    expect(may("s3:GetObject", "*")).toBe("yes");
  });

  it("stays within the boundary", async () => {
    const boundary = await b.client.create(types.policy, "boundary", { policy: allow("s3:*") });
    role = await b.client.create(types.role, "kept", {
      assumeRolePolicy: trust("ec2.amazonaws.com"),
      permissionsBoundary: arn(boundary),
    });
    await lets(allow("*"));
    expect(may("s3:GetObject", "*")).toBe("yes");
    expect(may("iam:CreateUser", "*")).toBe("no");
  });

  it("heeds the bucket's policy, for its objects too", async () => {
    const bucket = await b.client.create(types.bucket, "data", { bucket: "data-of-tests" });
    const object = `${arn(bucket)}/x`;
    const put = (policy: string) => b.client.create(types.bucketPolicy, "data", { bucket: bucket.id, policy });
    await put(grant({ AWS: arn(role) }, "s3:GetObject", `${arn(bucket)}/*`));
    expect(may("s3:GetObject", object)).toBe("yes");
    expect(may("s3:PutObject", object)).toBe("no");
    await put(
      document(
        { ...statement("Allow", "s3:GetObject"), Principal: { AWS: arn(role) } },
        { ...statement("Deny", "s3:*"), Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      ),
    );
    expect(may("s3:GetObject", object)).toBe("depends");
    expect(may("s3:GetObject", object, { "aws:SecureTransport": "true" })).toBe("yes");
    expect(may("s3:GetObject", object, { "aws:SecureTransport": "false" })).toBe("no");
  });

  it("uses a key only when its policy lets the role, or lets the account and the account the role", async () => {
    const kept = { ...statement("Allow", "kms:Put*"), Principal: { AWS: root } };
    const key = await b.client.create(types.key, "data", { policy: document(kept) });
    await lets(allow("kms:Decrypt"));
    expect(may("kms:Decrypt", arn(key))).toBe("no");
    const policy = (users: Values) =>
      b.client.create(types.keyPolicy, "data", { keyId: key.id, policy: document(kept, users) });
    await policy({ ...statement("Allow", "kms:*"), Principal: { AWS: root } });
    expect(may("kms:Decrypt", arn(key))).toBe("yes");
    expect(may("kms:Encrypt", arn(key))).toBe("no");
    await policy({
      ...statement("Allow", "kms:Decrypt"),
      Principal: { AWS: arn(role) },
      Condition: { StringEqualsIgnoreCase: { "kms:RecipientAttestation:PCR4": "AB" } },
    });
    expect(may("kms:Decrypt", arn(key))).toBe("depends");
    expect(may("kms:Decrypt", arn(key), { "kms:RecipientAttestation:PCR4": "ab" })).toBe("yes");
    expect(may("kms:Decrypt", arn(key), { "kms:RecipientAttestation:PCR4": null })).toBe("no");
  });

  it("goes through an endpoint only as its policy lets it", async () => {
    const n = await network(b.client);
    const gateway = { vpcId: n.vpc.id, serviceName: "com.amazonaws.eu-central-1.s3", routeTableIds: [n.table.id] };
    const endpoint = await b.client.create(types.endpoint, "s3", gateway);
    await lets(allow("s3:*"));
    expect(may("s3:GetObject", "arn:aws:s3:::data/x", {}, endpoint.id)).toBe("yes");
    await b.client.update(endpoint, { ...gateway, policy: grant("*", "s3:GetObject", "arn:aws:s3:::data/*") });
    expect(may("s3:GetObject", "arn:aws:s3:::data/x", {}, endpoint.id)).toBe("yes");
    expect(may("s3:GetObject", "arn:aws:s3:::other/x", {}, endpoint.id)).toBe("no");
  });
});
