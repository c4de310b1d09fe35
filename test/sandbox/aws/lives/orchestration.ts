import { trust } from "../documents";
import { types } from "../ground";
import { arn, id, type Life, nothing, step, tagged, topic } from "./support";

const documentType = "aws:ssm/document:Document";
const groupType = "aws:scheduler/scheduleGroup:ScheduleGroup";
const ruleType = "aws:cloudwatch/eventRule:EventRule";

const session = (description: string) => JSON.stringify({ schemaVersion: "1.0", description, sessionType: "Port" });
const document = step("document", documentType, () => ({ documentType: "Session", content: session("tunnel") }));
const machine = (end: string) => JSON.stringify({ StartAt: "wait", States: { wait: { Type: end } } });
const roleOf = (service: string) =>
  step("role", types.role, () => ({ assumeRolePolicy: trust(`${service}.amazonaws.com`) }));

export const orchestration: Life[] = [
  { type: documentType, inputs: document.inputs, change: { content: session("port") } },
  {
    type: "aws:ssm/association:Association",
    before: [document],
    inputs: (_g, made) => ({ name: id(made.document), scheduleExpression: "rate(1 day)" }),
    change: { scheduleExpression: "rate(2 days)" },
  },
  {
    type: "aws:ssm/maintenanceWindow:MaintenanceWindow",
    inputs: () => ({ schedule: "cron(0 3 ? * SUN *)", duration: 3, cutoff: 1 }),
    change: { duration: 4 },
  },
  {
    type: "aws:sfn/stateMachine:StateMachine",
    before: [roleOf("states")],
    inputs: (_g, { role }) => ({ roleArn: arn(role), definition: machine("Succeed") }),
    change: { definition: machine("Fail") },
  },
  { type: groupType, inputs: nothing, change: tagged },
  {
    type: "aws:scheduler/schedule:Schedule",
    before: [roleOf("scheduler"), step("group", groupType, nothing), topic],
    inputs: (_g, made) => ({
      groupName: id(made.group),
      scheduleExpression: "rate(1 day)",
      flexibleTimeWindow: { mode: "OFF" },
      target: { arn: arn(made.topic), roleArn: arn(made.role) },
    }),
    change: { scheduleExpression: "rate(2 days)" },
  },
  {
    type: ruleType,
    inputs: () => ({ eventPattern: JSON.stringify({ source: ["aws.guardduty"] }) }),
    change: { eventPattern: JSON.stringify({ source: ["aws.eks"] }) },
  },
  {
    type: "aws:cloudwatch/eventTarget:EventTarget",
    before: [topic, step("rule", ruleType, () => ({ scheduleExpression: "rate(1 day)" }))],
    inputs: (_g, made) => ({ rule: id(made.rule), arn: arn(made.topic) }),
    change: { input: "{}" },
  },
  {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    inputs: () => ({
      metricName: "DroppedPackets",
      namespace: "AWS/NetworkFirewall",
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 1,
      threshold: 100,
      comparisonOperator: "GreaterThanThreshold",
    }),
    change: { threshold: 200 },
  },
];
