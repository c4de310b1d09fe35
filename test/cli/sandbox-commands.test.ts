import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gabion, makeProject, rootUrn } from "./support";

let root: string;
let remove: () => void;
beforeEach(() => {
  ({ root, remove } = makeProject());
});
afterEach(() => remove());

const exported = (stack: string) => ({
  version: 3,
  deployment: {
    manifest: { time: "2026-06-01T00:00:00Z", magic: "", version: "" },
    resources: [{ urn: rootUrn(stack), custom: false, type: "pulumi:pulumi:Stack", outputs: { a: "b" } }],
    metadata: {},
  },
});

describe("gabion sandbox import and export", () => {
  it("take a state in and give it out again", async () => {
    fs.writeFileSync(path.join(root, "in.json"), JSON.stringify(exported("sandbox")));
    const taken = await gabion("sandbox import sandbox in.json", { cwd: root });
    expect(taken.err).toBe("");
    expect(taken.out).toMatch(/^1 resources imported into \.gabion\/state\//);
    expect(taken.code).toBe(0);
    const given = await gabion("sandbox export sandbox", { cwd: root });
    expect(JSON.parse(given.out)).toMatchObject({ version: 3, deployment: { resources: [{ outputs: { a: "b" } }] } });
    await gabion("sandbox export sandbox out.json", { cwd: root });
    expect(fs.readFileSync(path.join(root, "out.json"), "utf8")).toBe(given.out);
    expect(fs.statSync(path.join(root, "out.json")).mode & 0o077).toBe(0);
  });

  it("keep the states of sandbox stacks and of others apart", async () => {
    fs.writeFileSync(path.join(root, "in.json"), JSON.stringify(exported("dev")));
    expect((await gabion("sandbox import dev in.json --simulated", { cwd: root })).code).toBe(0);
    expect((await gabion("sandbox export dev", { cwd: root })).code).toBe(2);
    expect((await gabion("sandbox export dev --simulated", { cwd: root })).code).toBe(0);
  });

  it("refuse what belongs to another stack, an unknown stack and a missing file", async () => {
    fs.writeFileSync(path.join(root, "in.json"), JSON.stringify(exported("other")));
    for (const line of [
      "sandbox import sandbox in.json",
      "sandbox import nosuch in.json",
      "sandbox import sandbox no",
    ]) {
      const ran = await gabion(line, { cwd: root });
      expect(ran.code).toBe(2);
      expect(ran.err).toMatch(/^error: [^\n]/);
    }
  });
});

describe("gabion sandbox providers", () => {
  const served = async (line: string) => {
    const ran = await gabion(line, { cwd: root, withSignal: (interrupt) => setImmediate(interrupt) });
    const accepts = (stack: string) => ran.twins.requests[0]?.acceptsStack(`urn:pulumi:${stack}::gabion::a:b/c:D::x`);
    return { ran, accepts };
  };

  it("prints the setting, serves sandbox stacks alone, and ends with Ctrl-C", async () => {
    const { ran, accepts } = await served("sandbox providers");
    expect(ran.out).toBe("PULUMI_DEBUG_PROVIDERS=aws:4711\n");
    expect(ran.err).toMatch(/^Serving sandbox-account, sandbox; every other stack is refused/);
    expect(ran.code).toBe(0);
    expect(ran.twins.stopped).toBe(1);
    expect(["sandbox", "sandbox-account", "dev", "sandbox-other"].map(accepts)).toEqual([true, true, false, false]);
  });

  it("serves the named stacks, too", async () => {
    const { accepts } = await served("sandbox providers --stack dev");
    expect(["sandbox", "dev", "dev-account"].map(accepts)).toEqual([true, true, false]);
  });
});

describe("gabion doctor", () => {
  it("says what is there and what is missing", async () => {
    const ran = await gabion("doctor", { cwd: root });
    expect(ran.out).toMatch(/^ok {7}node /);
    expect(ran.out).toContain("ok       environments  dev, sandbox\n");
    expect(ran.out).toContain("ok       passphrase    from PULUMI_CONFIG_PASSPHRASE\n");
    expect(ran.out).toContain("missing  pulumi        not on the PATH");
    // The project of this test has no dependencies installed.
    expect(ran.out).toMatch(
      /bad {6}dependencies {2}@pulumi\/pulumi, @pulumi\/aws, @pulumi\/policy missing; run npm ci in /,
    );
    expect(ran.code).toBe(1);
  });

  it("asks the Pulumi CLI for its version", async () => {
    const child = () => ({ code: 0, stdout: "v3.260.0\n" });
    const ran = await gabion("doctor", { cwd: root, commands: { pulumi: "/opt/pulumi" }, child });
    expect(ran.out).toContain("ok       pulumi        v3.260.0 (/opt/pulumi)\n");
  });
});
