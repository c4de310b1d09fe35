import * as iam from "@pulumi/aws/iam";
import * as scheduler from "@pulumi/aws/scheduler";
import * as sfn from "@pulumi/aws/sfn";
import * as pulumi from "@pulumi/pulumi";
import {
  formatArn,
  nextPromotion,
  type PatchPlan,
  type Problem,
  patchPlanProblems,
  policyJson,
  printable,
  releaseForPool,
  requirePartition,
  ringStates,
} from "gabion-knowledge";
import { missingProblems, nameProblems, type ScopeArgs, scopeProblems } from "../arguments/checks";
import { type Deviation, deviationProblems, deviationTags } from "../arguments/deviation";
import { refuseArguments } from "../arguments/input-error";
import { dayOf, dayProblems } from "../arguments/today";
import { defaultBusArn, PROMOTION_SOURCE, promotionMachine } from "./promotion-machine";
import { serviceTrust } from "./trust";

/** Pools that get a release of node images together. */
export interface PatchRingArgs {
  /** Its name, for example `canary`. */
  name: string;
  /** Names of its pools, each in one ring. */
  pools: string[];
  /** Days that a release stays in this ring before the next one may have it, 0 to 90. */
  soakDays: number;
}

/** Releases of node images that belong together. */
export interface ReleaseSetArgs {
  /** For example `2026-11`. */
  name: string;
  /**
   * Releases as EKS lists them, by image type (`BOTTLEROCKET_x86_64_NVIDIA`) or family (`BOTTLEROCKET`, `AL2023`). The type wins. Pools
   * whose image is in neither have the release that Gabion pins.
   */
  releases: Record<string, string>;
}

/** That a ring got the current releases. */
export interface PromotionArgs {
  /** The name of the ring. */
  ring: string;
  /** The day, `YYYY-MM-DD`. */
  on: string;
}

/** Which releases the rings run. */
export interface PatchPlanArgs {
  /** In the order in which they get a release, canary first. At least two. */
  rings: PatchRingArgs[];
  /** The releases on their way. */
  current: ReleaseSetArgs;
  /** The releases that rings run which have not got the current ones, and that all return to. */
  previous: ReleaseSetArgs;
  /**
   * The rings that have the current releases, in order. To promote is to append one, to roll back is to leave none: every pool then
   * runs exactly the previous releases.
   * @default - none: all rings run the previous releases
   */
  promotions?: PromotionArgs[];
}

export interface PatchRingsArgs extends PatchPlanArgs, ScopeArgs {
  /** The name of the EKS cluster. */
  clusterName: pulumi.Input<string>;
  /** Names of the node groups by the names of their pools. */
  nodeGroupNames: pulumi.Input<Record<string, string>>;
  /**
   * Why releases may pass on before their soak time has ended, in the same order: a fix that cannot wait.
   * @default - they may not
   */
  soakDeviation?: Deviation;
  /**
   * When the next promotion is looked at, as EventBridge Scheduler takes it, in UTC.
   * @default cron(0 8 ? * MON-FRI *)
   */
  schedule?: string;
  /**
   * The day against which promotions and the deviation are held, `YYYY-MM-DD`.
   * @default - that of the environment variable GABION_TODAY, else the day of the run
   */
  today?: string;
}

/**
 * Rings of pools that get releases of node images one after the other. A release never reaches a ring before it was in the ring before,
 * for its soak time. `PatchRings.releaseFor` gives each pool its release; what follows is one setting, the list of promotions.
 *
 * A schedule proposes the next promotion: when the soak time has passed and the node groups of the last ring are sound, it puts an event
 * of the source `gabion.patch-rings` on the default bus. It runs by roles that only EventBridge Scheduler and Step Functions can take,
 * holds no credentials, and changes nothing.
 */
export class PatchRings extends pulumi.ComponentResource {
  /** The name of the releases that each ring runs. Where they differ, a release is on its way. */
  public readonly ringReleases: pulumi.Output<Record<string, string>>;
  /** The ring that is next; undefined when all have the current releases. */
  public readonly nextRing: pulumi.Output<string | undefined>;
  /** The first day on which it may have them, `YYYY-MM-DD`; undefined when it may at once, or there is none. */
  public readonly nextRingNotBefore: pulumi.Output<string | undefined>;
  /** The ARN of the state machine that proposes promotions. */
  public readonly stateMachineArn: pulumi.Output<string>;

  /** @throws InputError with everything that is wrong with the arguments. */
  constructor(name: string, args: PatchRingsArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("PatchRings", name, argumentProblems(name, args));
    super("gabion:index:PatchRings", name, args, opts);

    const plan = planOf(args);
    const machine = makeMachine(name, args, plan, this);
    makeSchedule(name, args, machine, this);

    const next = nextPromotion(plan);
    this.ringReleases = pulumi.output(
      Object.fromEntries(ringStates(plan).map(({ ring, releaseSet }) => [ring, releaseSet])),
    );
    this.nextRing = pulumi.output(next?.ring);
    this.nextRingNotBefore = pulumi.output(next?.notBefore);
    this.stateMachineArn = machine.arn;
    this.registerOutputs({
      ringReleases: this.ringReleases,
      nextRing: this.nextRing,
      nextRingNotBefore: this.nextRingNotBefore,
      stateMachineArn: this.stateMachineArn,
    });
  }

  /** The release that a pool of an image type has to run; undefined for a pool in no ring and an image in no set. */
  static releaseFor(plan: PatchPlanArgs, pool: string, amiType: string): string | undefined {
    return releaseForPool(planOf(plan), pool, amiType);
  }
}

function planOf({ rings, current, previous, promotions }: PatchPlanArgs): PatchPlan {
  return { rings, current, previous, promotions: promotions ?? [] };
}

function makeMachine(name: string, args: PatchRingsArgs, plan: PatchPlan, parent: pulumi.Resource): sfn.StateMachine {
  const machineArn = machineArnPattern(name, args);
  const role = new iam.Role(
    `${name}-machine`,
    {
      description: "Looks at node groups and proposes promotions of their images",
      assumeRolePolicy: serviceTrust(args, "states", machineArn),
    },
    { parent },
  );
  const policy = new iam.RolePolicy(
    `${name}-machine`,
    { role: role.name, policy: pulumi.output(args.clusterName).apply((cluster) => machinePolicy(args, cluster)) },
    { parent },
  );
  const last = plan.rings[plan.promotions.length - 1];
  return new sfn.StateMachine(
    name,
    {
      roleArn: role.arn,
      definition: pulumi.all([args.clusterName, args.nodeGroupNames]).apply(([clusterName, groups]) =>
        promotionMachine({
          region: args.region,
          accountId: args.accountId,
          clusterName,
          plan,
          nodeGroups: (last?.pools ?? []).flatMap((pool) => groups[pool] ?? []),
        }),
      ),
      tags: { Name: name, ...deviationTags({ "patch-soak": args.soakDeviation }) },
    },
    { parent, dependsOn: [policy] },
  );
}

function machinePolicy(args: PatchRingsArgs, clusterName: string): string {
  return policyJson([
    { actions: ["eks:DescribeNodegroup"], resources: [scopedArn(args, "eks", `nodegroup/${clusterName}/*`)] },
    {
      actions: ["events:PutEvents"],
      resources: [defaultBusArn(args)],
      conditions: { StringEquals: { "events:source": PROMOTION_SOURCE } },
    },
  ]);
}

function makeSchedule(name: string, args: PatchRingsArgs, machine: sfn.StateMachine, parent: pulumi.Resource): void {
  const role = new iam.Role(
    `${name}-schedule`,
    {
      description: "Starts the look at the next promotion",
      assumeRolePolicy: serviceTrust(args, "scheduler", scopedArn(args, "scheduler", "schedule-group/default")),
    },
    { parent },
  );
  const policy = new iam.RolePolicy(
    `${name}-schedule`,
    {
      role: role.name,
      policy: policyJson([{ actions: ["states:StartExecution"], resources: [machineArnPattern(name, args)] }]),
    },
    { parent },
  );
  new scheduler.Schedule(
    name,
    {
      description: "Proposes the next promotion of node images",
      scheduleExpression: args.schedule ?? "cron(0 8 ? * MON-FRI *)",
      flexibleTimeWindow: { mode: "OFF" },
      target: { arn: machine.arn, roleArn: role.arn, retryPolicy: { maximumRetryAttempts: 2 } },
    },
    { parent, dependsOn: [policy] },
  );
}

/** The machine's ARN but for its random end: what names it is known, and judged, in a preview. */
function machineArnPattern(name: string, args: ScopeArgs): string {
  return scopedArn(args, "states", `stateMachine:${name}-*`);
}

function scopedArn({ region, accountId }: ScopeArgs, service: string, resource: string): string {
  return formatArn({ partition: requirePartition(region).name, service, region, account: accountId, resource });
}

function argumentProblems(name: string, args: PatchRingsArgs): Problem[] {
  const missing = missingProblems(args, ["clusterName", "nodeGroupNames", "rings", "current", "previous"]);
  const complete = !missing.some(({ path }) => ["rings", "current", "previous"].includes(path));
  const today = dayProblems("today", args.today);
  const options = {
    today: today.length === 0 ? dayOf(args.today) : undefined,
    allowEarly: args.soakDeviation !== undefined,
  };
  return [
    ...nameProblems(name, 64 - "-schedule-0123456".length),
    ...scopeProblems(args),
    ...missing,
    ...today,
    ...(complete ? patchPlanProblems(planOf(args), options) : []),
    ...deviationProblems("soakDeviation", args.soakDeviation, options.today),
    ...scheduleProblems(args.schedule),
  ];
}

function scheduleProblems(schedule: string | undefined): Problem[] {
  if (schedule === undefined || /^(cron\(\S+( \S+){5}\)|rate\(\d+ (minute|hour|day)s?\))$/.test(schedule)) return [];
  const remedy = 'Write "cron(0 8 ? * MON-FRI *)" or "rate(1 day)"';
  return [
    { path: "schedule", found: printable(schedule), reason: "EventBridge Scheduler takes no such expression", remedy },
  ];
}
