import { keyExample } from "../../../kit/key-examples";
import { keyChecks } from "../../../kit/key-policies";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

export const deletionWindow = rule({
  id: "aws-kms-deletion-window",
  title: "The deletion of a key can be taken back for long enough to notice it",
  severity: "medium",
  rationale: "What a key encrypted is lost with it; a week is over before a monthly job has failed.",
  remediation: "Leave deletionWindowInDays out, which gives thirty days, or set it to at least the configured days.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-07" },
  ],
  // Stacks that come and go are better rid of their keys within a week; whoever runs them knows which they are.
  levels: { baseline: "disabled" },
  deviation: "kms-deletion-window",
  config: {
    minimumDays: { type: "integer", description: "Shortest window in days", default: 14, minimum: 7, maximum: 30 },
  },
  checks: keyChecks((properties, config) => {
    const window = properties.get("deletionWindowInDays");
    const days = window.number();
    const minimum = config.minimumDays as number;
    if (days === UNKNOWN) return [undecided(window)];
    return days !== undefined && days < minimum ? [fail(window, `is ${days} and must be at least ${minimum}`)] : [];
  }),
  examples: [
    { title: "nothing said, so thirty days", verdict: "pass", absent: true, resources: keyExample({}) },
    { title: "three weeks", verdict: "pass", resources: keyExample({ deletionWindowInDays: 21 }) },
    { title: "a week", verdict: "fail", resources: keyExample({ deletionWindowInDays: 7 }) },
    {
      title: "a week, of a copy in another Region",
      verdict: "fail",
      resources: [{ type: "aws:kms/replicaKey:ReplicaKey", name: "copy", properties: { deletionWindowInDays: 7 } }],
    },
    {
      title: "window known only later",
      verdict: "undecided",
      resources: keyExample({ deletionWindowInDays: UNKNOWN }),
    },
  ],
});
