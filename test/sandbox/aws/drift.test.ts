import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWorld } from "../../../sandbox/aws";
import { type Bench, bench, type Made, type Values } from "./client";
import { network, types, wayOut } from "./ground";

let b: Bench;
beforeEach(async () => {
  b = await bench({}, { region: "eu-central-1", defaultTags: { tags: { owner: "ml" } } });
});
afterEach(() => b.end());

const make = (type: string, inputs: Values, name = "one"): Promise<Made> => b.client.create(type, name, inputs);

/** What an update would do after a refresh has taken over what the resource is now. */
async function afterRefresh(made: Made, wanted: Values) {
  const now = await b.client.read(made);
  const name = made.urn.slice(made.urn.lastIndexOf(":") + 1);
  const { inputs } = await b.client.check(made.type, name, wanted, now.inputs);
  return (await b.client.diffRaw({ ...made, inputs: now.inputs, outputs: now.outputs }, inputs)).details;
}

describe("what somebody else changes", () => {
  it("shows in a refresh, and the next update takes it back", async () => {
    const wanted = { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true };
    const made = await make(types.vpc, wanted);
    b.twin.outOfBand().change(made.urn, { enableDnsHostnames: false });
    const now = await b.client.read(made);
    expect(now.outputs).toEqual({ ...made.outputs, enableDnsHostnames: false });
    expect(now.inputs.enableDnsHostnames).toBe(false);
    expect(await afterRefresh(made, wanted)).toEqual({ enableDnsHostnames: "UPDATE" });
    const again = await b.client.update({ ...made, inputs: now.inputs, outputs: now.outputs }, wanted);
    expect(again.outputs).toEqual(made.outputs);
  });

  it("may lie deep, in lists and in tags", async () => {
    const wanted = { name: "gpu", metadataOptions: { httpTokens: "required" }, tags: { team: "a", tier: "one" } };
    const made = await make(types.template, wanted);
    const account = b.twin.outOfBand();
    account.change(made.urn, { "metadataOptions.httpTokens": "optional", "tags.team": "b", "tags.extra": "c" });
    const now = await b.client.read(made);
    expect(now.outputs.tagsAll).toEqual({ owner: "ml", team: "b", tier: "one", extra: "c" });
    expect(await afterRefresh(made, wanted)).toEqual({
      "metadataOptions.httpTokens": "UPDATE",
      "tags.extra": "DELETE",
      "tags.team": "UPDATE",
      "tagsAll.extra": "DELETE",
      "tagsAll.team": "UPDATE",
    });
    account.change(made.urn, { "tags.extra": undefined, "tags.team": "a", "metadataOptions.httpTokens": "required" });
    expect((await b.client.read(made)).outputs).toEqual(made.outputs);
  });

  it("includes what was never asked for", async () => {
    const made = await make(types.logGroup, { name: "/ml/a" });
    b.twin.outOfBand().change("/ml/a", { retentionInDays: 1 });
    expect(await afterRefresh(made, { name: "/ml/a" })).toEqual({ retentionInDays: "UPDATE" });
  });

  it("includes deletion, which AWS refuses while something depends on it", async () => {
    const { vpc, group } = await network(b.client);
    const account = b.twin.outOfBand();
    expect(() => account.remove(vpc.id)).toThrow(/cannot be deleted: .*DependencyViolation/s);
    account.remove(String(group.outputs.arn));
    expect((await b.client.read(group)).id).toBe("");
    expect(b.twin.report().operations.some((one) => one.operation === "delete")).toBe(false);
  });

  it("is refused when it makes no sense", async () => {
    const made = await make(types.bucket, { bucket: "models-of-tests" });
    await make(types.versioning, { bucket: made.id, versioningConfiguration: { status: "Enabled" } });
    const account = b.twin.outOfBand();
    expect(() => account.change("vpc-0123", {})).toThrow("Account 123456789012 has no resource vpc-0123.");
    expect(() => account.change(made.id, {})).toThrow("models-of-tests is the name of several resources:");
    expect(() => account.change(made.urn, { versionning: {} })).toThrow(
      'aws:s3/bucket:Bucket has no property "versionning"',
    );
    expect(() => account.change(made.urn, { "tags..a": "b" })).toThrow('"tags..a" is no property path');
    expect(() => account.release("nothing")).toThrow('Nothing is held by "nothing".');
  });

  it("can be done to a stopped account, and not to one that is in use", async () => {
    const made = await make(types.vpc, { cidrBlock: "10.0.0.0/16" });
    expect(() => openWorld({ worldFolder: b.folder })).toThrow(
      `The simulated account is in use by process ${process.pid} (gabion).`,
    );
    b.client.close();
    await b.twin.stop();
    const world = openWorld({ worldFolder: b.folder, holder: "drift" });
    world.outOfBand.change(made.urn, { enableDnsSupport: false });
    expect(world.outOfBand.list(types.vpc).map((one) => one.outputs.enableDnsSupport)).toEqual([false]);
    world.close();
    await b.restart();
    expect((await b.client.read(made)).outputs.enableDnsSupport).toBe(false);
  });
});

describe("the report of a run", () => {
  it("counts virtual seconds along the longest chain of what needs what", async () => {
    const net = await network(b.client);
    const [gateway, route] = await wayOut(b.client, net);
    const { simulatedSeconds, criticalPath } = b.twin.report();
    // The VPC takes 12 s, a subnet 2 s, its association 1 s; the group and the gateway with its route take as long or less.
    expect(simulatedSeconds).toBe(15);
    expect(criticalPath.map(({ operation, seconds }) => [operation, seconds])).toEqual([
      ["create", 12],
      ["create", 2],
      ["create", 1],
    ]);
    expect(criticalPath.slice(0, 2).map((step) => step.urn)).toEqual([net.vpc.urn, net.a.urn]);
    await b.client.delete(route as Made);
    await b.client.delete(gateway as Made);
    expect(b.twin.report().simulatedSeconds).toBe(16);
  });

  it("begins anew with every run", async () => {
    await make(types.vpc, { cidrBlock: "10.0.0.0/16" });
    await b.restart();
    expect(b.twin.report()).toMatchObject({ simulatedSeconds: 0, criticalPath: [], operations: [], unsureFacts: [] });
    const key = await make(types.key, {});
    expect(b.twin.report().simulatedSeconds).toBe(20);
    b.twin.beginRun();
    expect(b.twin.report().simulatedSeconds).toBe(0);
    await b.client.delete(key);
    expect(b.twin.report().operations.map((one) => one.operation)).toEqual(["delete"]);
  });

  it("names what the table is not certain of, for the types that were used", async () => {
    await make(types.alias, { targetKeyId: (await make(types.key, {})).id });
    expect(b.twin.report().unsureFacts).toEqual([
      {
        type: "*",
        about: "durations of all operations",
        source: "commonly seen duration, AWS documents none",
        sure: "unsure",
      },
    ]);
    await b.client.check(types.cluster, "ml", { roleArn: "x", vpcConfig: { subnetIds: [] } });
    expect(b.twin.report().unsureFacts.map((fact) => fact.type)).toContain(types.cluster);
  });

  it("names types that it only knows generically, and refuses those that nobody knows", async () => {
    const made = await make("aws:sagemaker/notebookInstance:NotebookInstance", {
      instanceType: "ml.t3.medium",
      roleArn: "arn:aws:iam::123456789012:role/notebook",
    });
    expect(made.outputs).toMatchObject({
      arn: `arn:aws:sagemaker:eu-central-1:123456789012:notebookInstance/${made.id}`,
      name: expect.stringMatching(/^one-[0-9a-f]{7}$/),
      networkInterfaceId: expect.any(String),
    });
    expect(await b.client.read(made)).toEqual({ id: made.id, inputs: made.inputs, outputs: made.outputs });
    const changed = await b.client.update(made, { ...made.inputs, instanceType: "ml.m5.large" });
    await b.client.delete(changed);
    expect(b.twin.genericTypesUsed()).toEqual(["aws:sagemaker/notebookInstance:NotebookInstance"]);
    expect(b.twin.report().genericTypes).toEqual(["aws:sagemaker/notebookInstance:NotebookInstance"]);
    await expect(make("aws:ec2/cloud:Cloud", {})).rejects.toThrow(
      "aws:ec2/cloud:Cloud. @pulumi/aws has no such resource.",
    );
  });
});
