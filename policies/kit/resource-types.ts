import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as ebs from "@pulumi/aws/ebs";
import type * as ec2 from "@pulumi/aws/ec2";
import type * as ecr from "@pulumi/aws/ecr";
import type * as eks from "@pulumi/aws/eks";
import type * as iam from "@pulumi/aws/iam";
import type * as kms from "@pulumi/aws/kms";
import type * as s3 from "@pulumi/aws/s3";
import type * as secretsmanager from "@pulumi/aws/secretsmanager";
import type * as sns from "@pulumi/aws/sns";
import type * as sqs from "@pulumi/aws/sqs";
import type * as vpc from "@pulumi/aws/vpc";
import type { Unwrap } from "@pulumi/pulumi";

/** The arguments of each resource type that a rule reads. Types only: the pack never loads the provider's package. */
export interface ResourceArguments {
  "aws:cloudwatch/logGroup:LogGroup": cloudwatch.LogGroupArgs;
  "aws:ebs/volume:Volume": ebs.VolumeArgs;
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ec2.DefaultSecurityGroupArgs;
  "aws:ec2/flowLog:FlowLog": ec2.FlowLogArgs;
  "aws:ec2/instance:Instance": ec2.InstanceArgs;
  "aws:ec2/launchConfiguration:LaunchConfiguration": ec2.LaunchConfigurationArgs;
  "aws:ec2/launchTemplate:LaunchTemplate": ec2.LaunchTemplateArgs;
  "aws:ec2/securityGroup:SecurityGroup": ec2.SecurityGroupArgs;
  "aws:ec2/securityGroupRule:SecurityGroupRule": ec2.SecurityGroupRuleArgs;
  "aws:ec2/subnet:Subnet": ec2.SubnetArgs;
  "aws:ec2/vpc:Vpc": ec2.VpcArgs;
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2.VpcEndpointArgs;
  "aws:ecr/repository:Repository": ecr.RepositoryArgs;
  "aws:eks/accessEntry:AccessEntry": eks.AccessEntryArgs;
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": eks.AccessPolicyAssociationArgs;
  "aws:eks/cluster:Cluster": eks.ClusterArgs;
  "aws:eks/nodeGroup:NodeGroup": eks.NodeGroupArgs;
  "aws:iam/accessKey:AccessKey": iam.AccessKeyArgs;
  "aws:iam/groupPolicy:GroupPolicy": iam.GroupPolicyArgs;
  "aws:iam/policy:Policy": iam.PolicyArgs;
  "aws:iam/role:Role": iam.RoleArgs;
  "aws:iam/rolePolicy:RolePolicy": iam.RolePolicyArgs;
  "aws:iam/userPolicy:UserPolicy": iam.UserPolicyArgs;
  "aws:kms/key:Key": kms.KeyArgs;
  "aws:kms/keyPolicy:KeyPolicy": kms.KeyPolicyArgs;
  "aws:s3/bucket:Bucket": s3.BucketArgs;
  "aws:s3/bucketPolicy:BucketPolicy": s3.BucketPolicyArgs;
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": s3.BucketPublicAccessBlockArgs;
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": s3.BucketServerSideEncryptionConfigurationArgs;
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": s3.BucketServerSideEncryptionConfigurationV2Args;
  "aws:s3/bucketV2:BucketV2": s3.BucketV2Args;
  "aws:s3/bucketVersioning:BucketVersioning": s3.BucketVersioningArgs;
  "aws:s3/bucketVersioningV2:BucketVersioningV2": s3.BucketVersioningV2Args;
  "aws:secretsmanager/secret:Secret": secretsmanager.SecretArgs;
  "aws:sns/topic:Topic": sns.TopicArgs;
  "aws:sqs/queue:Queue": sqs.QueueArgs;
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": vpc.SecurityGroupIngressRuleArgs;
}

export type ResourceType = keyof ResourceArguments;

/** The arguments of a type as a rule sees them: without outputs. */
export type PropertiesOf<T extends ResourceType> = Unwrap<ResourceArguments[T]>;
