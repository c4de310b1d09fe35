import * as fs from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EngineError } from "../../sandbox/engine/api";
import {
  accountFile,
  fakeEngine,
  finding,
  foundationFile,
  gabion,
  makeProject,
  resource,
  rootStack,
  step,
  twoEnvironments,
} from "./support";

const bucket = (stack: string) => step("create", { new: resource("aws:s3/bucket:Bucket", "data", { stack }) });
const unchanged = (stack: string) => step("same", { old: rootStack(stack), new: rootStack(stack) });

let root: string;
let remove: () => void;
beforeAll(() => {
  ({ root, remove } = makeProject());
});
afterAll(() => remove());

describe("wrong usage ends with exit code 2, one message, and nothing started", () => {
  const cases: [string, string, RegExp][] = [
    ["an unknown command", "prevew sandbox", /unknown command 'prevew'\n\(Did you mean preview\?\)/],
    ["an unknown option", "up sandbox --forse", /unknown option '--forse'/],
    ["no environment", "up", /missing required argument 'environment'/],
    ["an unknown environment", "up sandbx", /There is no environment "sandbx".*Did you mean sandbox\?/],
    [
      "an unknown layer",
      "up sandbox --layer vault",
      /The environment "sandbox" has no layer "vault". It has: account, foundation\./,
    ],
    [
      "an unknown engine",
      "up sandbox --engine fast",
      /argument 'fast' is invalid. Allowed choices are embedded, pulumi\./,
    ],
    ["a number that is none", "up sandbox --parallel many", /It must be a whole number/],
    ["a report of another engine", "preview dev --report r", /--report needs the embedded engine/],
    ["an unknown folder", "up sandbox --cwd nowhere", /There is no folder/],
    [
      "an unknown stack to serve",
      "sandbox providers --stack x",
      /There is no stack "x". There are: dev-account, dev, /,
    ],
    ["an unknown state to export", "sandbox export sandbox", /There is no state of stack "sandbox"/],
  ];

  it.each(cases)("%s", async (_name, line, message) => {
    const { run, calls } = fakeEngine({});
    const ran = await gabion(line, { cwd: root, run, commands: { pulumi: "/bin/pulumi" } });
    expect(ran.err).toMatch(message);
    expect(ran.err).not.toMatch(/^ {4}at /m);
    expect(ran.code).toBe(2);
    expect(ran.out).toBe("");
    expect(calls).toEqual([]);
    expect(ran.children).toEqual([]);
    expect(ran.twins.requests).toEqual([]);
  });

  it("outside of a project", async () => {
    const ran = await gabion("up sandbox", { cwd: path.parse(root).root });
    expect(ran.err).toMatch(/There is no Pulumi.yaml in .* or above it/);
    expect(ran.code).toBe(2);
  });

  it("a day that is none", async () => {
    const ran = await gabion("check sandbox", { cwd: root, environment: { GABION_TODAY: "2026-02-30" } });
    expect(ran.err).toMatch(/GABION_TODAY is "2026-02-30"/);
    expect(ran.code).toBe(2);
  });
});

describe("settings", () => {
  it("of all stacks are checked before anything starts, all problems at once, also for one layer", async () => {
    const wrong = makeProject({
      "sandbox-account": accountFile("sandbox").replace("eu-central-1", "eu-nowhere-9").replace("internal", "secret"),
      sandbox: foundationFile("sandbox", "sandbox-account").replace("minSize: 3", "minSize: 9"),
    });
    try {
      const { run, calls } = fakeEngine({});
      const ran = await gabion("up sandbox --layer foundation", { cwd: wrong.root, run });
      expect(ran.code).toBe(2);
      expect(ran.err).toContain("2 settings in Pulumi.sandbox-account.yaml are wrong");
      expect(ran.err).toContain("gabion:region");
      expect(ran.err).toContain("gabion:dataClass");
      expect(ran.err).toContain("gabion:nodePools[0]");
      expect(ran.err).toContain("Nothing was started.");
      expect(calls).toEqual([]);
      expect(fs.existsSync(path.join(wrong.root, ".gabion"))).toBe(false);
    } finally {
      wrong.remove();
    }
  });

  it("are checked alone by check", async () => {
    const ran = await gabion("check", { cwd: root });
    expect(ran.out).toBe(
      "dev: settings are valid. dev-account (account, pulumi engine), dev (foundation, pulumi engine)\n" +
        "sandbox: settings are valid. sandbox-account (account, embedded engine), sandbox (foundation, embedded engine)\n",
    );
    expect(ran.code).toBe(0);
  });
});

const exemptionsText = `exemptions:
  - rule: s3-tls-only
    stack: sandbox
    owner: ml-platform
    ticket: SEC-1
    reason: renamed next quarter
    expires: 2026-12-31
`;

describe("the embedded engine", () => {
  it("gets the stacks in the order of their layers, with everything that it needs", async () => {
    const { run, calls } = fakeEngine({});
    const ran = await gabion("up sandbox --parallel 3 --skip-preview", { cwd: path.join(root, "stacks"), run });
    expect(ran.code).toBe(0);
    expect(calls.map(({ stack }) => stack)).toEqual(["sandbox-account", "sandbox"]);
    expect(calls[1]).toMatchObject({
      operation: "up",
      project: { name: "gabion", root, main: path.join(root, "stacks"), nodeArgs: ["--a", "--b"] },
      stateFolder: path.join(root, ".gabion", "state"),
      passphrase: "correct horse",
      policyPacks: [{ path: path.join(root, "policies") }],
      parallel: 3,
      skipPreview: true,
      knownStacks: ["dev-account", "dev", "sandbox-account", "sandbox"],
    });
    expect(calls[1]?.config.values["gabion:accountStack"]).toBe("sandbox-account");
    expect(calls[1]?.config.values["gabion:sandbox"]).toBe("true");
    expect(calls[1]?.config.secretKeys).toEqual([]);
  });

  it("gets them the other way round for destroy, without policies", async () => {
    const { run, calls } = fakeEngine({});
    await gabion("destroy sandbox", { cwd: root, run });
    expect(calls.map(({ stack, policyPacks }) => [stack, policyPacks])).toEqual([
      ["sandbox", []],
      ["sandbox-account", []],
    ]);
  });

  it("gets one layer when asked, and other policy packs", async () => {
    const { run, calls } = fakeEngine({});
    await gabion("preview sandbox --layer account --policy-pack a --policy-pack /b", { cwd: root, run });
    expect(calls.map(({ stack, policyPacks }) => [stack, policyPacks])).toEqual([
      ["sandbox-account", [{ path: path.join(root, "a") }, { path: "/b" }]],
    ]);
  });

  it("gets the configuration of each pack, the exemptions beside the repository's policies, and the day", async () => {
    const { run, calls } = fakeEngine({});
    const own = makeProject();
    const write = (name: string, text: string) => fs.writeFileSync(path.join(own.root, name), text);
    fs.mkdirSync(path.join(own.root, "policies"));
    write("policies/exemptions.yaml", exemptionsText);
    write("all.json", '{"all":"advisory"}');
    const go = (line: string) => gabion(line, { cwd: own.root, run, environment: { GABION_TODAY: "2026-06-01" } });
    const one = "--layer foundation";
    try {
      await go(`preview sandbox ${one} --policy-pack-config all.json`);
      await go(`preview sandbox ${one} --policy-pack a`);
      await go(`preview sandbox ${one} --policy-pack a --policy-exemptions policies/exemptions.yaml`);
      await go(`destroy sandbox ${one}`);
      const pack = { path: path.join(own.root, "policies"), config: { all: "advisory" } };
      expect(calls[0]).toMatchObject({ policyPacks: [pack], today: "2026-06-01" });
      const exemptions = {
        source: "policies/exemptions.yaml",
        entries: [{ rule: "s3-tls-only", expires: "2026-12-31" }],
      };
      expect(calls.map(({ policyExemptions }) => policyExemptions)).toMatchObject([
        exemptions,
        undefined,
        exemptions,
        undefined,
      ]);
    } finally {
      own.remove();
    }
  });

  it.each([
    ["--policy-pack-config all.json --policy-pack a --policy-pack b", /given 1 times for 2 policy packs/],
    ["--policy-pack-config list.json", /list\.json holds no object/],
    ["--policy-pack-config nosuch.json", /nosuch\.json cannot be read/],
    ["--policy-exemptions nosuch.yaml", /nosuch\.yaml cannot be read/],
    ["--policy-exemptions wrong.yaml", /exemptions\[0\]\.ticket: must be a text, not nothing/],
    ["--policy-exemptions right.yaml --engine pulumi", /--policy-exemptions needs the embedded engine/],
  ])("is not started with %s", async (options, message) => {
    const { run, calls } = fakeEngine({});
    const own = makeProject();
    const write = (name: string, text: string) => fs.writeFileSync(path.join(own.root, name), text);
    write("all.json", "{}");
    write("list.json", "[]");
    write("right.yaml", exemptionsText);
    write("wrong.yaml", exemptionsText.replace(/ *ticket.*\n/, ""));
    try {
      const ran = await gabion(`preview sandbox ${options}`, { cwd: own.root, run });
      expect(ran.err).toMatch(message);
      expect(ran.code).toBe(2);
      expect(calls).toEqual([]);
    } finally {
      own.remove();
    }
  });

  it("starts the twin for the stack alone, and no other provider", async () => {
    const starts: unknown[] = [];
    const { run } = fakeEngine({
      sandbox: {
        async during({ startProvider }) {
          const urn = "urn:pulumi:sandbox::gabion::pulumi:providers:vault::vault";
          await startProvider({ package: "aws", urn }).then((provider) => starts.push(provider.address));
          await startProvider({ package: "vault", urn }).catch((error: Error) => starts.push(error.message));
        },
      },
    });
    const ran = await gabion("up sandbox", { cwd: root, run, genericTypes: ["aws:x/y:Y"] });
    expect(starts).toEqual([
      "127.0.0.1:4711",
      expect.stringMatching(/needs the provider of the package "vault".*--engine pulumi/),
    ]);
    const [request] = ran.twins.requests;
    expect(request?.worldFolder).toBe(path.join(root, ".gabion", "world"));
    expect(request?.acceptsStack("urn:pulumi:sandbox::gabion::aws:s3/bucket:Bucket::b")).toBe(true);
    expect(request?.acceptsStack("urn:pulumi:dev::gabion::aws:s3/bucket:Bucket::b")).toBe(false);
    expect(request?.acceptsStack("")).toBe(false);
    // Roles that the settings name and that nobody makes in the simulation.
    expect(request?.assumedPrincipals).toEqual(["arn:aws:iam::111122223333:role/ml-platform-admin"]);
    expect(ran.out).toContain("Generic    1 resource type simulated by name only");
  });

  it("never gets a stack that is no sandbox stack unless that was typed, and then says so in every line", async () => {
    const { run, calls } = fakeEngine({
      dev: { steps: [bucket("dev")], findings: [finding({ enforcementLevel: "advisory" })] },
    });
    const missing = await gabion("preview dev", { cwd: root, run });
    expect(missing.code).toBe(2);
    expect(missing.err).toMatch(/The Pulumi CLI runs dev-account, dev, and there is no `pulumi` on the PATH. Install/);
    expect(calls).toEqual([]);

    const ran = await gabion("up dev --engine embedded", { cwd: root, run });
    expect(ran.code).toBe(0);
    expect(calls.map(({ stateFolder }) => stateFolder)).toEqual(
      Array(2).fill(path.join(root, ".gabion", "simulated", "state")),
    );
    const summary = ran.out.slice(ran.out.indexOf("simulated │ gabion up dev"));
    for (const line of summary.trimEnd().split("\n")) expect(line).toMatch(/^simulated │ /);
    expect(summary).toContain("mandatory".replace("mandatory", "advisory: s3-tls-only"));
    expect(ran.out).toContain("Deploying dev (foundation, simulated)");
    expect(ran.children).toEqual([]);
  });

  it("is refused what only Pulumi can do", async () => {
    const other = makeProject({
      "sandbox-account": `environment: [x]\nsecretsprovider: awskms://k\n${accountFile("sandbox")}`,
    });
    try {
      const ran = await gabion("up sandbox", { cwd: other.root });
      expect(ran.code).toBe(2);
      expect(ran.err).toMatch(/environments of Pulumi ESC \(environment\), a secrets provider \(secretsprovider\)/);
    } finally {
      other.remove();
    }
  });
});

describe("the Pulumi CLI", () => {
  const commands = { pulumi: "/opt/pulumi" };

  it("runs stacks that are no sandbox stacks, with the terminal and without a twin", async () => {
    const { run, calls } = fakeEngine({});
    const ran = await gabion("up dev --yes", { cwd: root, run, commands });
    expect(ran.code).toBe(0);
    expect(calls).toEqual([]);
    expect(ran.children).toHaveLength(2);
    expect(ran.children[0]).toMatchObject({ command: "/opt/pulumi", cwd: root, capture: false });
    expect(ran.children.map(({ args }) => args.slice(0, 3).join(" "))).toEqual([
      "up --stack dev-account",
      "up --stack dev",
    ]);
    expect(ran.children[0]?.environment.PULUMI_DEBUG_PROVIDERS).toBeUndefined();
    expect(ran.twins.requests).toEqual([]);
    expect(ran.out).toContain("dev (foundation): by the Pulumi CLI");
  });

  it("ends the run when it fails, with exit code 1", async () => {
    const ran = await gabion("up dev", { cwd: root, commands, child: () => ({ code: 255, stdout: "" }) });
    expect(ran.children).toHaveLength(1);
    expect(ran.out).toContain("gabion up dev: failed");
    expect(ran.out).toContain("dev (foundation): not started");
    expect(ran.code).toBe(1);
  });

  it("gets the twin for a sandbox stack, so that it never meets an account", async () => {
    const ran = await gabion("up sandbox --engine pulumi", {
      cwd: root,
      commands,
      environment: { PULUMI_CONFIG_PASSPHRASE: undefined, PULUMI_DEBUG_PROVIDERS: "vault:1" },
    });
    expect(ran.children).toHaveLength(2);
    const environment: Record<string, string | undefined> = ran.children[1]?.environment ?? {};
    expect(environment.PULUMI_DEBUG_PROVIDERS).toBe("vault:1,aws:4711");
    expect(environment.PULUMI_CONFIG_PASSPHRASE).toBe(
      fs.readFileSync(path.join(root, ".gabion", "passphrase"), "utf8").trim(),
    );
    expect(ran.twins.stopped).toBe(2);
  });

  it("keeps a twin that was attached before", async () => {
    const ran = await gabion("up sandbox --engine pulumi", {
      cwd: root,
      commands,
      environment: { PULUMI_DEBUG_PROVIDERS: "aws:99" },
    });
    expect(ran.children[0]?.environment.PULUMI_DEBUG_PROVIDERS).toBe("aws:99");
    expect(ran.twins.requests).toEqual([]);
  });

  it("prints the documents of several previews as one list", async () => {
    const child = ({ args }: { args: string[] }) => ({ code: 0, stdout: JSON.stringify({ config: { s: args[2] } }) });
    const ran = await gabion("preview dev --json", { cwd: root, commands, child });
    expect(JSON.parse(ran.out)).toEqual([{ config: { s: "dev-account" } }, { config: { s: "dev" } }]);
  });
});

describe("the end of a run", () => {
  it("says what there is, where it is, and nothing twice", async () => {
    const steps = [step("create", { new: rootStack() }), bucket("sandbox")];
    const { run } = fakeEngine({ sandbox: { steps }, "sandbox-account": { steps: [unchanged("sandbox-account")] } });
    const ran = await gabion("up sandbox", { cwd: root, run });
    expect(
      ran.out.replace(/\(0\.\d s\)\n {2}sandbox-/, "(0.0 s)\n  sandbox-"),
    ).toBe(`Deploying sandbox-account (account)
Planned: 1 unchanged.

Deploying sandbox (foundation)
Planned: 2 to create.
 +  pulumi:pulumi:Stack gabion-sandbox created (0.3 s)
 +  aws:s3:Bucket data created (0.3 s)

gabion up sandbox: done (0.0 s)
  sandbox-account (account): 1 unchanged
  sandbox (foundation): 2 created
  Resources  1: s3 1
  Policies   gabion 0.1.0: no findings
  State      .gabion/state/gabion
  Report     .gabion/reports/sandbox/report.md
`);
    expect(ran.err).toBe("");
    expect(ran.code).toBe(0);
  });

  it("says that nothing changed", async () => {
    const { run } = fakeEngine({ sandbox: { steps: [unchanged("sandbox")] } });
    expect((await gabion("up sandbox", { cwd: root, run })).out).toContain("gabion up sandbox: nothing changed (");
    expect((await gabion("preview sandbox", { cwd: root, run })).out).toContain(
      "preview sandbox: nothing would change (",
    );
  });

  it("names policy, resource, reason and remedy of what was rejected, and goes no further", async () => {
    const { run, calls } = fakeEngine({ "sandbox-account": { status: "rejected", findings: [finding()] } });
    const ran = await gabion("up sandbox", { cwd: root, run });
    expect(ran.code).toBe(1);
    expect(calls).toHaveLength(1);
    expect(ran.out).toContain("gabion up sandbox: rejected by policy (");
    expect(ran.out).toContain(`  mandatory: s3-tls-only (gabion 0.1.0)
    resource  aws:s3:Bucket data
    reason    Buckets take requests over TLS only
              policy: it allows http
              Why: data can be read
    remedy    Deny http.
`);
    expect(ran.out).toContain("  sandbox (foundation): not started\n");
  });

  it("previews every stack, also behind one that is rejected", async () => {
    const { run, calls } = fakeEngine({ "sandbox-account": { status: "rejected", findings: [finding()] } });
    expect((await gabion("preview sandbox", { cwd: root, run })).code).toBe(1);
    expect(calls).toHaveLength(2);
  });

  it.each([
    ["usage", 2],
    ["failed", 1],
  ] as const)("shows an engine's error of kind %s once, as its message alone", async (kind, code) => {
    const { run, calls } = fakeEngine({ "sandbox-account": { throws: new EngineError("The state is locked.", kind) } });
    const ran = await gabion("up sandbox", { cwd: root, run });
    expect(ran.err).toBe("error: The state is locked.\n");
    expect(ran.code).toBe(code);
    expect(calls).toHaveLength(1);
  });

  it("shows where a fault of ours is", async () => {
    const { run } = fakeEngine({ sandbox: { throws: new TypeError("x is not a function") } });
    const ran = await gabion("up sandbox", { cwd: root, run });
    expect(ran.err).toMatch(/TypeError: x is not a function\n\s+at /);
    expect(ran.code).toBe(1);
  });

  it("prints only documents to standard output with --json, and findings to standard error", async () => {
    const { run } = fakeEngine({ sandbox: { steps: [bucket("sandbox")], findings: [finding()], status: "rejected" } });
    const ran = await gabion("preview sandbox --json", { cwd: root, run });
    expect(ran.code).toBe(1);
    const documents = JSON.parse(ran.out) as { steps?: unknown[] }[];
    expect(documents.map(({ steps = [] }) => steps.length)).toEqual([0, 1]);
    expect(documents[1]).toMatchObject({
      policyEvents: [{ policyName: "s3-tls-only", enforcementLevel: "mandatory", resourceUrn: finding().urn }],
    });
    expect(documents[0]).not.toHaveProperty("policyEvents");
    expect(ran.err).toContain("mandatory: s3-tls-only");
    const one = await gabion("preview sandbox --json --layer foundation", { cwd: root, run });
    expect(JSON.parse(one.out)).toMatchObject({ changeSummary: { create: 1 } });
  });
});

describe("after a destroy", () => {
  it("the summary names what stays in the simulated account", async () => {
    const { run } = fakeEngine({
      sandbox: {
        async during({ startProvider }) {
          await startProvider({ package: "aws", urn: "" });
        },
      },
    });
    const ran = await gabion("destroy sandbox", { cwd: root, run });
    expect(ran.out).toContain(
      "  Left       in the simulated account:\n             a network interface (until 2026-06-01T00:00:00Z)\n",
    );
    expect((await gabion("up sandbox", { cwd: root, run })).out).not.toContain("Left ");
  });
});

describe("an account that other environments are built on", () => {
  it("is kept when its own environment is destroyed", async () => {
    const shared = makeProject({ ...twoEnvironments, other: foundationFile("other", "sandbox-account") });
    try {
      const { run, calls } = fakeEngine({});
      const ran = await gabion("destroy sandbox", { cwd: shared.root, run });
      expect(calls.map(({ stack }) => stack)).toEqual(["sandbox"]);
      expect(ran.out).toContain("sandbox-account (account): kept, because other of other environments is built on it");
      expect(ran.code).toBe(0);
    } finally {
      shared.remove();
    }
  });
});

describe("Ctrl-C", () => {
  it("aborts the run once, starts nothing new, and ends with exit code 130", async () => {
    let interrupt = (): void => undefined;
    const { run, calls } = fakeEngine({ "sandbox-account": { during: () => interrupt() } });
    const ran = await gabion("up sandbox", {
      cwd: root,
      run,
      withSignal: (send) => {
        interrupt = send;
      },
    });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.signal?.aborted).toBe(true);
    expect(ran.code).toBe(130);
    expect(ran.exits).toEqual([]);
    expect(ran.err.match(/Stopping: operations in flight are finished and saved/g)).toHaveLength(1);
    expect(ran.out).toContain("gabion up sandbox: interrupted (");
    expect(ran.out).toContain("sandbox (foundation): not started");
  });

  it("ends at once the second time", async () => {
    let interrupt = (): void => undefined;
    const during = () => {
      interrupt();
      interrupt();
    };
    const { run } = fakeEngine({ "sandbox-account": { during } });
    const ran = await gabion("up sandbox", {
      cwd: root,
      run,
      withSignal: (send) => {
        interrupt = send;
      },
    });
    expect(ran.exits).toEqual([130]);
    expect(ran.err).toContain("Ended at once.");
  });

  it("is left to the Pulumi CLI while it has the terminal", async () => {
    let interrupt = (): void => undefined;
    const ran = await gabion("up dev", {
      cwd: root,
      commands: { pulumi: "/opt/pulumi" },
      child: () => {
        interrupt();
        interrupt();
        return { code: 130, stdout: "" };
      },
      withSignal: (send) => {
        interrupt = send;
      },
    });
    expect(ran.err).toBe("");
    expect(ran.exits).toEqual([]);
    expect(ran.code).toBe(130);
  });
});
