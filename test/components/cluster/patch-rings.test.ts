import { beforeAll, describe, expect, it } from "vitest";
import { PatchRings, type PatchRingsArgs } from "../../../components";
import { promotionMachine } from "../../../components/cluster/promotion-machine";
import { deviation, type Made, make, policyOf, problemsOf, scope } from "../support";

const args: PatchRingsArgs = {
  ...scope,
  clusterName: "test",
  nodeGroupNames: { system: "test-system-1", training: "test-training-1", batch: "test-batch-1" },
  rings: [
    { name: "canary", pools: ["system"], soakDays: 3 },
    { name: "broad", pools: ["training", "batch"], soakDays: 0 },
  ],
  current: { name: "2026-11", releases: { BOTTLEROCKET: "1.64.0-0a1b2c3d" } },
  previous: { name: "2026-10", releases: { BOTTLEROCKET: "1.58.0-c5c37032" } },
  promotions: [{ ring: "canary", on: "2026-11-20" }],
  today: "2026-11-24",
};
const made = (more: Partial<PatchRingsArgs> = {}, preview = true) =>
  make("PatchRings", () => new PatchRings("test-rings", { ...args, ...more }), { preview });

interface Machine {
  StartAt: string;
  States: Record<string, Record<string, unknown>>;
}
const definitionOf = (rings: Made): Machine => JSON.parse(String(rings.child("StateMachine").inputs.definition));

describe("PatchRings", () => {
  let update: Made;
  beforeAll(async () => {
    update = await made({}, false);
  });

  it("makes a schedule, a state machine and a role for each, and nothing that changes a pool", () => {
    expect(update.children).toEqual([
      "aws:iam/role:Role test-rings-machine",
      "aws:iam/role:Role test-rings-schedule",
      "aws:iam/rolePolicy:RolePolicy test-rings-machine",
      "aws:iam/rolePolicy:RolePolicy test-rings-schedule",
      "aws:scheduler/schedule:Schedule test-rings",
      "aws:sfn/stateMachine:StateMachine test-rings",
    ]);
  });

  it("lets the machine look and speak, and the schedule start that machine alone", async () => {
    const bus = "arn:aws:events:eu-central-1:111122223333:event-bus/default";
    const preview = await made();
    expect(policyOf(preview.child("RolePolicy", "test-rings-machine")).Statement).toEqual([
      {
        Effect: "Allow",
        Action: "eks:DescribeNodegroup",
        Resource: "arn:aws:eks:eu-central-1:111122223333:nodegroup/test/*",
      },
      {
        Effect: "Allow",
        Action: "events:PutEvents",
        Resource: bus,
        Condition: { StringEquals: { "events:source": "gabion.patch-rings" } },
      },
    ]);
    expect(policyOf(update.child("RolePolicy", "test-rings-schedule")).Statement).toEqual([
      {
        Effect: "Allow",
        Action: "states:StartExecution",
        Resource: "arn:aws:states:eu-central-1:111122223333:stateMachine:test-rings-*",
      },
    ]);
    const trusts = (name: string) => policyOf(preview.child("Role", name), "assumeRolePolicy").Statement;
    const trust = (service: string, source: string) => [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": source },
        },
      },
    ];
    expect(trusts("test-rings-machine")).toEqual(
      trust("states.amazonaws.com", "arn:aws:states:eu-central-1:111122223333:stateMachine:test-rings-*"),
    );
    expect(trusts("test-rings-schedule")).toEqual(
      trust("scheduler.amazonaws.com", "arn:aws:scheduler:eu-central-1:111122223333:schedule-group/default"),
    );
  });

  it("proposes the next ring after its soak time, when the node groups of the last one are sound", () => {
    const { StartAt, States } = definitionOf(update);
    expect(StartAt).toBe("Soaked");
    expect(States.Soaked).toEqual({
      Type: "Choice",
      Choices: [
        {
          Variable: "$$.Execution.StartTime",
          TimestampGreaterThanEquals: "2026-11-23T00:00:00Z",
          Next: "NodeGroups",
        },
      ],
      Default: "Waiting",
    });
    expect(States.NodeGroups).toMatchObject({ Result: [{ name: "test-system-1" }], Next: "Healthy" });
    expect(States.Healthy).toMatchObject({ Type: "Map", Next: "Propose", Catch: [{ Next: "KeepBack" }] });
    expect(States.Propose).toMatchObject({
      Resource: "arn:aws:states:::events:putEvents",
      Parameters: {
        Entries: [
          {
            Source: "gabion.patch-rings",
            DetailType: "Patch promotion proposed",
            EventBusName: "default",
            Detail: { cluster: "test", ring: "broad", releases: "2026-11" },
          },
        ],
      },
      End: true,
    });
    expect(update.child("Schedule").inputs).toMatchObject({
      scheduleExpression: "cron(0 8 ? * MON-FRI *)",
      flexibleTimeWindow: { mode: "OFF" },
    });
  });

  it("calls nothing that changes, and leads from each state to one that is there", () => {
    const text = promotionMachine({
      ...scope,
      clusterName: "test",
      nodeGroups: ["a"],
      plan: { ...args, promotions: args.promotions ?? [] },
    });
    expect([...text.matchAll(/"Resource":"([^"]+)"/g)].map(([, resource]) => resource).sort()).toEqual([
      "arn:aws:states:::aws-sdk:eks:describeNodegroup",
      "arn:aws:states:::events:putEvents",
      "arn:aws:states:::events:putEvents",
    ]);
    const states = (machine: Machine): void => {
      const names = Object.keys(machine.States);
      expect(names).toContain(machine.StartAt);
      for (const [, target] of JSON.stringify(machine.States).matchAll(/"(?:Next|Default)":"([^"]+)"/g)) {
        expect([...names, "Judge", "NotActive", "HasIssues", "Sound"]).toContain(target);
      }
    };
    states(JSON.parse(text));
  });

  it("has nothing to propose when all have the releases, and begins with the canary when none has", async () => {
    const all = await made({
      promotions: [
        { ring: "canary", on: "2026-11-20" },
        { ring: "broad", on: "2026-11-23" },
      ],
    });
    expect(definitionOf(all).States).toEqual({ Done: { Type: "Succeed" } });
    expect(all.outputs).toMatchObject({ ringReleases: { canary: "2026-11", broad: "2026-11" } });
    expect(all.outputs.nextRing).toBeUndefined();
    const { promotions: _none, ...rest } = args;
    const none = await make("PatchRings", () => new PatchRings("test-rings", rest));
    expect(definitionOf(none).States.NodeGroups).toMatchObject({ Result: [] });
    expect(none.outputs).toMatchObject({ ringReleases: { canary: "2026-10", broad: "2026-10" }, nextRing: "canary" });
  });

  it("shows where rings differ, and who may be next from which day", () => {
    expect(update.outputs).toMatchObject({
      ringReleases: { canary: "2026-11", broad: "2026-10" },
      nextRing: "broad",
      nextRingNotBefore: "2026-11-23",
    });
  });

  it("gives each pool the release of its ring, and all of them the previous one after a roll-back", () => {
    const release = (pool: string, promotions = args.promotions ?? []) =>
      PatchRings.releaseFor({ ...args, promotions }, pool, "BOTTLEROCKET_x86_64_NVIDIA");
    expect(release("system")).toBe("1.64.0-0a1b2c3d");
    expect(release("training")).toBe("1.58.0-c5c37032");
    expect(release("system", [])).toBe("1.58.0-c5c37032");
    expect(release("unknown")).toBeUndefined();
    expect(PatchRings.releaseFor(args, "system", "AL2023_x86_64_NVIDIA")).toBeUndefined();
  });

  it("passes a fix on early with a deviation, which shows in the machine's tags", async () => {
    const early = [
      { ring: "canary", on: "2026-11-23" },
      { ring: "broad", on: "2026-11-24" },
    ];
    const rings = await made({ promotions: early, soakDeviation: deviation });
    expect(rings.child("StateMachine").inputs.tags).toMatchObject({
      "gabion:deviation": "patch-soak:SEC-123:2027-01-31",
    });
    expect(problemsOf(() => new PatchRings("test-rings", { ...args, promotions: early }))).toHaveLength(1);
  });

  it.each<[Partial<Record<keyof PatchRingsArgs, unknown>>, string[]]>([
    [{ region: "x" }, ["region: not the code of an AWS Region"]],
    [{ clusterName: "" }, ["clusterName: it is needed"]],
    [{ rings: undefined, nodeGroupNames: undefined }, ["nodeGroupNames: it is needed", "rings: it is needed"]],
    [
      { promotions: [{ ring: "broad", on: "2026-11-20" }] },
      ["promotions[0].ring: the ring at this place is canary, and none is passed over"],
    ],
    [
      { promotions: [{ ring: "canary", on: "2026-11-25" }] },
      ["promotions[0].on: the day has not come; today is 2026-11-24"],
    ],
    [{ today: "now" }, ["today: it is not a day"]],
    [{ schedule: "daily" }, ["schedule: EventBridge Scheduler takes no such expression"]],
    [
      { soakDeviation: { ...deviation, expires: "2026-11-23" } },
      ["soakDeviation.expires: the deviation ended; today is 2026-11-24"],
    ],
  ])("refuses %o", (wrong, problems) => {
    expect(problemsOf(() => new PatchRings("test-rings", { ...args, ...wrong } as PatchRingsArgs))).toEqual(problems);
  });

  it("refuses names that names of its roles would be too long with", () => {
    expect(problemsOf(() => new PatchRings("r".repeat(48), args))).toHaveLength(1);
  });
});
