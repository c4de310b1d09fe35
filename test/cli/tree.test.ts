import { describe, expect, it } from "vitest";
import { propertyChanges } from "../../cli/display/changes";
import { serviceOf, shortType } from "../../cli/display/resources";
import { mainSteps, renderTree } from "../../cli/display/tree";
import { unknownValue } from "../../cli/display/values";
import { resource, rootStack, step, urnOf } from "./support";

const bucket = "aws:s3/bucket:Bucket";
const vpc = "aws:ec2/vpc:Vpc";
const group = urnOf("gabion:index:DataBucket", "models");

const stackUnchanged = step("same", { old: rootStack(), new: rootStack() });
const component = resource("gabion:index:DataBucket", "models", { custom: false });
const inside = { urn: urnOf(`gabion:index:DataBucket$${bucket}`, "models"), parent: group };

describe("the tree of a run", () => {
  it("shows operations, changed properties, replacements with what forces them, secrets and unknown values", () => {
    const steps = [
      stackUnchanged,
      step("same", { old: component, new: component }),
      step(
        "update",
        {
          old: resource(bucket, "models", { ...inside, inputs: { tags: { owner: "a", x: "1" }, token: "[secret]" } }),
          new: resource(bucket, "models", { ...inside, inputs: { tags: { owner: "b", y: "2" }, token: "[secret]" } }),
        },
        {
          diffs: ["tags", "token"],
          detailedDiff: {
            "tags.owner": { kind: "update", inputDiff: true },
            "tags.x": { kind: "delete", inputDiff: true },
            "tags.y": { kind: "add", inputDiff: true },
            token: { kind: "update", inputDiff: true },
            __defaults: { kind: "update", inputDiff: true },
          },
        },
      ),
      step(
        "replace",
        {
          old: resource(vpc, "main", { inputs: { cidrBlock: "10.0.0.0/16", subnet: "a" } }),
          new: resource(vpc, "main", { inputs: { cidrBlock: "10.1.0.0/16", subnet: unknownValue } }),
        },
        {
          keys: ["cidrBlock"],
          detailedDiff: {
            cidrBlock: { kind: "update-replace", inputDiff: true },
            subnet: { kind: "update", inputDiff: true },
          },
        },
      ),
      step("create", { new: resource(bucket, "logs", { inputs: { bucket: "logs" } }) }),
      step("delete", { old: resource(bucket, "old") }),
      step("same", { old: resource(bucket, "kept"), new: resource(bucket, "kept") }),
    ];
    expect(renderTree(steps)).toEqual([
      "    pulumi:pulumi:Stack         gabion-sandbox",
      "    ├─ gabion:index:DataBucket  models",
      " ~  │  └─ aws:s3:Bucket         models          update",
      '    │        ~ tags.owner: "a" => "b"',
      '    │        - tags.x: "1"',
      '    │        + tags.y: "2"',
      "    │        ~ token: [secret] => [secret]",
      " +- ├─ aws:ec2:Vpc              main            replace (because of cidrBlock)",
      '    │     ~ cidrBlock: "10.0.0.0/16" => "10.1.0.0/16"  (forces replacement)',
      '    │     ~ subnet: "a" => output<string>',
      " +  ├─ aws:s3:Bucket            logs            create",
      " -  └─ aws:s3:Bucket            old             delete",
    ]);
  });

  it("shows resources that do not change, and all properties, when asked", () => {
    const steps = [
      stackUnchanged,
      step("same", { old: resource(bucket, "kept"), new: resource(bucket, "kept") }),
      step("create", { new: resource(bucket, "logs", { inputs: { bucket: "logs", __defaults: [] } }) }),
    ];
    expect(renderTree(steps, { showSames: true, everything: true })).toEqual([
      "    pulumi:pulumi:Stack  gabion-sandbox",
      "    ├─ aws:s3:Bucket     kept",
      " +  └─ aws:s3:Bucket     logs            create",
      '          + bucket: "logs"',
    ]);
  });

  it("is empty when nothing changes", () => {
    expect(renderTree([stackUnchanged])).toEqual([]);
  });

  it("takes a replacement as one resource, whatever the order of its parts", () => {
    const states = { old: resource(vpc, "main"), new: resource(vpc, "main") };
    const parts = [
      step("create-replacement", states, { logical: false }),
      step("replace", states),
      step("delete-replaced", { old: states.old }, { logical: false }),
    ];
    expect(mainSteps(parts).map(({ op }) => op)).toEqual(["replace"]);
    expect(mainSteps([...parts].reverse()).map(({ op }) => op)).toEqual(["replace"]);
  });
});

describe("the changes of a property", () => {
  const between = (before: Record<string, unknown>, after: Record<string, unknown>, rest = {}) =>
    propertyChanges(
      step(
        "update",
        { old: resource(bucket, "b", { inputs: before }), new: resource(bucket, "b", { inputs: after }) },
        rest,
      ),
    );

  it("are found without a detailed diff, in the named properties only", () => {
    const [before, after] = [
      { a: { b: [1, 2] }, c: 1 },
      { a: { b: [1, 3, 4] }, c: 2 },
    ];
    expect(between(before, after, { diffs: ["a"], keys: ["a"] })).toEqual([
      { path: "a.b[1]", kind: "update", replaces: true, before: 2, after: 3 },
      { path: "a.b[2]", kind: "add", replaces: true, after: 4 },
    ]);
    expect(between(before, after).map(({ path }) => path)).toEqual(["a.b[1]", "a.b[2]", "c"]);
  });

  it("inside a JSON text are shown one by one", () => {
    const policy = (action: string) => JSON.stringify({ Version: "2012-10-17", Statement: [{ Action: action }] });
    const detailedDiff = { policy: { kind: "update", inputDiff: true } };
    expect(between({ policy: policy("s3:Get") }, { policy: policy("s3:Put") }, { detailedDiff })).toEqual([
      { path: "policy (JSON) Statement[0].Action", kind: "update", replaces: false, before: "s3:Get", after: "s3:Put" },
    ]);
  });

  it("of a drift are those of the outputs", () => {
    const drifted = step(
      "update",
      {
        old: resource(bucket, "b", { inputs: { acl: "private" }, outputs: { acl: "public-read" } }),
        new: resource(bucket, "b", { inputs: { acl: "private" } }),
      },
      { detailedDiff: { acl: { kind: "update", inputDiff: false } } },
    );
    expect(propertyChanges(drifted)).toEqual([
      { path: "acl", kind: "update", replaces: false, before: "public-read", after: "private" },
    ]);
  });
});

describe("types", () => {
  it.each([
    ["aws:ec2/vpc:Vpc", "aws:ec2:Vpc", "ec2"],
    ["aws:index/other:Thing", "aws:index/other:Thing", "index"],
    ["pulumi:providers:aws", "pulumi:providers:aws", "providers"],
    ["vault:kv/secretV2:SecretV2", "vault:kv:SecretV2", "vault"],
    ["gabion:index:DataKey", "gabion:index:DataKey", "gabion"],
  ])("%s is shown as %s and counted under %s", (type, shown, service) => {
    expect(shortType(type)).toBe(shown);
    expect(serviceOf(type)).toBe(service);
  });
});
