import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { environmentNames, readEnvironment, readStackFile, type StackFile, stackOfFile } from "../../../stacks/files";
import { configOf, SHORTEST, TODAY, type Values } from "../documents";

/** A stack file with the shortest valid settings of a layer; `undefined` leaves a setting out. */
function file(name: string, layer: "account" | "foundation", more: Values = {}): StackFile {
  const values = Object.fromEntries(
    Object.entries({ ...SHORTEST[layer], ...more }).filter(([, value]) => value !== undefined),
  );
  const lines = Object.entries(values).map(([key, value]) => `  gabion:${key}: ${JSON.stringify(value)}\n`);
  return readStackFile(name, `config:\n${lines.join("")}`);
}

const account = (more: Values = {}) => file("dev-account", "account", more);
const foundation = (more: Values = {}) => file("dev", "foundation", more);
const read = (files: StackFile[], environment = "dev") => readEnvironment(environment, files, { today: TODAY });
const problemsIn = (files: StackFile[], environment = "dev") => {
  const result = read(files, environment);
  return result.ok ? [] : result.files.flatMap(({ stack, problems }) => problems.map((each) => ({ stack, ...each })));
};

describe("an environment", () => {
  it("is its stacks in the order of the layers, whatever the order of the files", () => {
    for (const files of [
      [account(), foundation()],
      [foundation(), account()],
    ]) {
      const result = read([...files, file("prod", "foundation", { environment: "prod" })]);
      expect(result).toEqual({
        ok: true,
        stacks: [
          expect.objectContaining({ name: "dev-account", layer: "account", usedByOthers: ["prod"] }),
          expect.objectContaining({ name: "dev", layer: "foundation", usedByOthers: [] }),
        ],
      });
    }
  });

  it("gives each stack its settings and what its program gets", () => {
    const result = read([account(), foundation()]);
    const [first, second] = result.ok ? result.stacks : [];
    expect(first?.file.config).toEqual(configOf(SHORTEST.account));
    expect(first?.settings).toMatchObject({ layer: "account", macie: true });
    expect(second?.settings).toMatchObject({ layer: "foundation", accountStack: "dev-account" });
  });

  it("may be built on the account stack of another one, and that one knows", () => {
    const shared = file("shared-account", "account", { environment: "shared" });
    const files = [shared, foundation({ accountStack: "shared-account" })];
    expect(read(files)).toEqual({ ok: true, stacks: [expect.objectContaining({ name: "dev" })] });
    expect(read(files, "shared")).toEqual({
      ok: true,
      stacks: [expect.objectContaining({ name: "shared-account", usedByOthers: ["dev"] })],
    });
  });

  it("is found among others, and named with them when it does not exist", () => {
    const files = [account(), foundation(), file("prod", "foundation", { environment: "prod" })];
    expect(environmentNames(files)).toEqual(["dev", "prod"]);
    expect(read(files, "prd")).toEqual({
      ok: false,
      message:
        'There is no environment "prd": no stack file has gabion:environment: prd. Did you mean prod? There are: dev, prod.',
      files: [],
    });
    expect(read([], "dev")).toEqual({
      ok: false,
      message:
        'There is no environment "dev": no stack file has gabion:environment: dev. There are no environments yet.',
      files: [],
    });
  });

  it("reports all problems of all its files in one message, and those of no other", () => {
    const files = [
      account({ region: "eu-central-1x", macie: "maybe" }),
      foundation({ region: "eu-central-1x", nodePools: [] }),
      file("prod", "foundation", { environment: "prod", region: "nowhere" }),
    ];
    const result = read(files);
    expect(problemsIn(files).map(({ stack, path: at }) => `${stack} ${at}`)).toEqual([
      "dev-account gabion:region",
      "dev-account gabion:macie",
      "dev gabion:region",
      "dev gabion:nodePools",
    ]);
    const message = result.ok ? "" : result.message;
    expect(message).toContain("2 settings in Pulumi.dev-account.yaml are wrong:\n\n  gabion:region\n");
    expect(message).toContain("2 settings in Pulumi.dev.yaml are wrong:\n\n  gabion:region\n");
    expect(message).not.toContain("prod");
  });

  it("has one stack of each layer", () => {
    expect(problemsIn([account(), foundation(), file("dev-b", "foundation")])).toEqual([
      {
        stack: "dev-b",
        path: "gabion:layer",
        found: '"foundation"',
        reason: "Pulumi.dev.yaml is the environment's stack of this layer",
        allowed: "one stack of each layer in an environment",
        remedy: "Give this stack another gabion:environment, or remove one of the two files",
      },
    ]);
  });

  it("has layers that exist", () => {
    expect(problemsIn([account(), foundation({ layer: "fundation" })])).toEqual([
      expect.objectContaining({
        stack: "dev",
        path: "gabion:layer",
        found: '"fundation"',
        remedy: "Did you mean foundation?",
      }),
    ]);
  });

  it("refuses files that are not YAML, as far as they may be its own", () => {
    const broken = readStackFile("dev-account", "config: [\n");
    const notYaml = expect.objectContaining({ reason: expect.stringMatching(/^it is not YAML/) });
    expect(problemsIn([broken, foundation()])).toEqual([notYaml]);
    expect(read([account(), foundation(), readStackFile("prod", "config: [\n")]).ok).toBe(true);
  });

  it("refuses an account stack of another environment that is not YAML", () => {
    const files = [readStackFile("shared-account", "a: [\n"), foundation({ accountStack: "shared-account" })];
    expect(problemsIn(files)).toEqual([
      expect.objectContaining({ stack: "shared-account", reason: expect.stringMatching(/^it is not YAML/) }),
    ]);
  });

  it("does not leave out a file that is called like it and names no environment, or one that does not fit", () => {
    for (const environment of [undefined, "deff"]) {
      expect(problemsIn([account({ environment }), foundation()])).toEqual([
        expect.objectContaining({ stack: "dev-account", path: "gabion:environment" }),
      ]);
    }
    // Here the name fits two environments, and the file says to which it belongs.
    const other = file("dev-eu", "foundation", { environment: "dev-eu" });
    expect(read([account(), foundation(), other]).ok).toBe(true);
  });

  it("never has secrets in its settings, and never shows them", () => {
    const sealed = readStackFile(
      "dev",
      `config:\n${Object.entries(SHORTEST.foundation)
        .map(([key, value]) => `  gabion:${key}: ${key === "owner" ? "{secure: v1:s3cr3t}" : JSON.stringify(value)}\n`)
        .join("")}`,
    );
    const result = read([account(), sealed]);
    expect(problemsIn([account(), sealed])).toEqual([
      expect.objectContaining({ path: "gabion:owner", found: "a secret" }),
    ]);
    expect(JSON.stringify(result)).not.toContain("s3cr3t");
  });
});

describe("the account stack that an environment is built on", () => {
  const at = { stack: "dev", path: "gabion:accountStack", allowed: "the name of an account stack" };

  it.each([
    ["dev-acount", "Did you mean dev-account?"],
    ["something-else", "Name one of dev-account"],
  ])("exists: %s", (accountStack, remedy) => {
    expect(problemsIn([account(), foundation({ accountStack })])).toEqual([
      {
        ...at,
        found: JSON.stringify(accountStack),
        reason: `there is no stack file Pulumi.${accountStack}.yaml`,
        remedy,
      },
    ]);
  });

  it("exists, where there is none at all", () => {
    expect(problemsIn([foundation()])).toEqual([
      expect.objectContaining({ ...at, remedy: "Write a stack file of the layer account first" }),
    ]);
  });

  it("is of the layer account", () => {
    const other = file("prod", "foundation", { environment: "prod" });
    expect(problemsIn([account(), other, foundation({ accountStack: "prod" })])).toEqual([
      {
        ...at,
        found: '"prod"',
        reason: 'Pulumi.prod.yaml is of the layer "foundation"',
        remedy: "Name a stack whose gabion:layer is account",
      },
    ]);
    expect(problemsIn([readStackFile("x", "config: {}\n"), foundation({ accountStack: "x" })])).toEqual([
      expect.objectContaining({ ...at, reason: "Pulumi.x.yaml does not say of which layer it is" }),
    ]);
  });

  it.each([
    ["accountId", { accountId: "444455556666" }, '"111122223333"', '"444455556666"'],
    ["region", { region: "eu-north-1" }, '"eu-central-1"', '"eu-north-1"'],
    ["sandbox", { sandbox: true }, '"false"', '"true"'],
  ])("has the same %s", (key, more, found, there) => {
    expect(problemsIn([account(more), foundation()])).toEqual([
      {
        stack: "dev",
        path: `gabion:${key}`,
        found,
        reason: `the stack is built on dev-account, where it is ${there}`,
        allowed: "the same as in Pulumi.dev-account.yaml",
        remedy: "Make the two files agree, or name another gabion:accountStack",
      },
    ]);
  });
});

describe("values without quotes, as the CLI hands them on", () => {
  const read = (text: string) => readEnvironment("dev", [account(), readStackFile("dev", text)], { today: TODAY });
  const text = (changes: Record<string, string>) => {
    const plain: Record<string, string> = {
      layer: "foundation",
      environment: "dev",
      region: "eu-central-1",
      accountId: '"111122223333"',
      owner: "team",
      dataClass: "internal",
      costCentre: "ml",
      accountStack: "dev-account",
      network: "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}",
      nodePools: "[{name: system, instanceTypes: [m7i.xlarge], minSize: 2, maxSize: 4}]",
      ...changes,
    };
    return `config:\n${Object.entries(plain)
      .map(([key, value]) => `  gabion:${key}: ${value}\n`)
      .join("")}`;
  };

  it("are taken where they stay what they are", () => {
    expect(read(text({ accountId: "111122223333", cluster: '{version: "1.35"}' })).ok).toBe(true);
  });

  it.each([
    ["cluster", "{version: 1.30}", "gabion:cluster.version", "1.3", 'if you wrote 1.30, write "1.30"'],
    ["cluster", "{version: 1.35}", "gabion:cluster.version", "1.35", 'if you wrote 1.35, write "1.35"'],
    ["accountId", "012345678901", "gabion:accountId", '"12345678901"', 'write "012345678901"'],
    ["accountId", "012345670123", "gabion:accountId", '"1402433619"', '"012345670123"'],
    [
      "deviations",
      "[{control: eks-public-endpoint, reason: the tunnel is not up yet, owner: team, ticket: SEC-1, expires: 2027-01-31}]",
      "gabion:deviations[0].expires",
      '"2027-01-31 00:00:00 +0000 UTC"',
      'Put it in quotes: "2027-01-31"',
    ],
  ])("are recognised where YAML changed them: %s: %s", (key, value, at, found, remedy) => {
    const result = read(text({ [key]: value }));
    const problems = result.ok ? [] : result.files.flatMap(({ problems }) => problems);
    expect(problems).toContainEqual(
      expect.objectContaining({
        path: at,
        found,
        reason: expect.stringContaining("because the quotes are missing"),
        remedy: expect.stringContaining(remedy),
      }),
    );
  });
});

describe("the stack files of this repository", () => {
  const folder = path.resolve(__dirname, "../../../stacks");
  const files = readdirSync(folder).flatMap((name) => {
    const stack = stackOfFile(name);
    return stack === undefined ? [] : [readStackFile(stack, readFileSync(path.join(folder, name), "utf8"))];
  });

  it("have the environment that a newcomer runs", () => {
    expect(environmentNames(files)).toContain("sandbox");
  });

  it.each(environmentNames(files))("of the environment %s are valid and hold no salt", (environment) => {
    const result = readEnvironment(environment, files, { today: TODAY });
    expect(result.ok ? "" : result.message).toBe("");
    const stacks = result.ok ? result.stacks : [];
    expect(stacks.filter(({ file }) => file.encryptionSalt !== undefined)).toEqual([]);
  });

  it("of the sandbox are only ever simulated, and are what its name promises", () => {
    const result = readEnvironment("sandbox", files, { today: TODAY });
    const stacks = result.ok ? result.stacks : [];
    expect(stacks.map(({ name, settings }) => [name, settings.sandbox])).toEqual([
      ["sandbox-account", true],
      ["sandbox", true],
    ]);
    const settings = stacks.at(-1)?.settings;
    if (settings?.layer !== "foundation") throw new Error("the sandbox has no foundation");
    expect(settings.network.zones).toHaveLength(3);
    expect(settings.nodePools.map(({ name }) => name)).toEqual(["system"]);
    expect(settings.gpuPools.map(({ efa }) => efa)).toEqual([true, false]);
    expect(settings.buckets.map((bucket) => bucket.class)).toEqual(["dataset", "model"]);
  });
});
