import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const role = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "aws:iam/role:Role", name: "deploy", properties },
];

export const sessionDuration = rule({
  id: "aws-iam-session-duration",
  title: "Sessions of roles end within a working day",
  severity: "low",
  rationale: "A stolen session works until it ends, and there is no way to end a single one.",
  remediation: "Leave maxSessionDuration out, which gives an hour, or set it to no more than the configured seconds.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-12" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-03" },
  ],
  levels: { baseline: "advisory" },
  deviation: "iam-session-duration",
  config: {
    maximumSeconds: {
      type: "integer",
      description: "Longest session in seconds",
      default: 28_800,
      minimum: 3600,
      maximum: 43_200,
    },
  },
  checks: {
    "aws:iam/role:Role": ({ properties }, { config }) => {
      const property = properties.get("maxSessionDuration");
      const seconds = property.number();
      const maximum = config.maximumSeconds as number;
      if (seconds === UNKNOWN) return [undecided(property)];
      return seconds !== undefined && seconds > maximum
        ? [fail(property, `is ${seconds} and must be at most ${maximum}`)]
        : [];
    },
  },
  examples: [
    { title: "nothing said, so an hour", verdict: "pass", absent: true, resources: role({}) },
    { title: "four hours", verdict: "pass", resources: role({ maxSessionDuration: 14_400 }) },
    { title: "twelve hours", verdict: "fail", resources: role({ maxSessionDuration: 43_200 }) },
    { title: "duration known only later", verdict: "undecided", resources: role({ maxSessionDuration: UNKNOWN }) },
  ],
});
