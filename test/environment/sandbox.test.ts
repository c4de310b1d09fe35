import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changesOf, TestProject } from "./command";

const minutes = 60_000;

// One environment through its whole life; each test goes on where the one before it has ended.
describe("the sandbox environment", { timeout: 3 * minutes, concurrent: false }, () => {
  let project: TestProject;

  beforeAll(() => {
    project = new TestProject();
  });
  afterAll(() => project.remove());

  it("comes up with all layers, judged by the policies, and says what there is and where", async () => {
    const { code, stdout, stderr } = await project.gabion("up", "sandbox");
    expect(stderr).toBe("");
    expect(stdout).toMatch(/gabion up sandbox: done \(.* on AWS about \d+ min/);
    expect(stdout).toMatch(/sandbox-account \(account\): \d+ created\n/);
    expect(stdout).toMatch(/sandbox \(foundation\): \d+ created\n/);
    expect(stdout).toMatch(/Resources {2}1\d\d: ec2 \d+, s3 \d+,/);
    // What decides the time on AWS, in its order.
    expect(stdout).toMatch(/Longest {4}.*\(aws:eks:Cluster\) \d+ min.*, then .*\(aws:eks:NodeGroup\)/);
    expect(stdout).toMatch(/Policies {3}gabion 0\.1\.0: no findings/);
    expect(stdout).toMatch(/State {6}\.gabion\/state/);
    expect(stdout).toMatch(/Report {5}\.gabion\/reports\/sandbox\/report\.md/);
    // Every type has an entry of its own in the twin.
    expect(stdout).not.toContain("simulated by name only");
    expect(code).toBe(0);
    expect(project.has(".gabion/reports/sandbox/report.md")).toBe(true);
  });

  it("does not change when nothing was changed", async () => {
    const { code, stdout } = await project.gabion("up", "sandbox");
    expect(stdout).toMatch(/gabion up sandbox: nothing changed/);
    expect(stdout).not.toMatch(/created|updated|deleted|replaced/);
    expect(code).toBe(0);
  });

  it("shows of one changed setting exactly what follows from it", async () => {
    const { code, stdout } = await project.edited("sandbox", "maxSize: 4", "maxSize: 5", () =>
      project.gabion("preview", "sandbox", "--layer", "foundation", "--json"),
    );
    expect(changesOf(stdout)).toEqual([
      { op: "update", resource: "aws:eks/nodeGroup:NodeGroup sandbox-training", paths: ["scalingConfig.maxSize"] },
      // The component shows that its arguments differ.
      { op: "update", resource: "gabion:index:GpuNodePool sandbox-training", paths: [] },
    ]);
    expect(code).toBe(0);
  });

  it("shows the same to a person", async () => {
    const { stdout } = await project.edited("sandbox", "maxSize: 4", "maxSize: 5", () =>
      project.gabion("preview", "sandbox", "--layer", "foundation"),
    );
    expect(stdout).toMatch(/~ .*aws:eks:NodeGroup +sandbox-training +update/);
    expect(stdout).toMatch(/scalingConfig\.maxSize: 4 => 5/);
    expect(stdout).toMatch(/2 to update/);
  });

  it("has no drift when nobody touched it", async () => {
    const { code, stdout } = await project.gabion("refresh", "sandbox");
    expect(stdout).toMatch(/gabion refresh sandbox: nothing changed/);
    expect(code).toBe(0);
  });

  it("shows what was changed behind its back, and puts it right", async () => {
    const listed = await project.gabion("sandbox", "drift", "list", "aws:eks/nodeGroup:NodeGroup");
    const id = /sandbox[\w-]*:[\w-]*sandbox-inference[\w-]*/.exec(listed.stdout)?.[0] ?? "";
    expect(id).not.toBe("");
    const changed = await project.gabion("sandbox", "drift", "set", id, "scalingConfig.maxSize=9");
    expect(changed.stderr).toBe("");
    const refreshed = await project.gabion("refresh", "sandbox", "--layer", "foundation");
    expect(refreshed.stdout).toMatch(/aws:eks:NodeGroup sandbox-inference updated/);
    const { stdout } = await project.gabion("preview", "sandbox", "--layer", "foundation", "--json");
    expect(changesOf(stdout)).toEqual([
      { op: "update", resource: "aws:eks/nodeGroup:NodeGroup sandbox-inference", paths: ["scalingConfig.maxSize"] },
    ]);
  });

  it("leaves nothing when it is destroyed", async () => {
    const { code, stdout, stderr } = await project.gabion("destroy", "sandbox");
    expect(stderr).toBe("");
    expect(stdout).toMatch(/gabion destroy sandbox: done/);
    const left = await project.gabion("sandbox", "drift", "list");
    expect(left.stdout).not.toMatch(/aws:(?!kms)/);
    expect(code).toBe(0);
  });
});

describe("an insecure sandbox", { timeout: 3 * minutes }, () => {
  let project: TestProject;

  beforeAll(() => {
    project = new TestProject();
  });
  afterAll(() => project.remove());

  it("is refused before anything starts when a setting opens the cluster's API without a deviation", async () => {
    const open = '    version: "1.35"\n    publicAccess:\n      cidrs: ["203.0.113.0/24"]\n';
    const { code, stdout, stderr } = await project.edited("sandbox", '    version: "1.35"\n', open, () =>
      project.gabion("up", "sandbox"),
    );
    expect(stderr).toContain("gabion:cluster.publicAccess");
    expect(stderr).toContain("eks-public-endpoint");
    expect(stdout).toBe("");
    expect(code).toBe(2);
    expect(project.has(".gabion/state")).toBe(false);
  });
});
