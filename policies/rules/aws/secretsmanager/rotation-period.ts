import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const type = "aws:secretsmanager/secretRotation:SecretRotation";
const rotation = (rotationRules?: Plain): ExampleResource => ({
  type,
  name: "registry",
  properties: { secretId: "registry", ...(rotationRules === undefined ? {} : { rotationRules }) },
});

export const secretRotationPeriod = rule({
  id: "aws-secretsmanager-rotation-period",
  title: "Secrets are rotated often enough",
  severity: "medium",
  rationale: "The longer a secret stays the same, the longer a copy of it is of use.",
  remediation: 'Set rotationRules.automaticallyAfterDays, or scheduleExpression "rate(N days)", within the bound.',
  mappings: [
    { framework: "AWS FSBP", control: "SecretsManager.4" },
    { framework: "NIST 800-53r5", control: "IA-5" },
  ],
  levels: { baseline: "advisory" },
  config: {
    maximumDays: {
      type: "integer",
      description: "After how many days at most a secret is rotated.",
      default: 90,
      minimum: 1,
      maximum: 1000,
    },
  },
  checks: {
    [type]: ({ properties }, { config }) => periodFindings(properties.get("rotationRules"), Number(config.maximumDays)),
  },
  examples: [
    { title: "each 30 days", verdict: "pass", resources: [rotation({ automaticallyAfterDays: 30 })] },
    { title: "by a rate", verdict: "pass", resources: [rotation({ scheduleExpression: "rate(10 days)" })] },
    {
      title: "by a calendar, in each month",
      verdict: "pass",
      resources: [rotation({ scheduleExpression: "cron(0 4 1 * ? *)" })],
    },
    { title: "no rules", verdict: "fail", absent: true, resources: [rotation()] },
    { title: "once a year", verdict: "fail", resources: [rotation({ automaticallyAfterDays: 365 })] },
    {
      title: "by a calendar, in one month of the year",
      verdict: "fail",
      resources: [rotation({ scheduleExpression: "cron(0 4 1 1 ? *)" })],
    },
    {
      title: "days known only later",
      verdict: "undecided",
      resources: [rotation({ automaticallyAfterDays: UNKNOWN })],
    },
  ],
});

interface RotationRules {
  automaticallyAfterDays?: number;
  scheduleExpression?: string;
}

function periodFindings(rules: Property<RotationRules>, most: number): Finding[] {
  const place = rules.get("automaticallyAfterDays");
  const schedule = rules.get("scheduleExpression");
  const days = place.number();
  const expression = schedule.text();
  if (days === UNKNOWN || expression === UNKNOWN) return [undecided(rules)];
  if (days !== undefined && days > 0) return days <= most ? [] : [fail(place, `is ${days}, and ${most} is the most`)];
  if (expression === undefined) return [fail(rules, "says neither after how many days nor by which schedule")];
  return scheduleDays(expression) <= most ? [] : [fail(schedule, `may let more than ${most} days pass`)];
}

/** The longest time between two runs, in days; endless where the expression does not tell. */
function scheduleDays(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (day|hour)s?\)$/.exec(expression) ?? [];
  if (count !== undefined) return unit === "day" ? Number(count) : Number(count) / 24;
  const [, month] = /^cron\(\S+ \S+ \S+ (\S+) \S+ \S+\)$/.exec(expression) ?? [];
  if (month === "*") return 31;
  const [, step] = /^(?:\*|1)\/(\d+)$/.exec(month ?? "") ?? [];
  return step === undefined ? Number.POSITIVE_INFINITY : Number(step) * 31;
}
