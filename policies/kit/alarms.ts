import { argument } from "./bucket-aspects";
import { type Property, UNKNOWN } from "./property";
import type { StackIndex, StackResource } from "./stack-index";
import { every, not, some, type Ternary } from "./statements";
import { inputsOf, isFlag } from "./trails";

export const metricAlarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const compositeAlarmType = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
export const metricFilterType = "aws:cloudwatch/logMetricFilter:LogMetricFilter";

/** Whether somebody or something hears of an alarm: by its own actions, or by those of an alarm that is made from it. */
export function isHeard(index: StackIndex, alarm: StackResource): Ternary {
  return some(acts(inputsOf(alarm)), ...index.ofType(compositeAlarmType).map((other) => isPartOf(other, alarm)));
}

function acts(alarm: Property<unknown>): Ternary {
  const actions = argument(alarm, "alarmActions").items();
  const some = actions.items.length > 0 || (actions.complete ? false : ("unknown" as const));
  return every(some, not(isFlag(argument(alarm, "actionsEnabled"), false, true)));
}

/** A composite alarm names its parts in an expression: `ALARM(name) OR ALARM("other")`. */
function isPartOf(composite: StackResource, alarm: StackResource): Ternary {
  if (composite.urn === alarm.urn) return false;
  const sources = composite.sources.alarmRule ?? [];
  if (sources.includes(alarm.urn)) return true;
  const expression = argument(inputsOf(composite), "alarmRule").text();
  const inputs = inputsOf(alarm);
  const given = argument(inputs, alarm.type === metricAlarmType ? "name" : "alarmName").text();
  if (expression === UNKNOWN) return sources.length === 0 ? "unknown" : false;
  if (expression === undefined || given === undefined) return false;
  return given === UNKNOWN ? "unknown" : expression.includes(given);
}

/** Whether an alarm watches the metric that a filter makes. */
export function watches(alarm: StackResource, filter: StackResource): Ternary {
  const made = argument(inputsOf(filter), "metricTransformation");
  const inputs = inputsOf(alarm);
  const queries = argument(inputs, "metricQueries").items();
  const own = isMetric(inputs, made, (alarm.sources.metricName ?? []).includes(filter.urn));
  const inQueries = queries.items.map((query) =>
    isMetric(argument(query, "metric"), made, (alarm.sources.metricQueries ?? []).includes(filter.urn)),
  );
  return some(own, ...inQueries, ...(queries.complete ? [] : ["unknown" as const]));
}

function isMetric(asked: Property<unknown>, made: Property<unknown>, isFromFilter: boolean): Ternary {
  const same = (left: string, right: string): Ternary => {
    const [a, b] = [argument(asked, left).text(), argument(made, right).text()];
    if (a === undefined || b === undefined) return false;
    return a === UNKNOWN || b === UNKNOWN ? isFromFilter || "unknown" : a === b;
  };
  return every(same("metricName", "name"), same("namespace", "namespace"));
}

/** Whether a filter reads the log group that a trail writes to. */
export function readsLogOf(filter: StackResource, trail: StackResource): Ternary {
  const name = argument(inputsOf(filter), "logGroupName").text();
  const arn = argument(inputsOf(trail), "cloudWatchLogsGroupArn").text();
  if (typeof name === "string" && typeof arn === "string") return /:log-group:([^:]+)/.exec(arn)?.[1] === name;
  const [from, to] = [filter.sources.logGroupName ?? [], trail.sources.cloudWatchLogsGroupArn ?? []];
  if (from.some((urn) => to.includes(urn))) return true;
  return from.length > 0 && to.length > 0 ? false : "unknown";
}
