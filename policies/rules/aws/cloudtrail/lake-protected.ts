import { requireTrue } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const type = "aws:cloudtrail/eventDataStore:EventDataStore";
const store = (properties: ExampleResource["properties"]): ExampleResource[] => [
  { type, name: "lake", properties: { name: "lake", ...properties } },
];

export const lakeProtected = rule({
  id: "aws-cloudtrail-lake-protected",
  title: "Event stores of CloudTrail Lake cannot be deleted at once and keep events for a year",
  severity: "medium",
  rationale: "Who has broken in removes the record first; and most break-ins are noticed only after months.",
  remediation:
    "Leave terminationProtectionEnabled out or true, and retentionPeriod out or at least the configured days.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AU-9" },
    { framework: "NIST 800-53r5", control: "AU-11" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
  ],
  levels: { baseline: "advisory" },
  config: {
    minimumDays: {
      type: "integer",
      description: "Shortest retention in days",
      default: 365,
      minimum: 7,
      maximum: 3653,
    },
  },
  checks: {
    [type]: ({ properties }, { config }): Finding[] => {
      const protection = properties.get("terminationProtectionEnabled");
      const period = properties.get("retentionPeriod");
      const days = period.number();
      const minimum = config.minimumDays as number;
      const findings = protection.isAbsent ? [] : requireTrue(protection, "lets the store be deleted at once");
      if (days === UNKNOWN) return [...findings, undecided(period)];
      const isShort = days !== undefined && days < minimum;
      return isShort ? [...findings, fail(period, `is ${days} and must be at least ${minimum}`)] : findings;
    },
  },
  remedies: {
    [type]: ({ properties }, { config }) => {
      const days = properties.get("retentionPeriod").number();
      if (days === UNKNOWN) return undefined;
      const minimum = config.minimumDays as number;
      const isShort = days !== undefined && days < minimum;
      return { terminationProtectionEnabled: true, ...(isShort ? { retentionPeriod: minimum } : {}) };
    },
  },
  examples: [
    { title: "nothing said: protected, and kept for years", verdict: "pass", absent: true, resources: store({}) },
    { title: "kept for a year", verdict: "pass", resources: store({ retentionPeriod: 365 }) },
    { title: "not protected", verdict: "fail", resources: store({ terminationProtectionEnabled: false }) },
    { title: "kept for a month", verdict: "fail", resources: store({ retentionPeriod: 30 }) },
    { title: "retention known only later", verdict: "undecided", resources: store({ retentionPeriod: UNKNOWN }) },
  ],
});
