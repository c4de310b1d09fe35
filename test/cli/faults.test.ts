import * as fs from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type InjectedFault, randomFaultPlan } from "../../sandbox/aws";
import { fakeEngine, gabion, makeProject, urnOf } from "./support";

const plan = `seed: 7
rules:
  - kind: throttling
    type: aws:ec2/*
    operation: create
    times: 3
    share: 0.5
  - kind: slow
    seconds: 5
`;
const vpc = { type: "aws:ec2/vpc:Vpc", urn: urnOf("aws:ec2/vpc:Vpc", "main") };
const injected: InjectedFault[] = [
  { rule: 0, kind: "throttling", operation: "create", effect: "repeated", ...vpc },
  { rule: 0, kind: "throttling", operation: "create", effect: "repeated", ...vpc },
];

describe("a plan of faults", () => {
  let root = "";
  let remove = (): void => undefined;

  beforeAll(() => {
    ({ root, remove } = makeProject());
    fs.writeFileSync(path.join(root, "plan.yaml"), plan);
  });

  afterAll(() => remove());

  const { run } = fakeEngine({
    sandbox: { during: async ({ startProvider }) => void (await startProvider({ package: "aws", urn: vpc.urn })) },
  });

  it("of a file reaches the twin, and what it has done is told and reported", async () => {
    const ran = await gabion("up sandbox --faults plan.yaml", { cwd: root, run, faults: injected });
    expect([ran.code, ran.err]).toEqual([0, ""]);
    expect(ran.twins.requests.map(({ faults }) => faults)).toEqual([
      {
        seed: "7",
        rules: [
          { kind: "throttling", type: "aws:ec2/*", operation: "create", times: 3, share: 0.5 },
          { kind: "slow", seconds: 5 },
        ],
      },
    ]);
    expect(ran.out).toContain("  Faults     2 throttling (repeated), nothing met rule 2\n");
    const folder = path.join(root, ".gabion", "reports", "sandbox");
    const report = JSON.parse(fs.readFileSync(path.join(folder, "report.json"), "utf8"));
    expect(report.stacks.map((stack: { faults?: unknown }) => stack.faults)).toEqual([
      undefined,
      { ...ran.twins.requests[0]?.faults, injected },
    ]);
    expect(fs.readFileSync(path.join(folder, "report.md"), "utf8")).toContain(
      "### Faults that were asked for\n\n- throttling at the create of aws:ec2:Vpc main: repeated\n",
    );
  });

  it("of a seed is a random one, the same each time", async () => {
    const ran = await gabion("destroy sandbox --faults seed=7", { cwd: root, run });
    expect(ran.twins.requests.map(({ faults }) => faults)).toEqual([randomFaultPlan("7")]);
  });

  it("is not there unless it is asked for, and nothing is said of it", async () => {
    const ran = await gabion("refresh sandbox", { cwd: root, run });
    expect(ran.twins.requests.map(({ faults }) => faults)).toEqual([undefined]);
    expect(ran.out).not.toContain("Faults");
  });

  it.each([
    ["nowhere.yaml", /^.*\/nowhere\.yaml cannot be read: .*--faults takes a file or seed=TEXT\.$/m],
    ["seed=", /has no seed/],
    ["stacks", /cannot be read/],
  ])("that cannot be read (%s) is told of once, and nothing is started", async (given, message) => {
    const ran = await gabion(`up sandbox --faults ${given}`, { cwd: root, run });
    expect([ran.code, ran.twins.requests]).toEqual([2, []]);
    expect(ran.err).toMatch(message);
  });

  it("that is wrong is refused with everything that is wrong with it", async () => {
    const file = path.join(root, "wrong.yaml");
    fs.writeFileSync(file, "seeds: 1\nrules: [{ kind: gone, share: 2 }, { type: aws:ec2/* }]\n");
    const ran = await gabion("up sandbox --faults wrong.yaml", { cwd: root, run });
    expect([ran.code, ran.twins.requests]).toEqual([2, []]);
    expect(ran.err).toContain(
      [
        `The plan of faults in ${file} cannot be used:`,
        "  seeds is not known; there are seed and rules",
        '  rules[0].kind is "gone"; allowed is one of throttling, server-error, time-out, lost-answer, slow',
        "  rules[0].share is 2; allowed is a number from 0 to 1",
        "  rules[1].kind is missing; allowed is one of throttling, server-error, time-out, lost-answer, slow",
      ].join("\n"),
    );
  });

  it.each([
    ["up dev --engine embedded", "dev-account, dev"],
    ["up sandbox --engine pulumi", "sandbox-account, sandbox"],
  ])("is refused where AWS is not the sandbox's: %s", async (line, stacks) => {
    const ran = await gabion(`${line} --faults seed=1`, { cwd: root, run, commands: { pulumi: "/bin/pulumi" } });
    expect([ran.code, ran.twins.requests, ran.children]).toEqual([2, [], []]);
    expect(ran.err).toContain(`and ${stacks} would not be run so.`);
  });

  it("is no option of a preview, which changes nothing", async () => {
    const ran = await gabion("preview sandbox --faults seed=1", { cwd: root, run });
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining("--faults")]);
  });
});
