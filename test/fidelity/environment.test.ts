import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { protectedIn } from "../environment/protected";
import { cliVersion } from "./cli";
import { comparable, type Done, type EngineName, EnvironmentProject, type Operation } from "./environment";

const version = cliVersion();
const minutes = 60_000;

const timeout = 5 * minutes;

/** Each engine has a project, a state and a simulated account of its own. */
class Pair {
  readonly projects: Record<EngineName, EnvironmentProject>;
  readonly engines: readonly EngineName[] = ["embedded", "pulumi"];

  constructor(readonly environment: string) {
    this.projects = { embedded: new EnvironmentProject(environment), pulumi: new EnvironmentProject(environment) };
  }

  async initialize(): Promise<void> {
    for (const engine of this.engines) await this.projects[engine].initialize();
  }

  remove(): void {
    for (const engine of this.engines) this.projects[engine].remove();
  }

  /** Runs it on both and holds one against the other; what it led to is returned. */
  async both(operation: Operation, names: readonly string[] = []): Promise<Done> {
    const reference = await this.projects.pulumi.run("pulumi", operation, names);
    const found = await this.projects.embedded.run("embedded", operation, names);
    expect(reference.stderr).toBe("");
    expect(found).toEqual(reference);
    expect(reference.code).toBe(0);
    return reference;
  }

  async sameStates(): Promise<void> {
    for (const stack of this.projects.pulumi.stacks) {
      const reference = comparable(await this.projects.pulumi.exported("pulumi", stack, true));
      expect(comparable(await this.projects.embedded.exported("embedded", stack, true))).toEqual(reference);
    }
  }

  /** What one engine has begun is nothing to change for the other. */
  async continued(from: EngineName, to: EngineName): Promise<void> {
    await this.projects[from].handOver(from);
    const { changes, code, stderr } = await this.projects[from].run(to, "preview");
    expect({ changes, code, stderr }).toEqual({ changes: [], code: 0, stderr: "" });
  }
}

const directions = [
  ["embedded", "pulumi"],
  ["pulumi", "embedded"],
] as const;

// Each test goes on where the one before it has ended.
describe(`an environment on the embedded engine and on the Pulumi CLI ${version ?? ""}`, { concurrent: false }, () => {
  if (version === undefined) {
    it.skip("skipped: no pulumi CLI on PATH", () => undefined);
    return;
  }
  const pair = new Pair("sandbox");
  const { projects, engines, environment } = pair;
  const both = (operation: Operation) => pair.both(operation);
  const sameStates = () => pair.sameStates();

  beforeAll(() => pair.initialize(), minutes);
  afterAll(() => pair.remove());

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

  it.each(directions)("begun by %s is continued by %s", { timeout }, (from, to) => pair.continued(from, to));

  it("is judged by the policies in the state that the embedded engine exports", { timeout }, async () => {
    for (const stack of projects.embedded.stacks) {
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

describe.each(["prod", "airgapped"])(
  `%s on the embedded engine and on the Pulumi CLI ${version ?? ""}`,
  (environment) => {
    if (version === undefined) {
      it.skip("skipped: no pulumi CLI on PATH", () => undefined);
      return;
    }
    const pair = new Pair(environment);
    beforeAll(() => pair.initialize(), minutes);
    afterAll(() => pair.remove());

    it("is previewed alike before there is anything", { timeout }, async () => {
      const { changes } = await pair.both("preview");
      expect(changes.length).toBeGreaterThan(100);
    });

    it("comes up alike, with the same state, and has nothing to change then", { timeout }, async () => {
      await pair.both("up");
      await pair.sameStates();
      expect((await pair.both("preview")).changes).toEqual([]);
    });

    it.each(directions)("begun by %s is continued by %s", { timeout }, (from, to) => pair.continued(from, to));

    it("is released alike, and goes", { timeout }, async () => {
      await pair.both("release", protectedIn(environment));
      await pair.sameStates();
      await pair.both("destroy");
      await pair.sameStates();
    });
  },
);

/** The same change behind the back of whichever engine. */
async function drift({ project }: EnvironmentProject): Promise<void> {
  const listed = await project.gabion("sandbox", "drift", "list", "aws:eks/nodeGroup:NodeGroup");
  const id = /sandbox[\w-]*:[\w-]*sandbox-inference[\w-]*/.exec(listed.stdout)?.[0] ?? "";
  const changed = await project.gabion("sandbox", "drift", "set", id, "scalingConfig.maxSize=9");
  expect(changed.stderr).toBe("");
}
