import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { selectRules } from "../../policies/kit/select";
import { STACK_POLICY } from "../../policies/kit/stack-policy";
import { rules } from "../../policies/rules";
import { analyzed, infoOf, root, start } from "./support/pack";

describe("the pack as a process", () => {
  it("serves every rule under the name and version of its package", async () => {
    const { port } = await start({ GABION_TODAY: "2026-11-24" });
    expect(port).toMatch(/^\d+$/);
    const info = await infoOf(port);
    expect([info.getName(), info.getVersion()]).toEqual(["gabion", "0.1.0"]);
    const served = info.getPoliciesList().map((policy) => policy.getName());
    for (const rule of selectRules(rules, { profile: "baseline", today: "2026-11-24", preview: undefined }))
      expect(served.some((name) => name === rule.id || name.startsWith(`${rule.id}.`))).toBe(true);
    expect(served).toContain(STACK_POLICY);
  });

  it("says of each resource which policies do not apply", async () => {
    const { port } = await start({ GABION_TODAY: "2026-11-24" });
    const ofResources = (await infoOf(port)).getPoliciesList().length - 1;
    const types = ["aws:s3/bucket:Bucket", "aws:kms/key:Key", "aws:nosuch/thing:Thing", "aws:nosuch/thing:Thing"];
    const answers = await analyzed(
      port,
      types.map((type) => ({ type, name: "one", properties: {} })),
    );
    const counts = answers.map(
      (answer) => new Set(answer.getNotApplicableList().map((one) => one.getPolicyName())).size,
    );
    expect(counts.slice(2)).toEqual([ofResources, ofResources]);
    expect(counts[0]).toBeLessThan(ofResources);
  });

  it("ends with one clear message for a profile that is none", async () => {
    const { code, errors } = await start({ GABION_POLICY_PROFILE: "paranoid" });
    expect(code).toBe(1);
    expect(errors.trim()).toBe(
      "Policy pack gabion: GABION_POLICY_PROFILE names no policy profile. Allowed are baseline, regulated, isolated.",
    );
  });
});

/** A checkout of the pack alone, whose rules a test may change. What is installed is shared with this one, its cache is not. */
function checkout(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-pack-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  fs.mkdirSync(path.join(folder, "tools"));
  for (const name of ["policies", "knowledge", "package.json", "tools/from-source.js"])
    fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  const { workspaces } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  for (const workspace of workspaces) {
    fs.mkdirSync(path.join(folder, workspace), { recursive: true });
    fs.cpSync(path.join(root, workspace, "package.json"), path.join(folder, workspace, "package.json"));
  }
  fs.mkdirSync(path.join(folder, "node_modules"));
  for (const name of fs.readdirSync(path.join(root, "node_modules")).filter((name) => !name.startsWith("."))) {
    const target = name === "gabion-knowledge" ? "../knowledge" : path.join(root, "node_modules", name);
    fs.symlinkSync(target, path.join(folder, "node_modules", name));
  }
  return folder;
}

describe("the pack from source", () => {
  it("is that of the last edit, of a rule and of what it knows, and its types are not looked at", async () => {
    const folder = checkout();
    const titled = async (id: string): Promise<string | undefined> => {
      const { port, errors } = await start({}, path.join(folder, "policies"));
      expect(errors).toBe("");
      const policies = (await infoOf(port)).getPoliciesList();
      return policies.find((policy) => policy.getName().startsWith(id))?.getDisplayname();
    };
    const edit = (file: string, from: string, to: string): void => {
      const whole = path.join(folder, file);
      const text = fs.readFileSync(whole, "utf8");
      expect(text).toContain(from);
      fs.writeFileSync(whole, text.replace(from, to));
    };
    const rule = "policies/rules/aws/ec2/no-key-pair.ts";
    expect(await titled("aws-ec2-no-key-pair")).toBe("Instances are launched without a key pair");
    edit(rule, `"Instances are launched`, `"Instances are always launched`);
    expect(await titled("aws-ec2-no-key-pair")).toBe("Instances are always launched without a key pair");
    edit(rule, "export const", `const wrong: number = "no number";\nvoid wrong;\nexport const`);
    edit("knowledge/index.ts", "export", `console.error("knows better");\nexport`);
    const { port, errors } = await start({}, path.join(folder, "policies"));
    expect([errors.trim(), port]).toEqual(["knows better", expect.stringMatching(/^\d+$/)]);
  });
});

describe("exemptions that the engine leaves to the pack", () => {
  it.each([
    ["a file that is not there", "nosuch.yaml", undefined, "cannot be read"],
    ["a file that is wrong", "wrong.yaml", "exemptions: [{}]", "exemptions[0].rule: must be a text, not nothing"],
  ])("end it with one message for %s", async (_, name, text, message) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-exemptions-"));
    onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
    const file = path.join(folder, name);
    if (text !== undefined) fs.writeFileSync(file, text);
    const environment = { GABION_TODAY: "2026-11-24", GABION_POLICY_EXEMPTIONS: file, PULUMI_STACK: "dev" };
    const { code, errors } = await start(environment);
    expect(code).toBe(1);
    expect(errors).toContain(`Policy pack gabion: the exemptions in ${file}`);
    expect(errors).toContain(message);
  });
});
