import { detectorExample } from "../../../kit/detector-features";
import { requireNotFalse } from "../../../kit/flag-by-default";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

export const guarddutyEnabled = rule({
  id: "aws-guardduty-enabled",
  title: "No detector of GuardDuty is suspended",
  severity: "high",
  rationale: "A suspended detector looks at nothing, and the account seems to be watched.",
  remediation: "Remove enable, or set it to true.",
  mappings: [
    { framework: "AWS FSBP", control: "GuardDuty.1" },
    { framework: "NIST 800-53r5", control: "SI-4" },
  ],
  checks: {
    "aws:guardduty/detector:Detector": ({ properties }) =>
      requireNotFalse(properties.get("enable"), "suspends the detector"),
  },
  remedies: { "aws:guardduty/detector:Detector": () => ({ enable: true }) },
  examples: [
    { title: "nothing said: it is on", verdict: "pass", absent: true, resources: [detectorExample()] },
    { title: "suspended", verdict: "fail", resources: [detectorExample({ enable: false })] },
    { title: "known only later", verdict: "undecided", resources: [detectorExample({ enable: UNKNOWN })] },
  ],
});
