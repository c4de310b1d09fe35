import { protectionChecks, protectionExamples } from "../../../kit/detector-features";
import { rule } from "../../../kit/rule";

const protection = { feature: "EKS_AUDIT_LOGS", inline: ["kubernetes", "auditLogs", "enable"] };

export const guarddutyEksAuditLogs = rule({
  id: "aws-guardduty-eks-audit-logs",
  title: "GuardDuty watches the audit logs of EKS clusters",
  severity: "high",
  rationale:
    "A pod that reads secrets of other namespaces, or an anonymous caller, is seen in the cluster's audit log alone.",
  remediation:
    'Leave the DetectorFeature EKS_AUDIT_LOGS out, or give it the status "ENABLED"; and leave its part of datasources out of the Detector.',
  mappings: [
    { framework: "NIST 800-53r5", control: "SI-4" },
    { framework: "NIST 800-53r5", control: "AU-6" },
    { framework: "ISO 27001:2022", control: "A.8.16" },
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-02" },
    { framework: "AWS AI Security Framework", control: "AISF-RUNTIME-01" },
  ],
  checks: protectionChecks(protection),
  examples: protectionExamples(protection),
});
