import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { scalingGroup, scalingGroupType } from "../../../kit/scaling-groups";

const day = 86_400;

export const instanceLifetime = rule({
  id: "aws-autoscaling-instance-lifetime",
  title: "Auto Scaling groups replace their instances after some days",
  severity: "low",
  rationale:
    "An instance that runs for a year has the patches of a year ago, and whatever got onto it in the meantime.",
  remediation: "Set maxInstanceLifetime to a number of seconds, of no more than the configured days.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SI-2" },
    { framework: "ISO 27001:2022", control: "A.8.8" },
  ],
  levels: { baseline: "disabled", regulated: "advisory", isolated: "advisory" },
  config: {
    days: {
      type: "integer",
      description: "For how many days at most an instance may live; Amazon takes 1 to 365.",
      default: 30,
      minimum: 1,
      maximum: 365,
    },
  },
  checks: {
    [scalingGroupType]: ({ properties }, { config }) => {
      const lifetime = properties.get("maxInstanceLifetime");
      const seconds = lifetime.number();
      const days = config.days as number;
      if (seconds === UNKNOWN) return [undecided(lifetime)];
      // Zero takes a lifetime away again.
      if (seconds === undefined || seconds === 0)
        return [fail(lifetime, "is not set, so instances live until something ends them")];
      return seconds > days * day ? [fail(lifetime, `is ${seconds} seconds, more than ${days} days`)] : [];
    },
  },
  remedies: { [scalingGroupType]: (_, { config }) => ({ maxInstanceLifetime: (config.days as number) * day }) },
  examples: [
    { title: "a week", verdict: "pass", resources: [scalingGroup({ maxInstanceLifetime: 7 * day })] },
    { title: "nothing said, which is for ever", verdict: "fail", absent: true, resources: [scalingGroup({})] },
    { title: "none", verdict: "fail", resources: [scalingGroup({ maxInstanceLifetime: 0 })] },
    { title: "a year", verdict: "fail", resources: [scalingGroup({ maxInstanceLifetime: 365 * day })] },
    {
      title: "two months, where a quarter is allowed",
      verdict: "pass",
      config: { days: 90 },
      resources: [scalingGroup({ maxInstanceLifetime: 60 * day })],
    },
    { title: "known only later", verdict: "undecided", resources: [scalingGroup({ maxInstanceLifetime: UNKNOWN })] },
  ],
});
