import { protectionChecks, protectionExamples } from "../../../kit/detector-features";
import { rule } from "../../../kit/rule";

const protection = { feature: "RDS_LOGIN_EVENTS" };

export const guarddutyRds = rule({
  id: "aws-guardduty-rds-protection",
  title: "GuardDuty watches sign-ins to databases",
  severity: "medium",
  rationale: "Guessed and stolen passwords of databases are seen in the sign-ins alone.",
  remediation: 'Leave the DetectorFeature RDS_LOGIN_EVENTS out, or give it the status "ENABLED".',
  mappings: [
    { framework: "AWS FSBP", control: "GuardDuty.9" },
    { framework: "NIST 800-53r5", control: "SI-4" },
    { framework: "ISO 27001:2022", control: "A.8.16" },
  ],
  checks: protectionChecks(protection),
  examples: protectionExamples(protection),
});
