import { keyExample } from "../../../kit/key-examples";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

/** KMS's own, where rotation is on and nothing is said. */
const standardPeriod = 365;

export const rotationPeriod = rule({
  id: "aws-kms-rotation-period",
  title: "Keys that rotate do so at least once a year",
  severity: "low",
  rationale:
    "A period of up to seven years is rotation on paper: all that is encrypted in it hangs on one key material.",
  remediation: "Leave rotationPeriodInDays out, or set it to no more than the configured days.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  deviation: "kms-rotation-period",
  config: {
    maximumDays: {
      type: "integer",
      description: "Longest period in days",
      default: standardPeriod,
      minimum: 90,
      maximum: 2560,
    },
  },
  checks: {
    "aws:kms/key:Key": ({ properties }, { config }) => {
      const period = properties.get("rotationPeriodInDays");
      const days = period.number();
      const maximum = config.maximumDays as number;
      if (days === UNKNOWN) return [undecided(period)];
      // Whether there is rotation at all is another rule's question.
      const rotates = days !== undefined ? true : properties.get("enableKeyRotation").flag();
      if ((days ?? standardPeriod) <= maximum) return [];
      if (rotates === UNKNOWN) return [undecided(period, "whether the key rotates is known only after deployment")];
      if (rotates !== true) return [];
      return [
        fail(
          period,
          days === undefined
            ? `is not set, which gives ${standardPeriod} days`
            : `is ${days} and must be at most ${maximum}`,
        ),
      ];
    },
  },
  examples: [
    {
      title: "a period of a quarter",
      verdict: "pass",
      resources: keyExample({ enableKeyRotation: true, rotationPeriodInDays: 90 }),
    },
    {
      title: "nothing said, so a year",
      verdict: "pass",
      absent: true,
      resources: keyExample({ enableKeyRotation: true }),
    },
    {
      title: "every five years",
      verdict: "fail",
      resources: keyExample({ enableKeyRotation: true, rotationPeriodInDays: 1825 }),
    },
    {
      title: "a year, where half a year is asked for",
      verdict: "fail",
      config: { maximumDays: 180 },
      resources: keyExample({ enableKeyRotation: true }),
    },
    {
      title: "period known only later",
      verdict: "undecided",
      resources: keyExample({ enableKeyRotation: true, rotationPeriodInDays: UNKNOWN }),
    },
  ],
});
