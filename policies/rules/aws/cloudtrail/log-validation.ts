import { requireTrue } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { trailExample, trailType } from "../../../kit/trails";

export const trailLogValidation = rule({
  id: "aws-cloudtrail-log-validation",
  title: "Trails sign digests of their log files",
  severity: "medium",
  rationale: "Without digests nobody can tell whether a log file was changed or taken away after an attack.",
  remediation: "Set enableLogFileValidation true.",
  mappings: [
    { framework: "AWS FSBP", control: "CloudTrail.4" },
    { framework: "CIS AWS Foundations 7.0.0", control: "4.2" },
    { framework: "NIST 800-53r5", control: "AU-9" },
    { framework: "NIST 800-53r5", control: "SI-7" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
  ],
  checks: { [trailType]: ({ properties }) => requireTrue(properties.get("enableLogFileValidation")) },
  remedies: { [trailType]: () => ({ enableLogFileValidation: true }) },
  examples: [
    { title: "signed", verdict: "pass", resources: [trailExample({ enableLogFileValidation: true })] },
    { title: "nothing said, which means unsigned", verdict: "fail", absent: true, resources: [trailExample()] },
    { title: "switched off", verdict: "fail", resources: [trailExample({ enableLogFileValidation: false })] },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [trailExample({ enableLogFileValidation: UNKNOWN })],
    },
  ],
});
