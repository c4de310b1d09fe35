import { compositeAlarmType, isHeard, metricAlarmType } from "../../../kit/alarms";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const alarmActions = ["arn:aws:sns:eu-central-1:111122223333:security"];
const alarm = (properties: ExampleResource["properties"] = {}): ExampleResource => ({
  type: metricAlarmType,
  name: "errors",
  properties: { name: "errors", metricName: "Errors", namespace: "Serving", ...properties },
});
const composite = (properties: ExampleResource["properties"]): ExampleResource => ({
  type: compositeAlarmType,
  name: "serving",
  properties: { alarmName: "serving", ...properties },
});

export const cloudwatchAlarmActions = rule({
  id: "aws-cloudwatch-alarm-actions",
  title: "Alarms tell somebody, by actions of their own or of an alarm made from them",
  severity: "low",
  rationale: "An alarm without actions turns red on a page that nobody looks at.",
  remediation:
    "Give alarmActions a topic, and leave actionsEnabled out or true; or name the alarm in the alarmRule of a CompositeAlarm.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SI-4(5)" },
    { framework: "ISO 27001:2022", control: "A.8.16" },
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-05" },
  ],
  // Alarms that steer deployments are read by those, and need no actions.
  levels: { baseline: "advisory", regulated: "advisory" },
  checks: {},
  observes: [metricAlarmType, compositeAlarmType],
  stack: (index) =>
    index.ofType(metricAlarmType, compositeAlarmType).flatMap((resource) => {
      const heard = isHeard(index, resource);
      if (heard === true) return [];
      const text = "has no actions that are enabled, and is part of no other alarm";
      return [{ ...(heard === false ? fail("", text) : undecided("", `${text}, for all that is known`)), resource }];
    }),
  examples: [
    { title: "a topic", verdict: "pass", resources: [alarm({ alarmActions })] },
    {
      title: "part of an alarm with a topic",
      verdict: "pass",
      resources: [alarm(), composite({ alarmRule: 'ALARM("errors") OR ALARM("latency")', alarmActions })],
    },
    { title: "no actions", verdict: "fail", absent: true, resources: [alarm()] },
    {
      title: "actions that are switched off",
      verdict: "fail",
      resources: [alarm({ alarmActions, actionsEnabled: false })],
    },
    {
      title: "a composite alarm without actions",
      verdict: "fail",
      resources: [composite({ alarmRule: "ALARM(errors)" })],
    },
    { title: "known only later", verdict: "undecided", resources: [alarm({ alarmActions: UNKNOWN })] },
  ],
});
