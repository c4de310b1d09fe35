import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const type = "aws:secretsmanager/secret:Secret";
const secret = (properties: ExampleResource["properties"]): ExampleResource => ({ type, name: "registry", properties });

export const secretRecoveryWindow = rule({
  id: "aws-secretsmanager-recovery-window",
  title: "Deleted secrets can be brought back for some days",
  severity: "low",
  rationale: "A secret that is deleted at once takes with it whatever it opens, by mistake or by an intruder's wish.",
  remediation: "Leave recoveryWindowInDays at its default of 30, or set 7 to 30.",
  mappings: [{ framework: "NIST 800-53r5", control: "CP-9" }],
  levels: { baseline: "advisory" },
  config: {
    minimumDays: {
      type: "integer",
      description: "For how many days at least a deleted secret is kept.",
      default: 7,
      minimum: 7,
      maximum: 30,
    },
  },
  checks: {
    [type]: ({ properties }, { config }) => {
      const place = properties.get("recoveryWindowInDays");
      const days = place.number();
      if (days === UNKNOWN) return [undecided(place)];
      const least = Number(config.minimumDays);
      return days !== undefined && days < least ? [fail(place, `is ${days}, and ${least} is the least`)] : [];
    },
  },
  remedies: { [type]: () => ({ recoveryWindowInDays: 30 }) },
  examples: [
    { title: "two weeks", verdict: "pass", resources: [secret({ recoveryWindowInDays: 14 })] },
    { title: "nothing said, which means 30 days", verdict: "pass", absent: true, resources: [secret({})] },
    { title: "deleted at once", verdict: "fail", resources: [secret({ recoveryWindowInDays: 0 })] },
    { title: "known only later", verdict: "undecided", resources: [secret({ recoveryWindowInDays: UNKNOWN })] },
  ],
});
