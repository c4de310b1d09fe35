import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPolicyHost } from "../../../sandbox/engine/policy";
import type { PolicyHost } from "../../../sandbox/engine/policy/types";
import { unknownValue } from "../../../sandbox/engine/values/signatures";
import { hostOptions, pack, packFolder, resource, secretOf } from "./support";

let host: PolicyHost;
beforeAll(async () => {
  host = await startPolicyHost(hostOptions([pack("rules")]));
});
afterAll(() => host.close());

const version = { packName: "test-rules", packVersion: "9.9.9" };

describe("a running pack", () => {
  it("is known by its name and the version of its PulumiPolicy.yaml", () => {
    expect(host.packs).toEqual({ "test-rules": "9.9.9" });
  });

  it("reports a violation with level, severity and resource", async () => {
    const found = await host.analyze(resource("Thing", { name: "bad", owner: "me" }));
    expect(found).toEqual([
      {
        ...version,
        urn: "urn:pulumi:dev::proj::test:index:Thing::a",
        policyName: "named",
        enforcementLevel: "mandatory",
        severity: "high",
        message: "A thing must have the configured name.\nname is bad",
      },
    ]);
    expect(await host.analyze(resource("Thing", { name: "good", owner: "me" }))).toEqual([]);
  });

  it("marks what a rule cannot judge yet as undecided", async () => {
    const [found, ...rest] = await host.analyze(resource("Thing", { name: unknownValue, owner: "me" }));
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ policyName: "named", enforcementLevel: "advisory", undecided: true });
    expect(found?.message).toMatch(/^can't run policy 'named' .* during preview/);
  });

  it("gives the pack the environment, options, provider and tags that Pulumi gives", async () => {
    const [found] = await host.analyze(
      resource(
        "Echo",
        { a: 1, __internal: 2, deep: { __defaults: [], b: [true, null] } },
        {
          options: {
            protect: true,
            ignoreChanges: ["x"],
            deleteBeforeReplace: false,
            additionalSecretOutputs: ["s"],
            aliases: ["urn:old"],
            customTimeouts: { create: 60 },
            parent: "urn:parent",
          },
          provider: { urn: "urn:p", type: "pulumi:providers:test", name: "p", properties: { region: "eu" } },
        },
      ),
    );
    const told = JSON.parse(found?.message.split("\n")[1] ?? "");
    expect(told).toEqual({
      props: { a: 1, deep: { b: [true, null] } },
      urn: "urn:pulumi:dev::proj::test:index:Echo::a",
      name: "a",
      opts: {
        protect: true,
        ignoreChanges: ["x"],
        deleteBeforeReplace: false,
        aliases: ["urn:old"],
        customTimeouts: { createSeconds: 60, updateSeconds: 0, deleteSeconds: 0 },
        additionalSecretOutputs: ["s"],
        parent: "urn:parent",
      },
      provider: { type: "pulumi:providers:test", props: { region: "eu" }, urn: "urn:p", name: "p" },
      tag: "gold",
      cwd: packFolder("rules"),
      environment: {
        PULUMI_CONFIG: '{"proj:plain":"1","proj:token":"[secret]"}',
        PULUMI_STACK: "dev",
        PULUMI_NODEJS_STACK: "dev",
        PULUMI_PROJECT: "proj",
        PULUMI_ORGANIZATION: "organization",
        PULUMI_DRY_RUN: "true",
        EXTRA: "yes",
      },
    });
  });

  it("sees secrets in the clear, which we take out of its messages, also where they are quoted", async () => {
    const [plain] = await host.analyze(resource("Thing", { name: secretOf("p\"l'ain\nsecret"), owner: "me" }));
    expect(plain?.message).toBe("A thing must have the configured name.\nname is [secret]");
    const [quoted] = await host.analyze(resource("Echo", { value: secretOf({ deep: ['quo"ted secret', 123456] }) }));
    expect(quoted?.message).toContain('"props":{"value":{"deep":["[secret]",[secret]]}}');
  });

  it("changes inputs by remediation and keeps secrets marked", async () => {
    const thing = resource("Thing", { name: "good", key: secretOf("abcdef") });
    const { properties, findings } = await host.remediate(thing);
    expect(properties).toEqual({ name: "good", key: secretOf("abcdef"), owner: "team", token: secretOf("new-good") });
    expect(findings).toEqual([
      {
        ...version,
        urn: thing.urn,
        policyName: "fixed",
        enforcementLevel: "remediate",
        message: "Things get an owner.",
      },
    ]);
    const untouched = resource("Thing", { name: "good", owner: "me" });
    expect(await host.remediate(untouched)).toEqual({ properties: untouched.properties, findings: [] });
  });

  it("reports what a remediation left wrong as mandatory, and one that cannot run as advisory and undecided", async () => {
    const [found] = await host.analyze(resource("Thing", { name: "good" }));
    expect(found).toMatchObject({ policyName: "fixed", enforcementLevel: "mandatory" });
    const { properties, findings } = await host.remediate(resource("Thing", { name: "good", owner: unknownValue }));
    expect(properties).toEqual({ name: "good", owner: unknownValue });
    expect(findings).toMatchObject([{ policyName: "fixed", enforcementLevel: "advisory", undecided: true }]);
  });

  it("judges the stack with parents and dependencies", async () => {
    const stack = { ...resource("Root", {}), urn: "urn:pulumi:dev::proj::test:index:Root::root", name: "root" };
    const first = resource("Thing", {});
    const second = { ...resource("Thing", {}), urn: "urn:pulumi:dev::proj::test:index:Thing::b", name: "b" };
    const found = await host.analyzeStack([
      { ...stack, dependencies: [], propertyDependencies: {} },
      { ...first, dependencies: [], propertyDependencies: {} },
      {
        ...second,
        parent: stack.urn,
        dependencies: [first.urn],
        propertyDependencies: { name: [first.urn], none: [] },
      },
    ]);
    const common = { ...version, policyName: "count", enforcementLevel: "mandatory" };
    expect(found).toEqual([
      { ...common, urn: second.urn, message: "At most one thing.\nparent root, depends on a, name on a" },
      { ...common, urn: "", message: "At most one thing.\ntoo many" },
    ]);
  });

  it("names pack, rule and resource when a rule throws, and goes on working", async () => {
    await expect(host.analyze(resource("Throw", {}))).rejects.toThrow(
      /Policy pack .*rules failed in analyze for urn:pulumi:dev::proj::test:index:Throw::a: .*'throws'.*a rule that is broken/s,
    );
    expect(await host.analyze(resource("Thing", { name: "good", owner: "me" }))).toEqual([]);
  });
});

describe("a pack's configuration", () => {
  it("overrides levels and properties, and switches rules off", async () => {
    const own = await startPolicyHost(
      hostOptions([
        pack("rules", { all: "advisory", named: { enforcementLevel: "mandatory", name: "other" }, fixed: "disabled" }),
      ]),
    );
    try {
      const found = await own.analyze(resource("Thing", { name: "good" }));
      expect(found.map(({ policyName, enforcementLevel }) => [policyName, enforcementLevel])).toEqual([
        ["named", "mandatory"],
      ]);
      expect(await own.analyze(resource("Thing", { name: "other" }))).toEqual([]);
      const things = ["a", "b"].map((name) => ({
        ...resource("Thing", {}),
        urn: `urn:${name}`,
        dependencies: [],
        propertyDependencies: {},
      }));
      expect((await own.analyzeStack(things)).map((finding) => finding.enforcementLevel)).toEqual([
        "advisory",
        "advisory",
      ]);
    } finally {
      await own.close();
    }
  });

  it("is refused with all its problems", async () => {
    const config = {
      named: { name: 5 },
      nmaed: "mandatory",
      fixed: "strict",
      count: { enforcementLevel: 1 },
      environments: ["x"],
    };
    await expect(startPolicyHost(hostOptions([pack("rules", config)]))).rejects.toMatchObject({
      kind: "usage",
      message: [
        "The configuration of policy pack test-rules is not valid:",
        "  nmaed: is not a rule of the pack; its rules are count, echo, ends, fixed, hangs, named, throws",
        "  fixed: must be one of advisory, mandatory, remediate, disabled, or an object",
        "  count.enforcementLevel: must be one of advisory, mandatory, remediate, disabled",
        "  environments: Pulumi ESC environments are not supported by this engine",
        "  named.name: must be of type string",
        "Nothing was started.",
      ].join("\n"),
    });
  });
});
