import { MONITORED_EVENTS, type MonitoredEvents, matchesPattern } from "gabion-knowledge";
import {
  compositeAlarmType,
  isHeard,
  metricAlarmType,
  metricFilterType,
  readsLogOf,
  watches,
} from "../../../kit/alarms";
import { argument } from "../../../kit/bucket-aspects";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import { every, some, type Ternary } from "../../../kit/statements";
import { inputsOf, trailExample, trailType } from "../../../kit/trails";

const group = "/audit/events";
const trail = trailExample({
  cloudWatchLogsGroupArn: `arn:aws:logs:eu-central-1:111122223333:log-group:${group}:*`,
});
const filter = (pattern: Plain, logGroupName: Plain = group): ExampleResource => ({
  type: metricFilterType,
  name: "keys",
  properties: { logGroupName, pattern, metricTransformation: { name: "Keys", namespace: "Audit", value: "1" } },
});
const alarm = (properties: ExampleResource["properties"] = {}): ExampleResource => ({
  type: metricAlarmType,
  name: "keys",
  properties: { metricName: "Keys", namespace: "Audit", alarmActions: ["arn:aws:sns:eu-central-1:1:x"], ...properties },
});
const keys = "{ ($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion) }";
const root = '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS }';

export const cloudwatchTrailAlarms = rule({
  id: "aws-cloudwatch-trail-alarms",
  title: "A trail's log group has filters and alarms for what an intruder does first",
  severity: "medium",
  rationale:
    "A trail that nobody reads tells after the fact who opened the network, stopped the record or deleted the keys.",
  remediation:
    "Add for each that is missing a LogMetricFilter on the trail's log group, and a MetricAlarm with alarmActions for its metric; or leave it out of `controls`, where another system alarms of it.",
  mappings: [
    ...MONITORED_EVENTS.map(({ control }) => ({ framework: "CIS AWS Foundations 7.0.0" as const, control })),
    { framework: "NIST 800-53r5", control: "SI-4(5)" },
    { framework: "NIST 800-53r5", control: "AU-6" },
    { framework: "ISO 27001:2022", control: "A.8.16" },
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-05" },
  ],
  levels: { baseline: "advisory" },
  config: {
    controls: {
      type: "array",
      description: "Recommendations of section 5 of the CIS benchmark for AWS that must have their alarms.",
      items: { type: "string" },
      default: MONITORED_EVENTS.map(({ control }) => control),
    },
  },
  checks: {},
  observes: [trailType, metricFilterType, metricAlarmType, compositeAlarmType],
  stack: (index, { config }): StackFinding[] => {
    const trails = index.ofType(trailType).filter((item) => hasLogGroup(item));
    const [resource] = trails;
    if (resource === undefined) return [];
    const watched = alarmedFilters(index, trails);
    const wanted = MONITORED_EVENTS.filter(({ control }) => (config.controls as string[]).includes(control));
    const outcomes = wanted.map((row) => ({ row, seen: isSeen(row, watched) }));
    const named = (seen: Ternary) =>
      outcomes
        .filter((outcome) => outcome.seen === seen)
        .map(({ row }) => `${row.control} ${row.name}`)
        .join(", ");
    const [missing, open] = [named(false), named("unknown")];
    return [
      ...(missing === "" ? [] : [{ ...fail("", `no filter and alarm for ${missing}`), resource }]),
      ...(open === "" ? [] : [{ ...undecided("", `no filter and alarm for sure for ${open}`), resource }]),
    ];
  },
  examples: [
    {
      title: "a filter and an alarm",
      verdict: "pass",
      config: { controls: ["5.7"] },
      resources: [trail, filter(keys), alarm()],
    },
    {
      title: "words that stand together",
      verdict: "pass",
      config: { controls: ["5.3"] },
      resources: [trail, filter(root), alarm()],
    },
    { title: "a trail without a log group", verdict: "pass", resources: [trailExample()] },
    { title: "no filters", verdict: "fail", absent: true, resources: [trail] },
    {
      title: "one event of two",
      verdict: "fail",
      config: { controls: ["5.7"] },
      resources: [trail, filter("{ $.eventName = DisableKey }"), alarm()],
    },
    {
      title: "an event that is excluded",
      verdict: "fail",
      config: { controls: ["5.7"] },
      resources: [trail, filter("{ ($.eventName = DisableKey) && ($.eventName != ScheduleKeyDeletion) }"), alarm()],
    },
    {
      title: "a filter without an alarm",
      verdict: "fail",
      config: { controls: ["5.7"] },
      resources: [trail, filter(keys)],
    },
    {
      title: "an alarm that tells nobody",
      verdict: "fail",
      config: { controls: ["5.7"] },
      resources: [trail, filter(keys), alarm({ alarmActions: [] })],
    },
    {
      title: "a filter on another log group",
      verdict: "fail",
      config: { controls: ["5.7"] },
      resources: [trail, filter(keys, "/serving"), alarm()],
    },
    {
      title: "pattern known only later",
      verdict: "undecided",
      config: { controls: ["5.7"] },
      resources: [trail, filter(UNKNOWN), alarm()],
    },
  ],
});

function hasLogGroup(item: StackResource): boolean {
  const place = argument(inputsOf(item), "cloudWatchLogsGroupArn");
  return place.isUnknown || place.text() !== undefined;
}

interface AlarmedFilter {
  /** Whether it reads a trail's log group, and an alarm that somebody hears watches its metric. */
  readonly isAlarmed: Ternary;
  /** Words of its pattern; undefined where that is known only later. */
  readonly words: readonly string[] | undefined;
}

function alarmedFilters(index: StackIndex, trails: readonly StackResource[]): AlarmedFilter[] {
  const alarms = index.ofType(metricAlarmType).map((item) => ({ item, heard: isHeard(index, item) }));
  return index.ofType(metricFilterType).map((item) => {
    const pattern = argument(inputsOf(item), "pattern").text();
    return {
      isAlarmed: every(
        some(...trails.map((one) => readsLogOf(item, one))),
        some(...alarms.map((one) => every(one.heard, watches(one.item, item)))),
      ),
      words: pattern === UNKNOWN ? undefined : wordsOf(pattern ?? ""),
    };
  });
}

/** What a pattern asks for: names of fields and values, wildcards kept, without what it excludes. */
function wordsOf(pattern: string): string[] {
  const asked = pattern.replace(/!=\s*("[^"]*"|[^\s")]+)/g, " ");
  return (asked.match(/[A-Za-z*]+/g) ?? []).filter((word) => /[A-Za-z]/.test(word));
}

function isSeen({ events, together }: MonitoredEvents, filters: readonly AlarmedFilter[]): Ternary {
  const sees = ({ isAlarmed, words }: AlarmedFilter, wanted: readonly string[]): Ternary =>
    every(
      isAlarmed,
      words === undefined ? "unknown" : wanted.every((event) => words.some((word) => matchesPattern(word, event))),
    );
  if (together === true) return some(...filters.map((one) => sees(one, events)));
  return every(...events.map((event) => some(...filters.map((one) => sees(one, [event])))));
}
