import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cliVersion } from "./cli";
import {
  comparable,
  type Done,
  type EngineName,
  EnvironmentProject,
  environment,
  type Operation,
  stacks,
} from "./environment";

const version = cliVersion();
const minutes = 60_000;

// Each engine has a project, a state and a simulated account of its own. Each test goes on where the one before it has ended.
describe(`an environment on the embedded engine and on the Pulumi CLI ${version ?? ""}`, { concurrent: false }, () => {
  if (version === undefined) {
    it.skip("skipped: no pulumi CLI on PATH", () => undefined);
    return;
  }
  const projects: Record<EngineName, EnvironmentProject> = {
    embedded: new EnvironmentProject(),
    pulumi: new EnvironmentProject(),
  };
  const engines = Object.keys(projects) as EngineName[];

  beforeAll(async () => {
    for (const engine of engines) await projects[engine].initialize();
  }, minutes);
  afterAll(() => {
    for (const engine of engines) projects[engine].remove();
  });

  /** Runs it on both and holds one against the other; what it led to is returned. */
  async function both(operation: Operation): Promise<Done> {
    const reference = await projects.pulumi.run("pulumi", operation);
    const found = await projects.embedded.run("embedded", operation);
    expect(reference.stderr).toBe("");
    expect(found).toEqual(reference);
    expect(reference.code).toBe(0);
    return reference;
  }

  async function sameStates(): Promise<void> {
    for (const stack of stacks) {
      const reference = comparable(await projects.pulumi.exported("pulumi", stack, true));
      expect(comparable(await projects.embedded.exported("embedded", stack, true))).toEqual(reference);
    }
  }

  const timeout = 5 * minutes;

  it("is previewed alike before there is anything", { timeout }, async () => {
    const { changes } = await both("preview");
    expect(changes.length).toBeGreaterThan(100);
  });

  it("comes up alike, with the same state", { timeout }, async () => {
    await both("up");
    await sameStates();
  });

  it("does not change when nothing was changed", { timeout }, async () => {
    const { changes } = await both("up");
    expect(changes).toEqual([]);
    await sameStates();
  });

  it("shows the same of one changed setting", { timeout }, async () => {
    const edited = (engine: EngineName, during: () => Promise<Done>) =>
      projects[engine].project.edited(environment, "maxSize: 4", "maxSize: 5", during);
    const { changes } = await edited("embedded", () => edited("pulumi", () => both("preview")));
    expect(changes).toHaveLength(2);
    expect(changes.join("\n")).toMatch(/^update \S+NodeGroup::sandbox-training scalingConfig\.maxSize$/m);
  });

  it("shows the same drift, and takes it into the state alike", { timeout }, async () => {
    for (const engine of engines) await drift(projects[engine]);
    const { changes } = await both("refresh");
    expect(changes.join("\n")).toMatch(/NodeGroup::sandbox-inference/);
    await sameStates();
    const { changes: back } = await both("preview");
    expect(back.join("\n")).toMatch(/^update \S+NodeGroup::sandbox-inference scalingConfig\.maxSize$/m);
    await both("up");
    await sameStates();
  });

  it.each([
    ["embedded", "pulumi"],
    ["pulumi", "embedded"],
  ] as const)("begun by %s is continued by %s", { timeout }, async (from, to) => {
    await projects[from].handOver(from);
    const { changes, code, stderr } = await projects[from].run(to, "preview");
    expect({ changes, code, stderr }).toEqual({ changes: [], code: 0, stderr: "" });
  });

  it("is judged by the policies in the state that the embedded engine exports", { timeout }, async () => {
    for (const stack of stacks) {
      const { code, stdout } = await projects.embedded.analyzed("embedded", stack);
      expect(stdout).toContain("gabion@v0.1.0");
      expect(code).toBe(0);
    }
  });

  it("goes alike", { timeout }, async () => {
    await both("destroy");
    await sameStates();
  });
});

/** The same change behind the back of whichever engine. */
async function drift({ project }: EnvironmentProject): Promise<void> {
  const listed = await project.gabion("sandbox", "drift", "list", "aws:eks/nodeGroup:NodeGroup");
  const id = /sandbox[\w-]*:[\w-]*sandbox-inference[\w-]*/.exec(listed.stdout)?.[0] ?? "";
  const changed = await project.gabion("sandbox", "drift", "set", id, "scalingConfig.maxSize=9");
  expect(changed.stderr).toBe("");
}
