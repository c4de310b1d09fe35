import type * as ebs from "@pulumi/aws/ebs";
import type * as ec2 from "@pulumi/aws/ec2";

/** EC2 instances, EBS, launch templates, Auto Scaling, load balancers. */
export interface AwsComputeArguments {
  "aws:ebs/volume:Volume": ebs.VolumeArgs;
  "aws:ec2/instance:Instance": ec2.InstanceArgs;
  "aws:ec2/launchConfiguration:LaunchConfiguration": ec2.LaunchConfigurationArgs;
  "aws:ec2/launchTemplate:LaunchTemplate": ec2.LaunchTemplateArgs;
}
