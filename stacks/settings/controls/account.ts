import { always, type Control, TRUE_IS_STRICT } from "./order";

const singleton = (id: string, title: string, field: string): Control => ({
  id,
  title,
  field,
  order: TRUE_IS_STRICT,
  required: always(true),
});

/**
 * What the account layer is held to. The account's guards are the same at every level: they are shared by all environments in the
 * account, the strictest included.
 */
export const ACCOUNT_CONTROLS: readonly Control[] = [
  {
    id: "account-vpc-public-access",
    title: "no VPC of the account is reachable from the internet, or reaches it",
    field: "vpcBlockPublicAccess",
    order: { kind: "ranked", weakToStrict: ["off", "block-ingress", "block-bidirectional"] },
    required: always("block-bidirectional"),
  },
  {
    id: "account-allowed-images",
    title: "instances start from images of known owners only",
    field: "allowedImages.state",
    order: { kind: "ranked", weakToStrict: ["disabled", "audit-mode", "enabled"] },
    required: always("enabled"),
  },
  {
    id: "account-image-sharing",
    title: "images are not made public",
    field: "imageBlockPublicAccess",
    order: { kind: "ranked", weakToStrict: ["unblocked", "block-new-sharing"] },
    required: always("block-new-sharing"),
  },
  {
    id: "account-snapshot-sharing",
    title: "volume snapshots are not public",
    field: "snapshotBlockPublicAccess",
    order: { kind: "ranked", weakToStrict: ["unblocked", "block-new-sharing", "block-all-sharing"] },
    required: always("block-all-sharing"),
  },
  {
    id: "account-instance-metadata",
    title: "instances hand out credentials to callers with a session token only (IMDSv2)",
    field: "instanceMetadata.httpTokens",
    order: { kind: "ranked", weakToStrict: ["optional", "required"] },
    required: always("required"),
  },
  {
    id: "account-metadata-hop-limit",
    title: "containers do not reach the instance metadata service",
    field: "instanceMetadata.hopLimit",
    order: { kind: "atMost" },
    required: always(1),
  },
  singleton("account-volume-encryption", "new volumes are encrypted", "ebsEncryptionByDefault"),
  singleton("account-guardduty", "GuardDuty watches the account", "guardDuty.enabled"),
  singleton("account-guardduty-s3", "GuardDuty watches S3 data events", "guardDuty.s3DataEvents"),
  singleton("account-guardduty-eks", "GuardDuty watches EKS audit logs", "guardDuty.eksAuditLogs"),
  singleton("account-guardduty-malware", "GuardDuty scans volumes for malware", "guardDuty.ebsMalwareProtection"),
  singleton("account-guardduty-runtime", "GuardDuty watches what runs on nodes", "guardDuty.runtimeMonitoring"),
  singleton("account-security-hub", "Security Hub checks the account", "securityHub"),
  singleton("account-macie", "Macie looks for sensitive data in buckets", "macie"),
  singleton("account-inspector", "Inspector scans instances and images", "inspector"),
  singleton("account-config-recorder", "AWS Config records changes", "configRecorder"),
  {
    id: "account-access-log-retention",
    title: "requests to buckets can be looked up for long enough",
    field: "accessLogs.retentionDays",
    order: { kind: "atLeast" },
    required: { baseline: 90, regulated: 365, isolated: 731 },
  },
  singleton("account-access-analyzer", "Access Analyzer finds access from outside", "accessAnalyzer"),
  {
    id: "account-registry-scanning",
    title: "images are scanned continuously for operating-system and language packages",
    field: "registryScanning",
    order: { kind: "ranked", weakToStrict: ["BASIC", "ENHANCED"] },
    required: always("ENHANCED"),
  },
];
