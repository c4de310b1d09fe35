import { type Protection, protectionChecks, protectionExamples } from "../../../kit/guardduty-features";
import { rule } from "../../../kit/rule";

const protection: Protection = { features: ["S3_DATA_EVENTS"], datasource: ["s3Logs"] };

export const s3Protection = rule({
  id: "aws-guardduty-s3-protection",
  title: "GuardDuty watches what happens to objects in S3",
  severity: "high",
  rationale: "A thief of credentials who empties a bucket of models shows in its data events, and nowhere else.",
  remediation: "Set the status of the DetectorFeature S3_DATA_EVENTS to ENABLED.",
  mappings: [
    { framework: "AWS FSBP", control: "GuardDuty.10" },
    { framework: "NIST 800-53r5", control: "SI-4" },
  ],
  ...protectionChecks(protection),
  examples: protectionExamples(protection),
});
