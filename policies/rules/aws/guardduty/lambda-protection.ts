import { type Protection, protectionChecks, protectionExamples } from "../../../kit/guardduty-features";
import { rule } from "../../../kit/rule";

const protection: Protection = { features: ["LAMBDA_NETWORK_LOGS"] };

export const lambdaProtection = rule({
  id: "aws-guardduty-lambda-protection",
  title: "GuardDuty watches the network of functions",
  severity: "medium",
  rationale: "A function with a poisoned dependency shows in whom it calls.",
  remediation: "Set the status of the DetectorFeature LAMBDA_NETWORK_LOGS to ENABLED.",
  mappings: [
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-02" },
    { framework: "NIST 800-53r5", control: "SI-4" },
  ],
  ...protectionChecks(protection),
  examples: protectionExamples(protection),
});
