import { sources, type TypeEntry } from "./entry";
import { arnOf, known, lasts, list, names, text } from "./kit";

const topic = ["aws:sns/topic:Topic"];

const metricAlarm: TypeEntry = {
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  label: "CloudWatch Metric Alarm",
  api: "CloudWatch",
  operations: { create: "PutMetricAlarm", update: "PutMetricAlarm", delete: "DeleteAlarms" },
  provider: "aws_cloudwatch_metric_alarm",
  cloudFormation: "AWS::CloudWatch::Alarm",
  id: "{name}",
  arn: arnOf("cloudwatch", "alarm:{name}"),
  autoname: { property: "name", maxLength: 255 },
  computed: { evaluateLowSampleCountPercentiles: () => "" },
  enums: {
    comparisonOperator: [
      "GreaterThanOrEqualToThreshold",
      "GreaterThanThreshold",
      "GreaterThanUpperThreshold",
      "LessThanLowerOrGreaterThanUpperThreshold",
      "LessThanLowerThreshold",
      "LessThanOrEqualToThreshold",
      "LessThanThreshold",
    ],
    statistic: ["SampleCount", "Average", "Sum", "Minimum", "Maximum"],
  },
  references: ["alarmActions[]", "okActions[]", "insufficientDataActions[]"].map((path) => names(path, topic, ["arn"])),
  settings: true,
  seconds: lasts(1, 1, 1),
  facts: [
    known("an alarm of the same name is put over; a metric or queries, one of both", sources.api),
    known("a metric needs a statistic of one kind", sources.api),
    known("five actions for each state", sources.quotas),
  ],
  rules(context) {
    const { metricName, metricQueries, statistic, extendedStatistic } = context.inputs;
    const refuse = (message: string) => context.refuse({ code: "ValidationError", message });
    const isMetric = text(metricName) !== undefined;
    if (isMetric === list(metricQueries).length > 0) {
      refuse("MetricName and Metrics list cannot be specified together or be both absent");
    }
    if (isMetric && (text(statistic) === undefined) === (text(extendedStatistic) === undefined)) {
      refuse("Exactly one of Statistic and ExtendedStatistic must be specified");
    }
    const actions = ["alarmActions", "okActions", "insufficientDataActions"];
    const many = actions.find((name) => list(context.inputs[name]).length > 5);
    if (many !== undefined) refuse(`At most five actions may be specified in ${many}`);
  },
};

export const entries: TypeEntry[] = [metricAlarm];
