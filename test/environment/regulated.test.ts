import * as fs from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changesOf, TestProject } from "./command";
import { protectedIn } from "./protected";

const minutes = 60_000;

interface Report {
  stacks: {
    layer: string;
    simulated: boolean;
    simulatedSeconds: number;
    criticalPath: { urn: string; seconds: number }[];
    findings: unknown[];
    genericTypes: string[];
  }[];
}

// Each through its whole life, simulated; each test goes on where the one before it has ended.
describe.each([
  { environment: "prod", resources: 306 },
  { environment: "airgapped", resources: 181 },
])("the environment $environment", { timeout: 4 * minutes, concurrent: false }, ({ environment, resources }) => {
  const simulated = ["--engine", "embedded"];
  const names = protectedIn(environment);
  let project: TestProject;
  let report: Report;

  beforeAll(() => {
    project = new TestProject();
  });
  afterAll(() => project.remove());

  it("comes up, simulated and said to be, without a finding of the policies at its assurance", async () => {
    const { code, stdout, stderr } = await project.gabion("up", environment, "--skip-preview", ...simulated);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/Policies {3}gabion 0\.1\.0: no findings/);
    expect(stdout).toContain(`Resources  ${resources}: `);
    const summary = stdout.split("\n").filter((line) => /^\S.*│/.test(line));
    expect(summary.length).toBeGreaterThan(5);
    expect(summary.filter((line) => !line.startsWith("simulated │"))).toEqual([]);
    expect(code).toBe(0);
    report = JSON.parse(
      fs.readFileSync(path.join(project.folder, ".gabion", "reports", environment, "report.json"), "utf8"),
    ) as Report;
    expect(report.stacks.flatMap(({ genericTypes }) => genericTypes)).toEqual([]);
  });

  it("takes at most a tenth longer than cluster and first pool, which nothing can be without", () => {
    const foundation = report.stacks.find(({ layer }) => layer === "foundation");
    const steps = foundation?.criticalPath ?? [];
    const unavoidable = steps
      .filter(({ urn }) => /aws:eks\/(cluster:Cluster|addon:Addon|nodeGroup:NodeGroup)::/.test(urn))
      .reduce((sum, { seconds }) => sum + seconds, 0);
    expect(unavoidable).toBeGreaterThan(600);
    expect((foundation?.simulatedSeconds ?? Number.POSITIVE_INFINITY) / unavoidable).toBeLessThan(1.1);
  });

  it("has nothing to change afterwards", async () => {
    const { code, stdout } = await project.gabion("preview", environment, "--json", ...simulated);
    for (const document of [JSON.parse(stdout)].flat()) expect(changesOf(JSON.stringify(document))).toEqual([]);
    expect(code).toBe(0);
  });

  it("is not deleted while it is protected: nothing of it is", async () => {
    const { code, stdout, stderr } = await project.gabion("destroy", environment, ...simulated);
    expect(stderr).toContain(`gabion release ${environment} `);
    expect(stdout).not.toMatch(/[1-9]\d* deleted/);
    expect(code).toBe(1);
  });

  // The other environment goes in the same way: one of them is enough for every run of the tests.
  if (environment !== "prod") return;

  it("leaves, once released, only what AWS keeps for a time, and says what that is", async () => {
    const released = await project.gabion("release", environment, ...names, "--skip-preview", ...simulated);
    expect(released.stderr).toBe("");
    expect(released.code).toBe(0);
    const { code, stdout, stderr } = await project.gabion("destroy", environment, ...simulated);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/Left {7}in the simulated account:\n.*pending deletion \(until /);
    expect(code).toBe(0);
    const left = await project.gabion("sandbox", "drift", "list", "--simulated");
    expect(left.stdout).not.toMatch(/aws:(?!kms)/);
    expect(left.stderr).not.toMatch(/left behind: (?!key )/);
  });
});
