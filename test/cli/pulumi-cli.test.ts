import * as fs from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fakeEngine, gabion, makeProject } from "./support";

let root: string;
let remove: () => void;
beforeAll(() => {
  ({ root, remove } = makeProject());
});
afterAll(() => remove());

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
