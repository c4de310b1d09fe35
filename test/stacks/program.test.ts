import path from "node:path";
import { InputError } from "gabion";
import { KnowledgeError } from "gabion-knowledge";
import { describe, expect, it, vi } from "vitest";
import * as account from "../../stacks/layers/account";
import { accountOutputs } from "../../stacks/outputs/account";
import { foundationOutputs } from "../../stacks/outputs/foundation";
import { deployStack, readReleased, readToday } from "../../stacks/program";
import { InstantEngine, runInOwnProcess, runInProcess } from "../support/instant-engine";
import { ACCOUNT_OUTPUTS, configOf, deviation, SHORTEST, TODAY, type Values } from "./documents";

const today = { GABION_TODAY: TODAY };
const never = new Date("2000-01-01T00:00:00Z");
const run = (values: Values, environment: Record<string, string> = {}, preview = true) =>
  runInProcess(() => deployStack({ ...today, ...environment }, never), {
    stack: "dev",
    config: configOf(values),
    preview,
    stackOutputs: { "dev-account": ACCOUNT_OUTPUTS },
  });

describe("the program of a stack", () => {
  it.each([
    ["account", accountOutputs],
    ["foundation", foundationOutputs],
  ] as const)("deploys the layer %s, whose outputs are those that readers expect", async (layer, schema) => {
    const recording = await run(SHORTEST[layer], {}, false);
    const [outputs] = [...recording.outputs]
      .filter(([urn]) => urn.includes("pulumi:pulumi:Stack"))
      .map(([, all]) => all);
    expect(schema.strict().safeParse(outputs).error?.issues ?? []).toEqual([]);
    expect(recording.logs).toEqual([]);
  });

  it("asks for the same, twice, and for nothing that it would have to look up", async () => {
    for (const layer of ["account", "foundation"] as const) {
      const [first, second] = [await run(SHORTEST[layer]), await run(SHORTEST[layer])];
      const sorted = ({ registrations }: typeof first) => [...registrations].sort((a, b) => (a.urn < b.urn ? -1 : 1));
      expect(sorted(second)).toEqual(sorted(first));
      expect(first.invokes).toEqual([]);
    }
  });

  it("stops at wrong settings with all of them in one message alone, before the first resource", async () => {
    await expect(run({ ...SHORTEST.account, region: "nowhere", macie: false })).rejects.toMatchObject({
      message: expect.stringMatching(
        /^2 settings in Pulumi\.dev\.yaml are wrong:\n\n {2}gabion:region\n.*\n\n {2}gabion:macie\n/s,
      ),
      __pulumiRunError: true,
    });
  });

  it("refuses secrets that the engine names", async () => {
    const environment = { PULUMI_CONFIG_SECRET_KEYS: '["gabion:owner"]' };
    await expect(run({ ...SHORTEST.account, owner: "hunter2" }, environment)).rejects.toThrow(
      /gabion:owner\n.*a secret/s,
    );
    await expect(run({ ...SHORTEST.account, owner: "hunter2" }, environment)).rejects.not.toThrow(/hunter2/);
  });

  it("announces every deviation", async () => {
    const values = { ...SHORTEST.account, macie: false, deviations: [deviation("account-macie")] };
    expect((await run(values)).logs).toEqual([
      {
        severity: "warning",
        message: "Deviation from account-macie until 2027-01-31 (SEC-1, ml-platform): the tunnel is not up yet",
      },
    ]);
  });

  it("holds deviations against the given day", async () => {
    const values = { ...SHORTEST.account, macie: false, deviations: [deviation("account-macie")] };
    await expect(run(values, { GABION_TODAY: "2027-02-01" })).rejects.toThrow(
      "the deviation ended; today is 2027-02-01",
    );
  });

  it("lifts protection from what is named for the run, and in the layer that has any alone", async () => {
    await expect(
      run({ ...SHORTEST.foundation, assurance: "regulated" }, { GABION_RELEASE: " dev , nothing" }),
    ).rejects.toThrow(/under the name "nothing"/);
    await expect(run(SHORTEST.account, { GABION_RELEASE: "dev" })).rejects.toThrow(
      /In the layer account of dev nothing is protected under the name "dev"/,
    );
    expect(readReleased(undefined)).toEqual([]);
    expect(readReleased(" a,b , ,c")).toEqual(["a", "b", "c"]);
  });

  it("stops where the account does not fit", async () => {
    const outputs = { ...ACCOUNT_OUTPUTS, accountId: "444455556666" };
    const foreign = runInProcess(() => deployStack(today, never), {
      stack: "dev",
      config: configOf(SHORTEST.foundation),
      stackOutputs: { "dev-account": outputs },
    });
    await expect(foreign).rejects.toThrow(
      "The account's baseline \"dev-account\" does not fit this stack: its accountId is 444455556666 and this stack's gabion:accountId is 111122223333.",
    );
  });
});

describe("what a layer throws", () => {
  /** How a run ends whose layer throws an error. */
  async function thrown(error: Error): Promise<unknown> {
    const deploy = vi.spyOn(account, "deployAccount").mockImplementation(() => {
      throw error;
    });
    try {
      return await run(SHORTEST.account).catch((caught: unknown) => caught);
    } finally {
      deploy.mockRestore();
    }
  }
  const problems = [{ path: "version", found: '"0.1"', reason: "too old", remedy: "Take another" }];

  it.each([new InputError("PrivateCluster", "dev", problems), new KnowledgeError("Policy document", problems)])(
    "is shown as its message alone when it is about arguments: $name",
    async (error) => {
      expect(await thrown(error)).toMatchObject({ message: error.message, __pulumiRunError: true });
    },
  );

  it("keeps its stack when it is a mistake of ours", async () => {
    const error = new TypeError("ours");
    expect(await thrown(error)).toBe(error);
    expect(error).not.toHaveProperty("__pulumiRunError");
  });
});

describe("today", () => {
  it("is the given day, else the clock's in UTC", () => {
    const now = new Date("2026-11-24T23:59:59Z");
    expect(readToday(undefined, now)).toBe("2026-11-24");
    expect(readToday("", now)).toBe("2026-11-24");
    expect(readToday("2027-01-31", now)).toBe("2027-01-31");
  });

  it.each(["tomorrow", "2026-02-30", "2026-1-1", " 2026-01-01"])("is a day: %s", (given) => {
    expect(() => readToday(given, never)).toThrow(
      `GABION_TODAY is ${JSON.stringify(given)} and must be a day as YYYY-MM-DD, or not be set.`,
    );
  });
});

describe("the program as Pulumi starts it", () => {
  const start = async (values: Values, environment: Record<string, string>) => {
    const engine = await new InstantEngine({ stack: "dev", config: configOf(values) }).start();
    try {
      const folder = path.resolve(__dirname, "../../stacks");
      return { engine, ...(await runInOwnProcess(engine, { folder, environment: { ...today, ...environment } })) };
    } finally {
      engine.stop();
    }
  };

  it("runs from source, without a build", async () => {
    const { exitCode, engine } = await start(SHORTEST.account, {});
    expect([exitCode, engine.logs]).toEqual([0, []]);
    expect(engine.registrations.length).toBeGreaterThan(30);
  });

  it("ends with one message and not zero when the settings are wrong", async () => {
    const { exitCode, engine, stderr } = await start({ ...SHORTEST.account, region: "nowhere" }, {});
    expect(exitCode).not.toBe(0);
    expect(engine.logs.map(({ severity }) => severity)).toEqual(["error"]);
    expect(engine.logs[0]?.message).toMatch(/^One setting in Pulumi\.dev\.yaml is wrong:\n\n {2}gabion:region\n/);
    expect(engine.logs[0]?.message).not.toMatch(/^\s+at /m);
    expect(stderr).toBe("");
    expect(engine.registrations.filter(({ type }) => type.startsWith("aws:"))).toEqual([]);
  });
});
