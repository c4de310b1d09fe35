import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EngineError } from "../../../sandbox/engine/api";
import {
  type Deployment,
  newManifest,
  orderedResource,
  printDeployment,
} from "../../../sandbox/engine/state/deployment";
import { parseDeployment } from "../../../sandbox/engine/state/parse";
import { fixture, stackResource, thing, urnOf } from "./support";

const options = { source: "/s/dev.json", wayOut: "Restore it.", stack: "dev", project: "p" };
const manifest = newManifest(new Date(0));
const root = stackResource();
const provider = { urn: urnOf("aws", "pulumi:providers:aws"), type: "pulumi:providers:aws", custom: true, id: "1" };

const document = (deployment: object, rest: object = {}): string =>
  JSON.stringify({ version: 3, deployment: { manifest, ...deployment }, ...rest });

const problemsOf = (text: string, rest: object = {}): string[] => {
  try {
    parseDeployment(text, { ...options, ...rest });
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError);
    expect((error as EngineError).kind).toBe("usage");
    const lines = (error as Error).message.split("\n");
    expect([lines[0], lines.at(-1)]).toEqual(["/s/dev.json cannot be used as a state:", "Restore it."]);
    return lines.slice(1, -1).map((line) => line.trim());
  }
  return [];
};

describe("a state file", () => {
  it("of the Pulumi CLI is read and printed again byte by byte", () => {
    const text = fixture("cli-export.txt");
    expect(printDeployment(parseDeployment(text, { ...options, stack: "vector" })).trimEnd()).toBe(text.trimEnd());
  });

  it("of any resources is read as it was printed", () => {
    const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
      fc.option(arbitrary, { nil: undefined });
    const resources = fc.array(
      fc.record({
        protect: optional(fc.boolean()),
        delete: optional(fc.constant(true)),
        retainOnDelete: optional(fc.boolean()),
        refreshBeforeUpdate: optional(fc.boolean()),
        initErrors: optional(fc.array(fc.string())),
        ignoreChanges: optional(fc.array(fc.string())),
        customTimeouts: optional(fc.record({ create: fc.nat() })),
        propertyDependencies: optional(fc.dictionary(fc.string(), fc.constant<string[]>([root.urn]))),
        inputs: optional(fc.dictionary(fc.string(), fc.jsonValue())),
        created: optional(fc.constant("2026-11-24T00:00:00.000Z")),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(resources, (extras) => {
        const things = extras.map((extra, at) => orderedResource({ ...thing(`t${at}`), ...extra }));
        const deployment: Deployment = {
          manifest,
          resources: [root, ...things],
          pending_operations: [{ resource: thing("new"), type: "creating" }],
          metadata: {},
        };
        const text = printDeployment(deployment);
        expect(JSON.parse(text).version).toBe(extras.some((extra) => extra.refreshBeforeUpdate) ? 4 : 3);
        expect(printDeployment(parseDeployment(text, options))).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ["an empty file", "", ["it is empty"]],
    ["text that is no JSON", '{"version": 3,\n "deployment": planted}', ["it is not JSON: line 2, column 16"]],
    ["JSON that was cut off", '{"version": 3', ["it is not JSON: it ends too early"]],
    [
      "another document",
      '{"a": 1}',
      ['it is not what `pulumi stack export` prints: {"version": 3, "deployment": {…}}'],
    ],
    ["a list", "[]", ['it is not what `pulumi stack export` prints: {"version": 3, "deployment": {…}}']],
    ["an old version", document({}, { version: 2 }), ["version: must be 3 (or 4 with known features), found 2"]],
    [
      "a version that is text",
      document({}, { version: "3" }),
      ["version: must be 3 (or 4 with known features), found a string"],
    ],
    [
      "an unknown feature",
      document({}, { version: 4, features: ["hooks", "time travel", 3] }),
      [
        'features[1]: "time travel" is not a feature that this engine has',
        "features[2]: must be a string, found a number",
      ],
    ],
    ["a missing manifest", '{"version":3,"deployment":{}}', ["deployment.manifest: must be an object, found nothing"]],
    [
      "a manifest of somebody else",
      document({ manifest: { ...manifest, version: "v9" } }),
      ["deployment.manifest.magic: does not fit the version, so something else than a Pulumi engine wrote this"],
    ],
    [
      "snippets",
      document({ snippets: [{}], resources: {} }),
      ["deployment.snippets: this engine does not have it", "deployment.resources: must be a list, found an object"],
    ],
    [
      "another secrets provider",
      document({ secrets_providers: { type: "service" } }),
      [
        'deployment.secrets_providers.type: "service" is not supported here, only "passphrase"; run `pulumi stack change-secrets-provider passphrase` before the export',
      ],
    ],
    [
      "a secrets provider without salt",
      document({ secrets_providers: { type: "passphrase", state: {} } }),
      ["deployment.secrets_providers.state.salt: must be a string"],
    ],
  ])("that is %s is refused with the reason", (_name, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it("with wrong fields is refused with all of them, values untold", () => {
    const wrong = {
      ...thing("a"),
      id: 5,
      protect: "planted",
      dependencies: ["x", 1],
      propertyDependencies: { a: "planted" },
      resourceHooks: [],
      customTimeouts: { create: "5m" },
      inputs: "planted",
      stackTrace: {},
      replaceWith: ["x"],
      mystery: 1,
    };
    expect(
      problemsOf(
        document({
          resources: [
            wrong,
            5,
            { urn: "nonsense", type: "t", provider: "here" },
            { ...thing("b"), type: "other:index:Thing" },
          ],
        }),
      ),
    ).toEqual([
      "deployment.resources[0].replaceWith: this engine does not have the replaceWith option",
      "deployment.resources[0].mystery: is not a field that this engine knows",
      "deployment.resources[0].id: must be a string, found a number",
      "deployment.resources[0].protect: must be true or false, found a string",
      "deployment.resources[0].dependencies: must be a list of strings, found a list",
      "deployment.resources[0].propertyDependencies.a: must be a list of strings, found a string",
      "deployment.resources[0].resourceHooks: must be an object, found a list",
      "deployment.resources[0].stackTrace: must be a list, found an object",
      "deployment.resources[0].customTimeouts.create: must be a number of seconds, found a string",
      "deployment.resources[0].inputs: must be an object, found a string",
      "deployment.resources[1]: must be an object, found a number",
      'deployment.resources[2].urn: "nonsense" is not a URN (urn:pulumi:<stack>::<project>::<type>::<name>)',
      'deployment.resources[2].provider: "here" is not a provider reference (<urn>::<id>)',
      'deployment.resources[3].type: "other:index:Thing" is not the type in its URN ("test:index:Thing")',
    ]);
  });

  it("with wrong properties is refused with their paths", () => {
    const key = "4dabf18193072939515e22adb298388d";
    const deep = JSON.parse(`${'{"a":'.repeat(600)}1${"}".repeat(600)}`);
    const inputs = {
      list: [{ [key]: "strange" }],
      secret: { [key]: "1b47061264138c4ac30d75fd1eb44270", value: "planted" },
    };
    expect(problemsOf(document({ resources: [{ ...thing("a"), parent: undefined, inputs, outputs: deep }] }))).toEqual([
      "deployment.resources[0].inputs.list[0]: has a signature that this engine does not know",
      "deployment.resources[0].inputs.secret: is a malformed secret: it must hold either ciphertext or plaintext",
      expect.stringMatching(/^deployment\.resources\[0\]\.outputs\.a\.a.*is nested more than 500 levels deep$/),
    ]);
  });

  it("with a broken order is refused as Pulumi refuses it", () => {
    const wrong = [
      {
        ...thing("a"),
        dependencies: [urnOf("b"), urnOf("gone")],
        propertyDependencies: { x: [urnOf("b")] },
        deletedWith: urnOf("gone"),
      },
      root,
      { ...thing("b"), provider: `${provider.urn}::1` },
      provider,
      { ...thing("c"), provider: `${provider.urn}::2` },
      { ...thing("d"), custom: false },
      thing("e"),
      { ...thing("e"), delete: true },
      thing("e"),
    ];
    expect(problemsOf(document({ resources: wrong }))).toEqual([
      `deployment.resources[0].parent: ${root.urn} comes after it in the list (of ${urnOf("a")})`,
      `deployment.resources[0].dependencies[0]: ${urnOf("b")} comes after it in the list (of ${urnOf("a")})`,
      `deployment.resources[0].dependencies[1]: ${urnOf("gone")} is not in the state (of ${urnOf("a")})`,
      `deployment.resources[0].propertyDependencies.x: ${urnOf("b")} comes after it in the list (of ${urnOf("a")})`,
      `deployment.resources[0].deletedWith: ${urnOf("gone")} is not in the state (of ${urnOf("a")})`,
      `deployment.resources[2].provider: ${provider.urn}::1 is not a provider earlier in the list (of ${urnOf("b")})`,
      `deployment.resources[4].provider: ${provider.urn}::2 is not a provider earlier in the list (of ${urnOf("c")})`,
      `deployment.resources[5].id: a component has no id (${urnOf("d")})`,
      `deployment.resources[8].urn: ${urnOf("e")} is in the state twice`,
    ]);
  });

  it("of another stack or project is refused once", () => {
    const text = document({ resources: [root, thing("a")] });
    expect(problemsOf(text, { stack: "prod" })).toEqual([
      'deployment.resources[0].urn: belongs to stack "dev", not "prod"',
    ]);
    expect(problemsOf(text, { project: "other" })).toEqual([
      'deployment.resources[0].urn: belongs to project "p", not "other"',
    ]);
  });

  it("lists at most twenty problems", () => {
    const found = problemsOf(document({ resources: Array.from({ length: 30 }, () => 1) }));
    expect(found).toHaveLength(21);
    expect(found.at(-1)).toBe("and 10 more");
  });

  it("of any content ends in a state or in a usage error, never in anything else", () => {
    const good = JSON.parse(
      document({
        resources: [root, thing("a"), thing("b")],
        pending_operations: [{ resource: thing("c"), type: "creating" }],
      }),
    );
    const paths: (string | number)[][] = [];
    const walk = (value: unknown, path: (string | number)[]): void => {
      paths.push(path);
      if (typeof value !== "object" || value === null) return;
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    };
    walk(good, []);
    const replaced = (value: unknown, [key, ...rest]: (string | number)[], put: unknown): unknown => {
      if (key === undefined) return put;
      const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
      copy[key] = replaced(copy[key], rest, put);
      return copy;
    };
    const isHandled = (text: string): void => {
      try {
        parseDeployment(text, options);
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        expect(error.message).toMatch(/^\/s\/dev\.json cannot be used as a state:\n(.*\n)+Restore it\.$/);
      }
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.oneof(fc.jsonValue(), fc.constantFrom("", "::", "urn:pulumi:a::b::c::d", -1, 3, [[]], [null])),
        (path, put) => isHandled(JSON.stringify(replaced(good, path, put))),
      ),
      { numRuns: 1000 },
    );
    fc.assert(fc.property(fc.string({ unit: "binary" }), isHandled), { numRuns: 200 });
    const text = JSON.stringify(good);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(200), fc.string(), (at, cut, put) =>
        isHandled(text.slice(0, at) + put + text.slice(at + cut)),
      ),
    );
  });
});
