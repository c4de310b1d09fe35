import type * as secretsmanager from "@pulumi/aws/secretsmanager";
import type * as sns from "@pulumi/aws/sns";
import type * as sqs from "@pulumi/aws/sqs";
import type * as ssm from "@pulumi/aws/ssm";

/** Secrets Manager, SNS, SQS, SSM. */
export interface AwsMessagingArguments {
  "aws:secretsmanager/secret:Secret": secretsmanager.SecretArgs;
  "aws:secretsmanager/secretPolicy:SecretPolicy": secretsmanager.SecretPolicyArgs;
  "aws:secretsmanager/secretRotation:SecretRotation": secretsmanager.SecretRotationArgs;
  "aws:secretsmanager/secretVersion:SecretVersion": secretsmanager.SecretVersionArgs;
  "aws:sns/topic:Topic": sns.TopicArgs;
  "aws:sns/topicPolicy:TopicPolicy": sns.TopicPolicyArgs;
  "aws:sns/topicSubscription:TopicSubscription": sns.TopicSubscriptionArgs;
  "aws:sqs/queue:Queue": sqs.QueueArgs;
  "aws:sqs/queuePolicy:QueuePolicy": sqs.QueuePolicyArgs;
  "aws:ssm/document:Document": ssm.DocumentArgs;
  "aws:ssm/parameter:Parameter": ssm.ParameterArgs;
  "aws:ssm/serviceSetting:ServiceSetting": ssm.ServiceSettingArgs;
}
