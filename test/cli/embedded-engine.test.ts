import * as fs from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountFile, fakeEngine, finding, gabion, makeProject, resource, step } from "./support";

const bucket = (stack: string) => step("create", { new: resource("aws:s3/bucket:Bucket", "data", { stack }) });

let root: string;
let remove: () => void;
beforeAll(() => {
  ({ root, remove } = makeProject());
});
afterAll(() => remove());

const exemptionsText = `exemptions:
  - rule: s3-tls-only
    stack: sandbox
    owner: ml-platform
    ticket: SEC-1
    reason: renamed next quarter
    expires: 2026-08-01
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
        entries: [{ rule: "s3-tls-only", expires: "2026-08-01" }],
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
    [
      "--policy-exemptions right.yaml --policy-pack a --engine pulumi",
      /knows no exemptions, and neither does the policy pack in/,
    ],
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
