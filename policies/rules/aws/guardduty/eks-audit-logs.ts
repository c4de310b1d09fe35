import { type Protection, protectionChecks, protectionExamples } from "../../../kit/guardduty-features";
import { rule } from "../../../kit/rule";

const protection: Protection = { features: ["EKS_AUDIT_LOGS"], datasource: ["kubernetes", "auditLogs"] };

export const eksAuditLogs = rule({
  id: "aws-guardduty-eks-audit-logs",
  title: "GuardDuty reads the audit logs of clusters",
  severity: "high",
  rationale: "Stolen tokens of a cluster, anonymous calls and new privileged pods show in its audit log.",
  remediation: "Set the status of the DetectorFeature EKS_AUDIT_LOGS to ENABLED.",
  mappings: [
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-02" },
    { framework: "NIST 800-53r5", control: "SI-4" },
  ],
  ...protectionChecks(protection),
  examples: protectionExamples(protection),
});
