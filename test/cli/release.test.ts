import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountFile, fakeEngine, foundationFile, gabion, makeProject, rootUrn, urnOf } from "./support";

let root: string;
let remove: () => void;
const held = (file: string) => `${file}  gabion:deletionProtection: true\n`;
beforeEach(() => {
  ({ root, remove } = makeProject({
    "sandbox-account": accountFile("sandbox").replace("gabion:region", "gabion:assurance: regulated\n  gabion:region"),
    sandbox: held(foundationFile("sandbox", "sandbox-account")),
    "dev-account": accountFile("dev", false),
    dev: held(foundationFile("dev", "dev-account", false)),
    "open-account": accountFile("open"),
    open: foundationFile("open", "open-account"),
  }));
});
afterEach(() => remove());

describe("gabion release", () => {
  it("updates the stacks alone that have the names, and tells their programs whose protection is lifted", async () => {
    const { run, calls } = fakeEngine({});
    const ran = await gabion("release sandbox sandbox-data config sandbox", { cwd: root, run });
    expect(ran.code).toBe(0);
    expect(calls.map(({ stack, environment }) => [stack, environment])).toEqual([
      ["sandbox-account", { GABION_RELEASE: "config" }],
      ["sandbox", { GABION_RELEASE: "sandbox-data,sandbox" }],
    ]);
  });

  it("updates the foundation alone where nothing else is named", async () => {
    const { run, calls } = fakeEngine({});
    const ran = await gabion("release sandbox sandbox-data sandbox", { cwd: root, run });
    expect(ran.err).toBe("");
    expect(ran.out).toContain("gabion release sandbox: ");
    expect(ran.code).toBe(0);
    expect(calls).toMatchObject([
      { operation: "up", stack: "sandbox", environment: { GABION_RELEASE: "sandbox-data,sandbox" } },
    ]);
  });

  it("hands the names to the Pulumi CLI in the same way", async () => {
    const ran = await gabion("release dev dev-data --yes", { cwd: root, commands: { pulumi: "/bin/pulumi" } });
    expect(ran.children).toMatchObject([{ environment: { GABION_RELEASE: "dev-data" } }]);
    expect(ran.children[0]?.args.slice(0, 3)).toEqual(["up", "--stack", "dev"]);
  });

  it.each([
    ["release sandbox", /missing required argument 'names'/],
    [
      "release sandbox sandbox sandbx",
      /under the name "sandbx"\. Protected are access-logs, config, sandbox, sandbox-logs, .*Nothing was started/,
    ],
    ["release open open", /Nothing in it is: it can be destroyed/],
    ["release nowhere x", /There is no environment "nowhere"/],
  ])("%s is refused, and nothing is started", async (line, message) => {
    const { run, calls } = fakeEngine({});
    const ran = await gabion(line, { cwd: root, run });
    expect(ran.err).toMatch(message);
    expect(ran.code).toBe(2);
    expect(calls).toEqual([]);
  });

  it("is for one run: no other operation lifts anything", async () => {
    const { run, calls } = fakeEngine({});
    await gabion("up sandbox", { cwd: root, run });
    expect(calls.map(({ environment }) => environment)).toEqual([{}, {}]);
  });
});

describe("gabion destroy", () => {
  const stateWith = async (protect: boolean, stack = "sandbox") => {
    const type = "gabion:index:DataKey";
    const key = { urn: urnOf(type, `${stack}-data`, stack), type, custom: false };
    const deployment = {
      manifest: { time: "2026-06-01T00:00:00Z", magic: "", version: "" },
      resources: [
        { urn: rootUrn(stack), custom: false, type: "pulumi:pulumi:Stack" },
        { ...key, parent: rootUrn(stack), protect },
      ],
      metadata: {},
    };
    fs.writeFileSync(path.join(root, "in.json"), JSON.stringify({ version: 3, deployment }));
    const where = stack.startsWith("sandbox") ? "" : " --simulated";
    expect((await gabion(`sandbox import ${stack} in.json${where}`, { cwd: root })).code).toBe(0);
  };

  it("leaves a stack whole in which something is protected, and says how to release it", async () => {
    await stateWith(true);
    const { run, calls } = fakeEngine({});
    const ran = await gabion("destroy sandbox", { cwd: root, run });
    expect(ran.code).toBe(1);
    expect(ran.err).toContain("protected from deletion, and nothing was deleted: sandbox-data of sandbox.");
    expect(ran.err).toContain("gabion release sandbox sandbox-data");
    expect(calls).toEqual([]);
  });

  it("says so for a simulation as it has to be typed", async () => {
    await stateWith(true, "dev");
    const { run } = fakeEngine({});
    const ran = await gabion("destroy dev --engine embedded", { cwd: root, run });
    expect(ran.err).toMatch(/gabion release dev dev-data --engine embedded$/m);
    await stateWith(true);
    expect((await gabion("destroy sandbox", { cwd: root, run })).err).toMatch(/release sandbox sandbox-data$/m);
  });

  it("names what is protected in all stacks of the environment at once", async () => {
    await stateWith(true);
    await stateWith(true, "sandbox-account");
    const { run, calls } = fakeEngine({});
    const ran = await gabion("destroy sandbox", { cwd: root, run });
    expect(ran.err).toMatch(/: sandbox-data of sandbox; sandbox-account-data of sandbox-account\./);
    expect(ran.err).toMatch(/release sandbox sandbox-data sandbox-account-data$/m);
    expect(calls).toEqual([]);
    expect(ran.out).toBe("");
  });

  it("deletes a stack that was released", async () => {
    await stateWith(false);
    const { run, calls } = fakeEngine({});
    expect((await gabion("destroy sandbox", { cwd: root, run })).code).toBe(0);
    expect(calls.map(({ stack }) => stack)).toEqual(["sandbox", "sandbox-account"]);
  });
});
