import { type Context, type Refusal, sources, type TypeEntry } from "./entry";
import { keyTypes, known, lasts, list, nameOf, names, needs, object, roleType, text, trusts } from "./kit";

/** What a service says of a role that it may not take. */
function assumed(service: string) {
  return {
    code: "AccessDeniedException",
    message: `Neither the global service principal ${service}, nor the regional one is authorized to assume the provided role.`,
  };
}

/** Refuses a role that does not trust the service. */
function refuseUntrusted(context: Context, path: string, service: string, refusal: Refusal = assumed(service)): void {
  const role = context.target(path);
  if (role !== undefined && !trusts(role, [service])) context.refuse(refusal);
}

const machineType = "aws:sfn/stateMachine:StateMachine";
const machineService = "states.amazonaws.com";

const stateMachine: TypeEntry = {
  type: machineType,
  label: "SFN State Machine",
  api: "SFN",
  operations: { update: "UpdateStateMachine" },
  provider: "aws_sfn_state_machine",
  cloudFormation: "AWS::StepFunctions::StateMachine",
  id: (context) =>
    `arn:${context.partition}:states:${context.region}:${context.account}:stateMachine:${machineName(context)}`,
  arn: "{id}",
  autoname: { property: "name", maxLength: 80 },
  computed: {
    creationDate: (context) => context.date,
    name: machineName,
    revisionId: (context) => (context.old === undefined ? "INITIAL" : context.ids.uuid(JSON.stringify(context.inputs))),
    stateMachineVersionArn: (context) => (context.inputs.publish === true ? `${context.id}:1` : ""),
    status: () => "ACTIVE",
  },
  changing: ["revisionId"],
  json: ["definition"],
  enums: { type: ["STANDARD", "EXPRESS"] },
  references: [needs("roleArn", roleType, assumed(machineService), { by: ["arn"], asksIam: true })],
  unique: [
    {
      by: (properties) => text(properties.name),
      refusal: { code: "StateMachineAlreadyExists", message: "State Machine Already Exists: '{value}'" },
    },
  ],
  seconds: lasts(3, 3, 20),
  facts: [
    known(
      "the definition starts at a state that it has, and its role is one that Step Functions may take",
      sources.api,
    ),
    known("names once in a Region", sources.api),
    known("logs of a machine need the star at the end of the log group's ARN", sources.guide),
  ],
  rules: machineRules,
};

function machineName(context: Context): string {
  return text(context.inputs.name) ?? context.ids.digits(26, "name");
}

function machineRules(context: Context): undefined {
  refuseUntrusted(context, "roleArn", machineService);
  const invalid = (message: string) =>
    context.refuse({ code: "InvalidDefinition", message: `Invalid State Machine Definition: '${message}'` });
  let definition: Record<string, unknown> = {};
  try {
    definition = object(JSON.parse(String(context.inputs.definition)));
  } catch {
    invalid("INVALID_JSON_DESCRIPTION: it is no JSON");
  }
  const states = object(definition.States);
  const names = Object.keys(states);
  const targets = [definition.StartAt, ...names.flatMap((name) => nextOf(object(states[name])))];
  const missing = targets.find((target) => !names.includes(String(target)));
  if (missing !== undefined || names.length === 0) {
    invalid(`MISSING_TRANSITION_TARGET: there is no state ${text(missing) ?? "to start at"}`);
  }
  const destination = text(object(context.inputs.loggingConfiguration).logDestination);
  if (destination?.endsWith(":*") === false) {
    context.refuse({
      code: "InvalidLoggingConfiguration",
      message: `Invalid Logging Configuration: ${destination} must end with :*`,
    });
  }
}

function nextOf(state: Record<string, unknown>): unknown[] {
  const inner = [...list(state.Choices), ...list(state.Catch)].map((one) => object(one).Next);
  return [state.Next, state.Default, ...inner].filter((one) => one !== undefined);
}

const groupType = "aws:scheduler/scheduleGroup:ScheduleGroup";
const schedulerService = "scheduler.amazonaws.com";

const scheduleGroup: TypeEntry = {
  type: groupType,
  label: "EventBridge Scheduler Schedule Group",
  api: "Scheduler",
  operations: { create: "CreateScheduleGroup", update: "TagResource", delete: "DeleteScheduleGroup" },
  provider: "aws_scheduler_schedule_group",
  cloudFormation: "AWS::Scheduler::ScheduleGroup",
  id: (context) => nameOf(context),
  arn: "arn:{partition}:scheduler:{region}:{account}:schedule-group/{id}",
  autoname: { property: "name", maxLength: 64 },
  computed: {
    creationDate: (context) => context.date,
    lastModificationDate: (context) => context.date,
    name: (context) => nameOf(context),
    state: () => "ACTIVE",
  },
  unique: [
    {
      by: (properties) => text(properties.name),
      refusal: { code: "ConflictException", message: "Schedule group {value} already exists.", status: 409 },
    },
  ],
  seconds: lasts(2, 1, 20),
  facts: [known("names once in a Region; a group takes its schedules with it", sources.api)],
  onDelete: (context, resource) => ({
    removed: context.world
      .resources("aws:scheduler/schedule:Schedule", context.region)
      .filter((one) => one.outputs.groupName === resource.id),
  }),
};

const schedule: TypeEntry = {
  type: "aws:scheduler/schedule:Schedule",
  label: "EventBridge Scheduler Schedule",
  api: "Scheduler",
  operations: { create: "CreateSchedule", update: "UpdateSchedule", delete: "DeleteSchedule" },
  provider: "aws_scheduler_schedule",
  cloudFormation: "AWS::Scheduler::Schedule",
  id: (context) => `${groupOf(context)}/${nameOf(context)}`,
  arn: "arn:{partition}:scheduler:{region}:{account}:schedule/{id}",
  autoname: { property: "name", maxLength: 64 },
  computed: { groupName: () => "default", name: (context) => nameOf(context) },
  enums: {
    state: ["ENABLED", "DISABLED"],
    "flexibleTimeWindow.mode": ["OFF", "FLEXIBLE"],
    actionAfterCompletion: ["NONE", "DELETE"],
  },
  references: [
    needs(
      "groupName",
      groupType,
      { code: "ResourceNotFoundException", message: "Schedule group {value} does not exist.", status: 404 },
      { by: ["id", "name"] },
    ),
    needs("target.roleArn", roleType, untakable(schedulerService), { by: ["arn"], asksIam: true }),
    names("kmsKeyArn", keyTypes, ["arn"]),
  ],
  unique: [
    {
      by: ({ name, groupName }) =>
        text(name) === undefined ? undefined : `${text(groupName) ?? "default"}/${String(name)}`,
      refusal: { code: "ConflictException", message: "Schedule {value} already exists.", status: 409 },
    },
  ],
  seconds: lasts(2, 2, 1),
  facts: [
    known("names once in a group, which must exist; the group `default` does", sources.api),
    known("a role that Scheduler may take", sources.guide),
    known("a rate, a cron expression or a time; a flexible window says how long it is", sources.api),
  ],
  rules(context) {
    refuseUntrusted(context, "target.roleArn", schedulerService, untakable(schedulerService));
    const expression = String(context.inputs.scheduleExpression);
    if (!/^(rate|cron|at)\(.+\)$/.test(expression)) {
      context.refuse({ code: "ValidationException", message: `Invalid Schedule Expression ${expression}.` });
    }
    const flexible = object(context.inputs.flexibleTimeWindow);
    if ((flexible.mode === "FLEXIBLE") !== (flexible.maximumWindowInMinutes !== undefined)) {
      context.refuse({
        code: "ValidationException",
        message: "MaximumWindowInMinutes goes with the mode FLEXIBLE, and the mode with it",
      });
    }
  },
};

const groupOf = (context: Context): string => text(context.inputs.groupName) ?? "default";

function untakable(service: string): Refusal {
  return {
    code: "ValidationException",
    message: `The execution role you provide must allow ${service === schedulerService ? "AWS EventBridge Scheduler" : service} to assume the role.`,
  };
}

const ruleType = "aws:cloudwatch/eventRule:EventRule";

const eventRule: TypeEntry = {
  type: ruleType,
  label: "EventBridge Rule",
  api: "EventBridge",
  operations: { create: "PutRule", update: "PutRule" },
  provider: "aws_cloudwatch_event_rule",
  cloudFormation: "AWS::Events::Rule",
  id: (context) => `${onDefaultBus(context) ? "" : `${String(context.inputs.eventBusName)}/`}${nameOf(context)}`,
  arn: "arn:{partition}:events:{region}:{account}:rule/{id}",
  autoname: { property: "name", maxLength: 64 },
  computed: { name: (context) => nameOf(context) },
  json: ["eventPattern"],
  enums: { state: ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"] },
  references: [names("roleArn", roleType, ["arn"])],
  quotas: [
    {
      limit: 300,
      per: ({ inputs, region }) => `${region} ${text(inputs.eventBusName) ?? "default"}`,
      refusal: {
        code: "LimitExceededException",
        message: "The requested resource exceeds the maximum number allowed.",
      },
    },
  ],
  settings: true,
  deletionRefused: {
    code: "ValidationException",
    message: "Rule can't be deleted since it has targets.",
  },
  seconds: lasts(1, 1, 1),
  facts: [
    known("a pattern or a schedule, or both; 300 rules a bus; a rule of the same name is put over", sources.api),
    known("a rule with targets stays", sources.api),
    known("schedules on the default bus alone", sources.guide),
  ],
  rules: ruleRules,
};

const onDefaultBus = (context: Context): boolean => (text(context.inputs.eventBusName) ?? "default") === "default";

function ruleRules(context: Context): undefined {
  const { eventPattern, scheduleExpression } = context.inputs;
  const refuse = (code: string, message: string) => context.refuse({ code, message });
  if (text(eventPattern) === undefined && text(scheduleExpression) === undefined) {
    refuse("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.");
  }
  const schedule = text(scheduleExpression);
  if (schedule !== undefined && (!onDefaultBus(context) || !/^(rate|cron)\(.+\)$/.test(schedule))) {
    refuse("ValidationException", "Parameter ScheduleExpression is not valid.");
  }
  const pattern = text(eventPattern);
  if (pattern !== undefined && !isPattern(pattern)) {
    refuse("InvalidEventPatternException", "Event pattern is not valid. Reason: Filter is not an object");
  }
}

/** A pattern is an object whose leaves are lists. */
function isPattern(content: string): boolean {
  const fits = (value: unknown): boolean =>
    Array.isArray(value) ||
    (value !== null && typeof value === "object" && Object.values(value).every((inner) => fits(inner)));
  try {
    const parsed: unknown = JSON.parse(content);
    return parsed !== null && typeof parsed === "object" && !Array.isArray(parsed) && fits(parsed);
  } catch {
    return false;
  }
}

const eventTarget: TypeEntry = {
  type: "aws:cloudwatch/eventTarget:EventTarget",
  label: "EventBridge Target",
  api: "EventBridge",
  operations: { create: "PutTargets", update: "PutTargets", delete: "RemoveTargets" },
  provider: "aws_cloudwatch_event_target",
  id: (context) =>
    `${onDefaultBus(context) ? "" : `${String(context.inputs.eventBusName)}-`}${String(context.inputs.rule)}-${targetId(context)}`,
  computed: { targetId },
  references: [
    needs(
      "rule",
      ruleType,
      { code: "ResourceNotFoundException", message: "Rule {value} does not exist on EventBus default." },
      { by: ["id", "name"], holds: true },
    ),
    names("roleArn", roleType, ["arn"], { asksIam: true }),
    names("arn", [machineType, "aws:sns/topic:Topic", "aws:sqs/queue:Queue"], ["arn"]),
  ],
  quotas: [
    {
      limit: 5,
      per: ({ inputs }) => `${text(inputs.eventBusName) ?? "default"} ${String(inputs.rule)}`,
      refusal: {
        code: "LimitExceededException",
        message: "The requested resource exceeds the maximum number allowed.",
      },
    },
  ],
  settings: true,
  seconds: lasts(1, 1, 1),
  facts: [
    known("the rule must exist; five targets a rule", sources.quotas),
    known("a state machine as target needs a role that EventBridge may take", sources.guide),
  ],
  rules(context) {
    const arn = String(context.inputs.arn);
    const service = "events.amazonaws.com";
    if (/^arn:[^:]+:states:/.test(arn) && text(context.inputs.roleArn) === undefined) {
      context.refuse({ code: "ValidationException", message: `RoleArn is required for target ${arn}.` });
    }
    refuseUntrusted(context, "roleArn", service, {
      code: "ValidationException",
      message: `Provided role '{roleArn}' cannot be assumed by principal '${service}'.`,
    });
  },
};

function targetId(context: Context): string {
  return text(context.inputs.targetId) ?? `terraform-${context.ids.digits(26)}`;
}

export const entries: TypeEntry[] = [stateMachine, scheduleGroup, schedule, eventRule, eventTarget];
