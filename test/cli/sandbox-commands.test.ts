import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWorld } from "../../sandbox/aws";
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

describe("gabion sandbox drift", () => {
  const worldOf = (accountId = "111122223333") => ({ worldFolder: path.join(root, ".gabion", "world"), accountId });
  const addVpc = (accountId?: string) => {
    const world = openWorld(worldOf(accountId));
    world.outOfBand.add("aws:ec2/vpc:Vpc", "eu-central-1", "vpc-1", { tags: { owner: "a" } });
    world.close();
  };
  const tags = () => {
    const world = openWorld(worldOf());
    const [found] = world.outOfBand.list("aws:ec2/vpc:Vpc");
    world.close();
    return found?.outputs.tags;
  };

  it("lists, changes and deletes what is in the account", async () => {
    addVpc();
    const listed = await gabion("sandbox drift list", { cwd: root });
    expect(listed.err).toMatch(/^(left behind: .*\n)*$/);
    expect(listed.out).toBe("aws:ec2:Vpc  vpc-1  eu-central-1  (of no stack)\n");
    expect((await gabion("sandbox drift set vpc-1 tags.owner=b tags.count=3", { cwd: root })).code).toBe(0);
    expect(tags()).toEqual({ owner: "b", count: 3 });
    expect((await gabion("sandbox drift unset vpc-1 tags.owner", { cwd: root })).code).toBe(0);
    expect(tags()).toEqual({ count: 3 });
    expect((await gabion("sandbox drift delete vpc-1", { cwd: root })).code).toBe(0);
    expect(tags()).toBeUndefined();
  });

  it("refuses what is not there, with one message", async () => {
    const empty = await gabion("sandbox drift list", { cwd: root });
    expect([empty.code, empty.err]).toEqual([2, expect.stringMatching(/There is no simulated account in .* yet/)]);
    addVpc();
    for (const [line, message] of [
      ["sandbox drift set vpc-2 tags.a=b", /has no resource vpc-2/],
      ["sandbox drift set vpc-1 tags.a", /"tags.a" is no change. Write path=value/],
      ["sandbox drift list --account 999999999999", /There is no simulated account 999999999999. .*111122223333/],
      ["sandbox drift", /Usage: gabion sandbox drift/],
    ] as const) {
      const ran = await gabion(line, { cwd: root });
      expect(ran.err).toMatch(message);
      expect(ran.code).toBe(2);
    }
    expect(fs.readdirSync(worldOf().worldFolder).filter((name) => name.startsWith("9"))).toEqual([]);
    addVpc("222222222222");
    expect((await gabion("sandbox drift list", { cwd: root })).err).toMatch(/There are several simulated accounts/);
  });

  it("lists one type when asked", async () => {
    addVpc();
    expect((await gabion("sandbox drift list aws:s3/bucket:Bucket", { cwd: root })).out).toBe("");
  });
});
