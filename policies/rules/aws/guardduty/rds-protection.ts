import { type Protection, protectionChecks, protectionExamples } from "../../../kit/guardduty-features";
import { rule } from "../../../kit/rule";

const protection: Protection = { features: ["RDS_LOGIN_EVENTS"] };

export const rdsProtection = rule({
  id: "aws-guardduty-rds-protection",
  title: "GuardDuty watches logins to databases",
  severity: "medium",
  rationale: "Guessed passwords of a database with features or labels show in its logins.",
  remediation: "Set the status of the DetectorFeature RDS_LOGIN_EVENTS to ENABLED.",
  mappings: [
    { framework: "AWS FSBP", control: "GuardDuty.9" },
    { framework: "NIST 800-53r5", control: "SI-4" },
  ],
  ...protectionChecks(protection),
  examples: protectionExamples(protection),
});
