import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { InstantEngine, type Registration, runInOwnProcess, runInProcess, UNKNOWN } from "./instant-engine";

class Resource extends pulumi.CustomResource {
  declare readonly value: pulumi.Output<unknown>;
  declare readonly arn: pulumi.Output<string>;

  constructor(
    name: string,
    props: pulumi.Inputs = {},
    opts?: pulumi.CustomResourceOptions,
    type = "aws:s3/thing:Thing",
  ) {
    super(type, name, { arn: undefined, value: undefined, ...props }, opts);
  }
}

class Provider extends pulumi.ProviderResource {}

class Component extends pulumi.ComponentResource {
  constructor(name: string, build: (self: Component) => void, opts?: pulumi.ComponentResourceOptions) {
    super("test:index:Component", name, { given: 1 }, opts);
    build(this);
    this.registerOutputs({ done: true });
  }
}

const urn = (types: string, name: string) => `urn:pulumi:test::gabion::${types}::${name}`;
const find = (registrations: readonly Registration[], name: string) =>
  registrations.find((found) => found.name === name) as Registration;

describe("the instant engine", () => {
  it("records parents, dependencies and every option", async () => {
    const { registrations, outputs } = await runInProcess(() => {
      const provider = new Provider("aws", "mine", { region: "eu-central-1" });
      const first = new Resource("first", { value: "a" }, { provider });
      new Component(
        "group",
        (self) => {
          new Resource(
            "inner",
            { value: first.arn, secret: pulumi.secret("s") },
            {
              parent: self,
              dependsOn: [first],
              protect: true,
              retainOnDelete: true,
              deleteBeforeReplace: true,
              ignoreChanges: ["value"],
              replaceOnChanges: ["arn"],
              additionalSecretOutputs: ["value"],
              aliases: [{ name: "old" }],
              deletedWith: first,
              customTimeouts: { create: "5m" },
              version: "1.2.3",
              import: "id-1",
            },
          );
        },
        { providers: [provider] },
      );
    });
    const providerUrn = urn("pulumi:providers:aws", "mine");
    expect(find(registrations, "first").provider).toMatch(new RegExp(`^${providerUrn}::`));
    expect(find(registrations, "group").providers).toEqual({ aws: find(registrations, "first").provider });
    expect(outputs.get(urn("test:index:Component", "group"))).toEqual({ done: true });
    expect(find(registrations, "inner")).toMatchObject({
      urn: urn("test:index:Component$aws:s3/thing:Thing", "inner"),
      parent: urn("test:index:Component", "group"),
      custom: true,
      inputs: { value: UNKNOWN, secret: { value: "s" } },
      dependencies: [urn("aws:s3/thing:Thing", "first")],
      propertyDependencies: { value: [urn("aws:s3/thing:Thing", "first")] },
      provider: find(registrations, "first").provider,
      protect: true,
      retainOnDelete: true,
      deleteBeforeReplace: true,
      ignoreChanges: ["value"],
      replaceOnChanges: ["arn"],
      additionalSecretOutputs: ["value"],
      deletedWith: urn("aws:s3/thing:Thing", "first"),
      customTimeouts: { create: "5m", update: "", delete: "" },
      version: "1.2.3",
      importId: "id-1",
    });
    expect(JSON.stringify(find(registrations, "inner").aliases)).toContain('"name":"old"');
    expect(find(registrations, "first").protect).toBeUndefined();
  });

  it("gives ids and outputs in an update and keeps them unknown in a preview", async () => {
    const program = () => {
      const made = new Resource("made", { value: "a" });
      return { id: made.id, arn: made.arn, value: made.value };
    };
    const root = urn("pulumi:pulumi:Stack", "gabion-test");
    const preview = await runInProcess(program);
    expect(preview.outputs.get(root)).toEqual({ id: UNKNOWN, arn: UNKNOWN, value: "a" });
    const update = await runInProcess(program, { preview: false, outputs: () => ({ arn: "arn:mine" }) });
    expect(update.outputs.get(root)).toEqual({ id: "made-id", arn: "arn:mine", value: "a" });
  });

  it("answers stack references with what it was told, and configuration", async () => {
    const read = (stackOutputs: Record<string, Record<string, unknown>>) =>
      runInProcess(
        () => {
          const reference = new pulumi.StackReference("below", { name: "organization/gabion/below" });
          return { a: reference.getOutput("a"), setting: new pulumi.Config("gabion").require("region") };
        },
        { stackOutputs, config: { "gabion:region": "eu-central-1" } },
      );
    const root = urn("pulumi:pulumi:Stack", "gabion-test");
    expect((await read({ below: { a: 1 } })).outputs.get(root)).toEqual({ a: 1, setting: "eu-central-1" });
    expect((await read({})).outputs.get(root)).toEqual({ setting: "eu-central-1" });
  });

  it("throws what the program throws, in its own course or in an output", async () => {
    await expect(
      runInProcess(() => {
        throw new Error("at once");
      }),
    ).rejects.toThrow("at once");
    const late = runInProcess(() => {
      pulumi.output(1).apply(() => {
        throw new Error("later");
      });
    });
    await expect(late).rejects.toThrow("later");
    expect((await runInProcess(() => pulumi.log.warn("careful"))).logs).toEqual([
      { severity: "warning", message: "careful" },
    ]);
  });

  it("keeps runs at the same time apart", async () => {
    const runs = await Promise.all(
      ["a", "b", "c"].map((stack) => runInProcess(() => new Resource(pulumi.getStack()), { stack })),
    );
    expect(runs.map(({ registrations }) => registrations.at(-1)?.urn)).toEqual(
      ["a", "b", "c"].map((stack) => `urn:pulumi:${stack}::gabion::aws:s3/thing:Thing::${stack}`),
    );
  });

  it("serves a program in a process of its own", async () => {
    const running = await new InstantEngine({ config: { "app:password": "x" } }).start();
    try {
      const folder = path.join(__dirname, "..", "fixtures", "programs", "basic");
      const { exitCode, milliseconds } = await runInOwnProcess(running, { folder });
      expect(exitCode).toBe(0);
      expect(milliseconds).toBeGreaterThan(0);
      expect(running.registrations.map(({ name }) => name)).toEqual(expect.arrayContaining(["first", "last"]));
    } finally {
      running.stop();
    }
  });
});
