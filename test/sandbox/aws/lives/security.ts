import { types } from "../ground";
import { arn, channel, delivery, detector, id, type Life, nothing, recorder, step, tagged } from "./support";

export const security: Life[] = [
  { type: types.detector, inputs: nothing, change: { findingPublishingFrequency: "ONE_HOUR" } },
  {
    type: "aws:guardduty/detectorFeature:DetectorFeature",
    before: [detector],
    inputs: (_g, made) => ({ detectorId: id(made.detector), name: "EKS_AUDIT_LOGS", status: "ENABLED" }),
    change: { status: "DISABLED" },
  },
  {
    type: "aws:guardduty/organizationConfiguration:OrganizationConfiguration",
    before: [detector],
    inputs: (_g, made) => ({ detectorId: id(made.detector), autoEnableOrganizationMembers: "ALL" }),
    change: { autoEnableOrganizationMembers: "NEW" },
  },
  {
    type: "aws:guardduty/organizationConfigurationFeature:OrganizationConfigurationFeature",
    before: [detector],
    inputs: (_g, made) => ({ detectorId: id(made.detector), name: "EKS_AUDIT_LOGS", autoEnable: "ALL" }),
    change: { autoEnable: "NEW" },
  },
  {
    type: "aws:guardduty/organizationAdminAccount:OrganizationAdminAccount",
    inputs: () => ({ adminAccountId: "111122223333" }),
  },
  { type: "aws:securityhub/account:Account", inputs: nothing, change: { autoEnableControls: false } },
  {
    type: "aws:securityhub/standardsSubscription:StandardsSubscription",
    before: [step("hub", "aws:securityhub/account:Account", nothing)],
    inputs: () => ({
      standardsArn: "arn:aws:securityhub:eu-central-1::standards/aws-foundational-security-best-practices/v/1.0.0",
    }),
  },
  { type: "aws:macie2/account:Account", inputs: nothing, change: { findingPublishingFrequency: "ONE_HOUR" } },
  {
    type: "aws:inspector2/enabler:Enabler",
    inputs: () => ({ accountIds: ["123456789012"], resourceTypes: ["EC2", "ECR"] }),
    change: { resourceTypes: ["ECR"] },
  },
  { type: "aws:accessanalyzer/analyzer:Analyzer", inputs: () => ({ analyzerName: "outside" }), change: tagged },
  {
    type: types.recorder,
    inputs: (g) => ({ name: "default", roleArn: arn(g.podRole) }),
    change: { recordingGroup: { allSupported: true, includeGlobalResourceTypes: true } },
  },
  {
    type: types.channel,
    before: [delivery, recorder],
    inputs: (g) => ({ name: "default", s3BucketName: g.bucket.id }),
    change: { s3KeyPrefix: "config" },
  },
  {
    type: types.recorderStatus,
    before: [delivery, recorder, channel],
    inputs: () => ({ name: "default", isEnabled: true }),
    change: { isEnabled: false },
  },
];
