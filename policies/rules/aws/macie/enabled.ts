import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const macie = (properties: ExampleResource["properties"]): ExampleResource[] => [
  { type: "aws:macie2/account:Account", name: "macie", properties },
];

export const enabled = rule({
  id: "aws-macie-enabled",
  title: "Macie is never paused",
  severity: "medium",
  rationale: "While Macie is paused, personal data that gets into a bucket of training data is found by nobody.",
  remediation: "Remove status, or set it to ENABLED.",
  mappings: [
    { framework: "AWS FSBP", control: "Macie.1" },
    { framework: "NIST 800-53r5", control: "SI-4" },
  ],
  checks: {
    "aws:macie2/account:Account": ({ properties }) => {
      const status = properties.get("status");
      const value = status.text();
      if (value === UNKNOWN) return [undecided(status)];
      return value === undefined || value === "ENABLED" ? [] : [fail(status, "is not ENABLED")];
    },
  },
  remedies: { "aws:macie2/account:Account": () => ({ status: "ENABLED" }) },
  examples: [
    { title: "nothing said: it is on", verdict: "pass", absent: true, resources: macie({}) },
    { title: "paused", verdict: "fail", resources: macie({ status: "PAUSED" }) },
    { title: "known only later", verdict: "undecided", resources: macie({ status: UNKNOWN }) },
  ],
});
