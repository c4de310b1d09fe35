import type * as iam from "@pulumi/aws/iam";
import type * as kms from "@pulumi/aws/kms";
import type * as secretsmanager from "@pulumi/aws/secretsmanager";
import type * as sns from "@pulumi/aws/sns";
import type * as sqs from "@pulumi/aws/sqs";

/** IAM, KMS, Secrets Manager, SSM, SNS, SQS, Lambda. */
export interface AwsIdentityArguments {
  "aws:iam/accessKey:AccessKey": iam.AccessKeyArgs;
  "aws:iam/groupPolicy:GroupPolicy": iam.GroupPolicyArgs;
  "aws:iam/policy:Policy": iam.PolicyArgs;
  "aws:iam/role:Role": iam.RoleArgs;
  "aws:iam/rolePolicy:RolePolicy": iam.RolePolicyArgs;
  "aws:iam/userPolicy:UserPolicy": iam.UserPolicyArgs;
  "aws:kms/key:Key": kms.KeyArgs;
  "aws:kms/keyPolicy:KeyPolicy": kms.KeyPolicyArgs;
  "aws:secretsmanager/secret:Secret": secretsmanager.SecretArgs;
  "aws:sns/topic:Topic": sns.TopicArgs;
  "aws:sqs/queue:Queue": sqs.QueueArgs;
}
