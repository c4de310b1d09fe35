import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type PolicyExemption, type RunOptions, type RunResult, run } from "../../../sandbox/engine";
import { TestProvider } from "../../support/test-provider";
import { pack } from "./support";

const main = path.resolve(__dirname, "..", "..", "fixtures", "programs", "judged");
const judged = "urn:pulumi:dev::engine::test:index:Thing::judged";

let folder: string;
let provider: TestProvider;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-judged-"));
  provider = await new TestProvider().start();
});
afterEach(() => {
  provider.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const up = (name: string, options: Partial<RunOptions> = {}): Promise<RunResult> =>
  run({
    operation: "up",
    project: { name: "engine", root: main, main, nodeArgs: [], typescript: false },
    stack: "dev",
    config: { values: {}, secretKeys: [] },
    stateFolder: path.join(folder, "state"),
    passphrase: "only for tests",
    startProvider: () => Promise.resolve({ address: provider.address, stop: () => Promise.resolve() }),
    policyPacks: [pack("rules")],
    environment: { VARIANT: name },
    timeoutSeconds: 60,
    today: "2026-06-01",
    onEvent: () => undefined,
    ...options,
  });

const exemption = (given: Partial<PolicyExemption>): PolicyExemption => ({
  rule: "named",
  stack: "dev",
  resource: judged,
  owner: "ml-platform",
  ticket: "SEC-1",
  reason: "renamed next quarter",
  expires: "2026-06-01",
  ...given,
});

const told = ({ findings }: RunResult) =>
  findings.map(({ policyName, enforcementLevel, urn }) => [policyName, enforcementLevel, urn]);

describe("a run that rules judge", { timeout: 60_000 }, () => {
  it("creates nothing at all when its preview breaks a mandatory rule, and an expired exemption does not help", async () => {
    const entries = [exemption({ expires: "2026-05-31" })];
    const result = await up("bad", { policyExemptions: { source: "e.yaml", enforcementLevel: "mandatory", entries } });
    expect(result.status).toBe("rejected");
    expect(told(result)).toEqual([
      ["fixed", "remediate", judged],
      ["named", "mandatory", judged],
      ["exemption-expired", "mandatory", judged],
    ]);
    expect(provider.operations("create")).toEqual([]);
    // Where the program declares the resource, for reports.
    expect(result.findings[1]?.sourcePosition).toMatch(/^project:\/\/\/index\.js#\d+,\d+$/);
  });

  it("without a preview does not create what a mandatory rule forbids, nor what needs it", async () => {
    const result = await up("bad", { skipPreview: true });
    expect(result.status).toBe("rejected");
    expect(told(result)).toEqual([
      ["fixed", "remediate", judged],
      ["named", "mandatory", judged],
    ]);
    expect(provider.operations("create")).toEqual(["create before"]);
  });

  it("gets by with an exemption: the finding stays visible, remediated inputs are created, unused ones are told", async () => {
    const entries = [exemption({}), exemption({ rule: "count" })];
    const result = await up("bad", {
      skipPreview: true,
      policyExemptions: { source: "e.yaml", enforcementLevel: "advisory", entries },
    });
    expect(result.status).toBe("succeeded");
    expect(told(result)).toEqual([
      ["fixed", "remediate", judged],
      ["named", "mandatory", judged],
      ["exemption-unused", "advisory", judged],
    ]);
    expect(result.findings[1]?.exemption).toMatchObject({ owner: "ml-platform", ticket: "SEC-1" });
    expect(provider.operations("create")).toEqual(["create before", "create judged", "create after"]);
    expect(provider.calls.find(({ method, name }) => method === "create" && name === "judged")?.news).toMatchObject({
      name: "bad",
      owner: "team",
    });
  });
});
