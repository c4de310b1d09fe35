import { type ArnScope, formatArn, nextPromotion, type PatchPlan, requirePartition } from "gabion-knowledge";

/** The source of the events, by which rules find them. */
export const PROMOTION_SOURCE = "gabion.patch-rings";

export interface MachineInputs extends ArnScope {
  readonly clusterName: string;
  /** Names of the node groups of the ring that got the releases last. */
  readonly nodeGroups: readonly string[];
  readonly plan: PatchPlan;
}

/** The bus that proposals are put on. */
export function defaultBusArn({ region, accountId }: ArnScope): string {
  const partition = requirePartition(region).name;
  return formatArn({ partition, service: "events", region, account: accountId, resource: "event-bus/default" });
}

/**
 * What is done on each day of the schedule, in the Amazon States Language: wait for the soak time, look at the node groups that have
 * the releases, and propose the next ring, or say what keeps it back. It changes nothing: promotions are a setting that people review.
 */
export function promotionMachine(inputs: MachineInputs): string {
  const next = nextPromotion(inputs.plan);
  if (next === undefined) {
    return JSON.stringify({
      Comment: `All rings have the releases ${inputs.plan.current.name}`,
      StartAt: "Done",
      States: { Done: { Type: "Succeed" } },
    });
  }
  const due = {
    Variable: "$$.Execution.StartTime",
    TimestampGreaterThanEquals: `${next.notBefore ?? "1970-01-01"}T00:00:00Z`,
  };
  const detail = { cluster: inputs.clusterName, ring: next.ring, releases: inputs.plan.current.name };
  return JSON.stringify({
    Comment: `Proposes the releases ${inputs.plan.current.name} for the ring ${next.ring}`,
    StartAt: "Soaked",
    TimeoutSeconds: 900,
    States: {
      Soaked: { Type: "Choice", Choices: [{ ...due, Next: "NodeGroups" }], Default: "Waiting" },
      Waiting: { Type: "Succeed" },
      NodeGroups: { Type: "Pass", Result: inputs.nodeGroups.map((name) => ({ name })), Next: "Healthy" },
      Healthy: {
        Type: "Map",
        ItemProcessor: { StartAt: "Describe", States: healthStates(inputs) },
        MaxConcurrency: 1,
        Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "KeepBack" }],
        Next: "Propose",
      },
      Propose: putEvent(inputs, "Patch promotion proposed", detail),
      KeepBack: putEvent(inputs, "Patch promotion kept back", { ...detail, "reason.$": "$.error.Cause" }),
    },
  });
}

function healthStates(inputs: MachineInputs): object {
  return {
    Describe: {
      Type: "Task",
      Resource: integration(inputs, "aws-sdk:eks:describeNodegroup"),
      Parameters: { ClusterName: inputs.clusterName, "NodegroupName.$": "$.name" },
      Retry: [{ ErrorEquals: ["States.TaskFailed"], MaxAttempts: 3, BackoffRate: 2 }],
      Next: "Judge",
    },
    Judge: {
      Type: "Choice",
      Choices: [
        { Not: { Variable: "$.Nodegroup.Status", StringEquals: "ACTIVE" }, Next: "NotActive" },
        { Variable: "$.Nodegroup.Health.Issues[0]", IsPresent: true, Next: "HasIssues" },
      ],
      Default: "Sound",
    },
    NotActive: { Type: "Fail", Error: "NotActive", Cause: "a node group of the last ring is being changed, or failed" },
    HasIssues: {
      Type: "Fail",
      Error: "HasIssues",
      Cause: "a node group of the last ring reports issues of its health",
    },
    Sound: { Type: "Succeed" },
  };
}

function putEvent(inputs: MachineInputs, type: string, detail: object): object {
  const entry = { Source: PROMOTION_SOURCE, DetailType: type, EventBusName: "default", Detail: detail };
  return {
    Type: "Task",
    Resource: integration(inputs, "events:putEvents"),
    Parameters: { Entries: [entry] },
    Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 3, BackoffRate: 2 }],
    End: true,
  };
}

function integration({ region }: ArnScope, name: string): string {
  return `arn:${requirePartition(region).name}:states:::${name}`;
}
