import { requireGiven } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const group = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "aws:cloudwatch/logGroup:LogGroup", name: "flow", properties: { name: "/gabion/flow", ...properties } },
];
const kmsKeyId = "arn:aws:kms:eu-central-1:111122223333:key/1";

export const logGroup = rule({
  id: "aws-cloudwatch-log-group",
  title: "Log groups are encrypted with a customer key and keep their events for a time that is set",
  severity: "medium",
  rationale:
    "Logs name people, prompts and paths; kept for ever they are a liability, and kept too short they are no evidence.",
  remediation: "Set kmsKeyId to a key of yours and retentionInDays to at least the configured minimum.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AU-11" },
    { framework: "NIST 800-53r5", control: "AU-12" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
  ],
  levels: { baseline: "advisory" },
  deviation: "cloudwatch-log-group",
  config: {
    minimumDays: { type: "integer", description: "Shortest retention in days", default: 30, minimum: 1, maximum: 3653 },
  },
  checks: {
    "aws:cloudwatch/logGroup:LogGroup": ({ properties }, { config }) => {
      const retention = properties.get("retentionInDays");
      const days = retention.number();
      const minimum = config.minimumDays as number;
      const findings = requireGiven(properties.get("kmsKeyId"), "is not set, so the key is the service's own");
      if (days === UNKNOWN) return [...findings, undecided(retention)];
      if (days === undefined || days === 0)
        return [...findings, fail(retention, "is not set, so events are kept for ever")];
      return days < minimum ? [...findings, fail(retention, `is ${days} and must be at least ${minimum}`)] : findings;
    },
  },
  examples: [
    {
      title: "key and retention",
      verdict: "pass",
      profile: "regulated",
      resources: group({ kmsKeyId, retentionInDays: 365 }),
    },
    {
      title: "key known only later",
      verdict: "pass",
      profile: "regulated",
      resources: group({ kmsKeyId: UNKNOWN, retentionInDays: 30 }),
    },
    {
      title: "no key",
      verdict: "fail",
      absent: true,
      profile: "regulated",
      resources: group({ retentionInDays: 365 }),
    },
    { title: "kept for ever", verdict: "fail", profile: "regulated", resources: group({ kmsKeyId }) },
    { title: "kept a week", verdict: "fail", profile: "regulated", resources: group({ kmsKeyId, retentionInDays: 7 }) },
    {
      title: "retention known only later",
      verdict: "undecided",
      profile: "regulated",
      resources: group({ kmsKeyId, retentionInDays: UNKNOWN }),
    },
  ],
});
