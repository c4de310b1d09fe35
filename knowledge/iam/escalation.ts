import { documented, type Source, unsure } from "../source";

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

/** A page, or an example of AWS's own, shows a role's trust with the condition. */
const shown = (principal: string, page: string): TrustedService => ({ principal, source: documented(page) });

/** Users hold such roles so, and the guide is remembered to say it; the page itself was not read for this table. */
const said = (principal: string, guide: string): TrustedService => ({
  principal,
  source: unsure(guide, "Look for a trust policy with aws:SourceAccount or aws:SourceArn before a role depends on it."),
});

/**
 * Services that say for which account (`aws:SourceAccount`) or resource (`aws:SourceArn`) they take a role, so that the role's trust
 * can be held to it. Others, such as EC2 and Lambda, do not, and a condition would lock them out. Glue is left out: its users report
 * that it does not.
 */
export const SERVICES_NAMING_THEIR_SOURCE: readonly TrustedService[] = [
  shown("bedrock", "Amazon Bedrock User Guide, Create a custom service role for batch inference"),
  said("codebuild", "AWS CodeBuild User Guide"),
  said("codepipeline", "AWS CodePipeline User Guide"),
  said("config", "AWS Config Developer Guide"),
  shown("datasync", "AWS DataSync User Guide, Cross-service confused deputy prevention"),
  shown("ecs-tasks", "AWS agent toolkit, ecs-trust-policy.json"),
  said("eks", "Amazon EKS User Guide"),
  said("events", "Amazon EventBridge User Guide"),
  said("firehose", "Amazon Data Firehose Developer Guide"),
  said("logs", "Amazon CloudWatch Logs User Guide"),
  shown("monitoring.rds", "Amazon RDS User Guide, Setting up and enabling Enhanced Monitoring"),
  shown("pipes", "Pulumi AWS provider, example of pipes.Pipe"),
  said("rolesanywhere", "IAM Roles Anywhere User Guide, Trust model"),
  said("sagemaker", "Amazon SageMaker AI Developer Guide"),
  shown("scheduler", "Amazon EventBridge Scheduler User Guide, Cross-service confused deputy prevention"),
  shown("ssm", "AWS Systems Manager User Guide, Automation assume role"),
  said("states", "AWS Step Functions Developer Guide"),
  said("transfer", "AWS Transfer Family User Guide"),
  said("vpc-flow-logs", "Amazon VPC User Guide"),
];

/** The service of a principal, without Region and suffix: `logs` of `logs.eu-central-1.amazonaws.com`. */
export function serviceOfPrincipal(principal: string): string | undefined {
  const match = /^([a-z0-9.-]+?)(?:\.[a-z]{2,5}(?:-[a-z]+)+-\d+)?\.amazonaws\.(?:com(?:\.cn)?|eu)$/i.exec(principal);
  return match?.[1]?.toLowerCase();
}
