import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EngineError } from "../../sandbox/engine/api";
import { fakeEngine, finding, gabion, makeProject, resource, rootStack, step } from "./support";

const bucket = (stack: string) => step("create", { new: resource("aws:s3/bucket:Bucket", "data", { stack }) });
const unchanged = (stack: string) => step("same", { old: rootStack(stack), new: rootStack(stack) });

let root: string;
let remove: () => void;
beforeAll(() => {
  ({ root, remove } = makeProject());
});
afterAll(() => remove());

describe("the end of a run", () => {
  it("says what there is, where it is, and nothing twice", async () => {
    const steps = [step("create", { new: rootStack() }), bucket("sandbox")];
    const { run } = fakeEngine({ sandbox: { steps }, "sandbox-account": { steps: [unchanged("sandbox-account")] } });
    const ran = await gabion("up sandbox", { cwd: root, run });
    expect(
      ran.out.replace(/\(0\.\d s\)\n {2}sandbox-/, "(0.0 s)\n  sandbox-"),
    ).toBe(`Deploying sandbox-account (account)
Planned: 1 unchanged.

Deploying sandbox (foundation)
Planned: 2 to create.
 +  pulumi:pulumi:Stack gabion-sandbox created (0.3 s)
 +  aws:s3:Bucket data created (0.3 s)

gabion up sandbox: done (0.0 s)
  sandbox-account (account): 1 unchanged
  sandbox (foundation): 2 created
  Resources  1: s3 1
  Policies   gabion 0.1.0: no findings
  State      .gabion/state/gabion
  Report     .gabion/reports/sandbox/report.md
`);
    expect(ran.err).toBe("");
    expect(ran.code).toBe(0);
  });

  it("says that nothing changed", async () => {
    const { run } = fakeEngine({ sandbox: { steps: [unchanged("sandbox")] } });
    expect((await gabion("up sandbox", { cwd: root, run })).out).toContain("gabion up sandbox: nothing changed (");
    expect((await gabion("preview sandbox", { cwd: root, run })).out).toContain(
      "preview sandbox: nothing would change (",
    );
  });

  it("names policy, resource, reason and remedy of what was rejected, and goes no further", async () => {
    const { run, calls } = fakeEngine({ "sandbox-account": { status: "rejected", findings: [finding()] } });
    const ran = await gabion("up sandbox", { cwd: root, run });
    expect(ran.code).toBe(1);
    expect(calls).toHaveLength(1);
    expect(ran.out).toContain("gabion up sandbox: rejected by policy (");
    expect(ran.out).toContain(`  mandatory: s3-tls-only (gabion 0.1.0)
    resource  aws:s3:Bucket data
    reason    Buckets take requests over TLS only
              policy: it allows http
              Why: data can be read
    remedy    Deny http.
`);
    expect(ran.out).toContain("  sandbox (foundation): not started\n");
  });

  it("previews every stack, also behind one that is rejected", async () => {
    const { run, calls } = fakeEngine({ "sandbox-account": { status: "rejected", findings: [finding()] } });
    expect((await gabion("preview sandbox", { cwd: root, run })).code).toBe(1);
    expect(calls).toHaveLength(2);
  });

  it.each([
    ["usage", 2],
    ["failed", 1],
  ] as const)("shows an engine's error of kind %s once, as its message alone", async (kind, code) => {
    const { run, calls } = fakeEngine({ "sandbox-account": { throws: new EngineError("The state is locked.", kind) } });
    const ran = await gabion("up sandbox", { cwd: root, run });
    expect(ran.err).toBe("error: The state is locked.\n");
    expect(ran.code).toBe(code);
    expect(calls).toHaveLength(1);
  });

  it("shows where a fault of ours is", async () => {
    const { run } = fakeEngine({ sandbox: { throws: new TypeError("x is not a function") } });
    const ran = await gabion("up sandbox", { cwd: root, run });
    expect(ran.err).toMatch(/TypeError: x is not a function\n\s+at /);
    expect(ran.code).toBe(1);
  });

  it("prints only documents to standard output with --json, and findings to standard error", async () => {
    const { run } = fakeEngine({ sandbox: { steps: [bucket("sandbox")], findings: [finding()], status: "rejected" } });
    const ran = await gabion("preview sandbox --json", { cwd: root, run });
    expect(ran.code).toBe(1);
    const documents = JSON.parse(ran.out) as { steps?: unknown[] }[];
    expect(documents.map(({ steps = [] }) => steps.length)).toEqual([0, 1]);
    expect(documents[1]).toMatchObject({
      policyEvents: [{ policyName: "s3-tls-only", enforcementLevel: "mandatory", resourceUrn: finding().urn }],
    });
    expect(documents[0]).not.toHaveProperty("policyEvents");
    expect(ran.err).toContain("mandatory: s3-tls-only");
    const one = await gabion("preview sandbox --json --layer foundation", { cwd: root, run });
    expect(JSON.parse(one.out)).toMatchObject({ changeSummary: { create: 1 } });
  });
});

describe("after a destroy", () => {
  it("the summary names what stays in the simulated account", async () => {
    const { run } = fakeEngine({
      sandbox: {
        async during({ startProvider }) {
          await startProvider({ package: "aws", urn: "" });
        },
      },
    });
    const ran = await gabion("destroy sandbox", { cwd: root, run });
    expect(ran.out).toContain(
      "  Left       in the simulated account:\n             a network interface (until 2026-06-01T00:00:00Z)\n",
    );
    expect((await gabion("up sandbox", { cwd: root, run })).out).not.toContain("Left ");
  });
});
