import { protectionChecks, protectionExamples } from "../../../kit/detector-features";
import { rule } from "../../../kit/rule";

const protection = { feature: "S3_DATA_EVENTS", inline: ["s3Logs", "enable"] };

export const guarddutyS3 = rule({
  id: "aws-guardduty-s3-protection",
  title: "GuardDuty watches what is done with objects in S3",
  severity: "high",
  rationale:
    "Somebody who copies a whole model store, or reaches it from a strange place, is seen in the events of objects alone.",
  remediation:
    'Leave the DetectorFeature S3_DATA_EVENTS out, or give it the status "ENABLED"; and leave its part of datasources out of the Detector.',
  mappings: [
    { framework: "AWS FSBP", control: "GuardDuty.10" },
    { framework: "NIST 800-53r5", control: "SI-4" },
    { framework: "ISO 27001:2022", control: "A.8.16" },
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-02" },
  ],
  checks: protectionChecks(protection),
  examples: protectionExamples(protection),
});
