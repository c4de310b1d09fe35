import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, bench, Client, unknownValue, unmarked } from "./client";

const vpcType = "aws:ec2/vpc:Vpc";
const subnetType = "aws:ec2/subnet:Subnet";
const bucketType = "aws:s3/bucket:Bucket";

let b: Bench;
beforeEach(async () => {
  b = await bench({}, { region: "eu-central-1", defaultTags: JSON.stringify({ tags: { owner: "ml" } }) });
});
afterEach(() => b.end());

describe("a resource's life over the wire", () => {
  it("fills inputs in as the bridged provider does", async () => {
    const { inputs, failures } = await b.client.check(vpcType, "main", {
      cidrBlock: "10.0.0.0/16",
      tags: { Name: "main" },
    });
    expect(failures).toEqual([]);
    expect(inputs).toEqual({
      __defaults: ["enableDnsSupport", "instanceTenancy"],
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: true,
      instanceTenancy: "default",
      region: "eu-central-1",
      tags: { Name: "main" },
      tagsAll: { Name: "main", owner: "ml" },
    });
  });

  it("creates, reads, updates and deletes", async () => {
    const made = await b.client.create(vpcType, "main", { cidrBlock: "10.0.0.0/16" });
    expect(made.id).toMatch(/^vpc-0[0-9a-f]{16}$/);
    expect(made.outputs).toMatchObject({
      arn: `arn:aws:ec2:eu-central-1:123456789012:vpc/${made.id}`,
      cidrBlock: "10.0.0.0/16",
      ownerId: "123456789012",
      tagsAll: { owner: "ml" },
    });
    expect(await b.client.diff(made, { cidrBlock: "10.0.0.0/16" })).toEqual({});
    const read = await b.client.read(made);
    expect(read).toEqual({ id: made.id, inputs: made.inputs, outputs: made.outputs });
    const updated = await b.client.update(made, { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
    expect(updated.outputs).toEqual({ ...made.outputs, enableDnsHostnames: true });
    await b.client.delete(updated);
    expect((await b.client.read(updated)).id).toBe("");
  });

  it("names what replaces a resource", async () => {
    const made = await b.client.create(vpcType, "main", { cidrBlock: "10.0.0.0/16" });
    expect(await b.client.diff(made, { cidrBlock: "10.1.0.0/16", enableDnsHostnames: true, tags: { a: "b" } })).toEqual(
      {
        cidrBlock: "UPDATE_REPLACE",
        enableDnsHostnames: "UPDATE",
        tags: "ADD",
        "tagsAll.a": "ADD",
      },
    );
  });

  it("previews with unknown values for what AWS makes", async () => {
    const { inputs } = await b.client.check(subnetType, "a", { vpcId: unknownValue, cidrBlock: "10.0.0.0/24" });
    const made = await b.client.createRaw(subnetType, "a", inputs, true);
    expect(made.id).toBe("");
    expect(made.outputs).toMatchObject({
      arn: unknownValue,
      availabilityZone: unknownValue,
      cidrBlock: "10.0.0.0/24",
      id: unknownValue,
      ownerId: unknownValue,
      tagsAll: { owner: "ml" },
      vpcId: unknownValue,
    });
  });

  it("makes a name of the resource's name and seven digits, and keeps it", async () => {
    const first = await b.client.check(bucketType, "Data", {});
    expect(first.inputs.bucket).toMatch(/^data-[0-9a-f]{7}$/);
    expect(first.inputs.__defaults).toEqual(["bucket", "forceDestroy"]);
    const again = await b.client.check(bucketType, "Data", {}, first.inputs, "another seed");
    expect(again.inputs).toEqual(first.inputs);
    const fresh = await b.client.check(bucketType, "Data", {}, undefined, "another seed");
    expect(fresh.inputs.bucket).not.toBe(first.inputs.bucket);
    expect(unmarked(first.inputs)).toEqual({
      bucket: first.inputs.bucket,
      forceDestroy: false,
      region: "eu-central-1",
      tagsAll: { owner: "ml" },
    });
  });
});

describe("refusals", () => {
  it("names every wrong input with its path", async () => {
    const { failures } = await b.client.check(subnetType, "a", {
      cidrBlok: "x",
      mapPublicIpOnLaunch: "maybe",
      tags: ["a"],
    });
    expect(failures).toEqual([
      { property: "vpcId", reason: "Missing required property 'vpcId'" },
      { property: "cidrBlok", reason: "Unknown property 'cidrBlok'. Did you mean cidrBlock?" },
      {
        property: "mapPublicIpOnLaunch",
        reason: "Property 'mapPublicIpOnLaunch' must be true or false, found a string",
      },
      { property: "tags", reason: "Property 'tags' must be an object, found a list" },
    ]);
  });

  it("serves no stack that it was not started for", async () => {
    const urn = `urn:pulumi:prod::gabion::${vpcType}::main`;
    await expect(b.client.check(vpcType, "main", {}, undefined, "seed", urn)).rejects.toThrow(
      `The AWS twin does not serve stack "prod" of project "gabion" (asked for ${urn})`,
    );
    await expect(b.client.checkConfig({ region: "eu-central-1" }, "prod")).rejects.toThrow(
      'does not serve stack "prod"',
    );
  });

  it("knows every configuration key, and refuses others", async () => {
    const response = await b.client.checkConfig({
      region: "eu-central-1",
      regoin: "x",
      allowedAccountIds: "[12345678901]",
    });
    expect(response.failuresList.map((failure) => failure.property)).toEqual(["regoin", "allowedAccountIds"]);
  });

  it("refuses an account that is not allowed", async () => {
    const other = new Client(b.twin.address);
    const assumeRoles = JSON.stringify([{ roleArn: "arn:aws:iam::111122223333:role/deploy" }]);
    await expect(
      other.configure({ region: "eu-central-1", assumeRoles, allowedAccountIds: '["444455556666"]' }),
    ).rejects.toThrow("AWS account ID not allowed: 111122223333");
    other.close();
  });

  it("refuses look-ups that it does not have by name", async () => {
    expect(await b.client.invoke("aws:index/getCallerIdentity:getCallerIdentity")).toMatchObject({
      accountId: "123456789012",
    });
    expect(await b.client.invoke("aws:index/getRegion:getRegion")).toMatchObject({ region: "eu-central-1" });
    expect(await b.client.invoke("aws:index/getPartition:getPartition")).toMatchObject({
      partition: "aws",
      dnsSuffix: "amazonaws.com",
      reverseDnsPrefix: "com.amazonaws",
    });
    expect(await b.client.invoke("aws:index/getAvailabilityZones:getAvailabilityZones")).toEqual({
      id: "eu-central-1",
      region: "eu-central-1",
      names: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
      zoneIds: ["euc1-az1", "euc1-az2", "euc1-az3"],
      groupNames: ["eu-central-1", "eu-central-1", "eu-central-1"],
    });
    await expect(b.client.invoke("aws:ec2/getAmi:getAmi")).rejects.toThrow(
      "The AWS twin has no look-up aws:ec2/getAmi:getAmi.",
    );
  });
});
