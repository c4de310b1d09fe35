import { protectionChecks, protectionExamples } from "../../../kit/detector-features";
import { rule } from "../../../kit/rule";

const protection = { feature: "LAMBDA_NETWORK_LOGS" };

export const guarddutyLambda = rule({
  id: "aws-guardduty-lambda-protection",
  title: "GuardDuty watches the connections of functions",
  severity: "medium",
  rationale: "Code that was slipped into a function is seen by where it connects to.",
  remediation: 'Leave the DetectorFeature LAMBDA_NETWORK_LOGS out, or give it the status "ENABLED".',
  mappings: [
    { framework: "NIST 800-53r5", control: "SI-4" },
    { framework: "ISO 27001:2022", control: "A.8.16" },
    { framework: "AWS AI Security Framework", control: "AISF-RUNTIME-03" },
  ],
  checks: protectionChecks(protection),
  examples: protectionExamples(protection),
});
