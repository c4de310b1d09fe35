import { documented, type Source } from "../source";

/** An action by which an identity raises its own rights, or takes those of others, when it may use it on every resource of a kind. */
export interface Escalation {
  readonly action: string;
  /** What the action is on, as ARNs have it before the name. */
  readonly kind: "group/" | "policy/" | "role/" | "user/";
}

const on = (kind: Escalation["kind"], ...actions: readonly string[]): Escalation[] =>
  actions.map((action) => ({ action: `iam:${action}`, kind }));

/** What each of these actions does is in the IAM API reference; that one of them suffices was shown by penetration testers in 2018. */
export const ESCALATIONS: readonly Escalation[] = [
  ...on("group/", "AttachGroupPolicy", "PutGroupPolicy"),
  ...on("policy/", "CreatePolicyVersion", "SetDefaultPolicyVersion"),
  ...on(
    "role/",
    "AttachRolePolicy",
    "DeleteRolePermissionsBoundary",
    "PutRolePermissionsBoundary",
    "PutRolePolicy",
    "UpdateAssumeRolePolicy",
  ),
  ...on(
    "user/",
    "AttachUserPolicy",
    "CreateAccessKey",
    "CreateLoginProfile",
    "DeleteUserPermissionsBoundary",
    "PutUserPermissionsBoundary",
    "PutUserPolicy",
    "UpdateLoginProfile",
  ),
  ...on("group/", "AddUserToGroup"),
];

/** Actions that switch off, or blind, what records and detects. */
export const AUDIT_SWITCHES: readonly string[] = [
  "access-analyzer:DeleteAnalyzer",
  "cloudtrail:DeleteTrail",
  "cloudtrail:PutEventSelectors",
  "cloudtrail:StopLogging",
  "cloudtrail:UpdateTrail",
  "config:DeleteConfigurationRecorder",
  "config:DeleteDeliveryChannel",
  "config:StopConfigurationRecorder",
  "ec2:DeleteFlowLogs",
  "guardduty:DeleteDetector",
  "guardduty:DisassociateFromAdministratorAccount",
  "guardduty:UpdateDetector",
  "logs:DeleteLogGroup",
  "logs:DeleteLogStream",
  "securityhub:DisableSecurityHub",
];

export interface TrustedService {
  /** The principal without `.amazonaws.com`. */
  readonly principal: string;
  readonly source: Source;
}

const deputy = (principal: string, guide: string): TrustedService => ({
  principal,
  source: documented(`${guide}, "Cross-service confused deputy prevention"`),
});

/**
 * Services that say for which account (`aws:SourceAccount`) or resource (`aws:SourceArn`) they take a role, so that the role's trust
 * can be held to it. Others, such as EC2 and Lambda, do not, and a condition would lock them out.
 */
export const SERVICES_NAMING_THEIR_SOURCE: readonly TrustedService[] = [
  deputy("bedrock", "Amazon Bedrock User Guide"),
  deputy("codebuild", "AWS CodeBuild User Guide"),
  deputy("codepipeline", "AWS CodePipeline User Guide"),
  deputy("config", "AWS Config Developer Guide"),
  deputy("datasync", "AWS DataSync User Guide"),
  deputy("ecs-tasks", "Amazon ECS Developer Guide"),
  deputy("eks", "Amazon EKS User Guide"),
  deputy("events", "Amazon EventBridge User Guide"),
  deputy("firehose", "Amazon Data Firehose Developer Guide"),
  deputy("glue", "AWS Glue Developer Guide"),
  deputy("logs", "Amazon CloudWatch Logs User Guide"),
  deputy("monitoring.rds", "Amazon RDS User Guide"),
  deputy("pipes", "Amazon EventBridge User Guide"),
  deputy("rolesanywhere", "IAM Roles Anywhere User Guide"),
  deputy("sagemaker", "Amazon SageMaker AI Developer Guide"),
  deputy("scheduler", "Amazon EventBridge Scheduler User Guide"),
  deputy("ssm", "AWS Systems Manager User Guide"),
  deputy("states", "AWS Step Functions Developer Guide"),
  deputy("transfer", "AWS Transfer Family User Guide"),
  deputy("vpc-flow-logs", "Amazon VPC User Guide"),
];

/** The service of a principal, without Region and suffix: `logs` of `logs.eu-central-1.amazonaws.com`. */
export function serviceOfPrincipal(principal: string): string | undefined {
  const match = /^([a-z0-9.-]+?)(?:\.[a-z]{2,5}(?:-[a-z]+)+-\d+)?\.amazonaws\.(?:com(?:\.cn)?|eu)$/i.exec(principal);
  return match?.[1]?.toLowerCase();
}
