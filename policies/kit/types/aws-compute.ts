import type * as alb from "@pulumi/aws/alb";
import type * as autoscaling from "@pulumi/aws/autoscaling";
import type * as ebs from "@pulumi/aws/ebs";
import type * as ec2 from "@pulumi/aws/ec2";
import type * as elb from "@pulumi/aws/elb";
import type * as lb from "@pulumi/aws/lb";
import type * as wafregional from "@pulumi/aws/wafregional";
import type * as wafv2 from "@pulumi/aws/wafv2";

/** EC2 instances, EBS, launch templates, Auto Scaling, load balancers. */
export interface AwsComputeArguments {
  "aws:alb/listener:Listener": alb.ListenerArgs;
  "aws:alb/listenerRule:ListenerRule": alb.ListenerRuleArgs;
  "aws:alb/loadBalancer:LoadBalancer": alb.LoadBalancerArgs;
  "aws:alb/targetGroup:TargetGroup": alb.TargetGroupArgs;
  "aws:autoscaling/attachment:Attachment": autoscaling.AttachmentArgs;
  "aws:autoscaling/group:Group": autoscaling.GroupArgs;
  "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment": autoscaling.TrafficSourceAttachmentArgs;
  "aws:ebs/defaultKmsKey:DefaultKmsKey": ebs.DefaultKmsKeyArgs;
  "aws:ebs/encryptionByDefault:EncryptionByDefault": ebs.EncryptionByDefaultArgs;
  "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": ebs.SnapshotBlockPublicAccessArgs;
  "aws:ebs/snapshotCopy:SnapshotCopy": ebs.SnapshotCopyArgs;
  "aws:ebs/snapshotImport:SnapshotImport": ebs.SnapshotImportArgs;
  "aws:ebs/volume:Volume": ebs.VolumeArgs;
  "aws:ec2/allowedImagesSettings:AllowedImagesSettings": ec2.AllowedImagesSettingsArgs;
  "aws:ec2/ami:Ami": ec2.AmiArgs;
  "aws:ec2/amiCopy:AmiCopy": ec2.AmiCopyArgs;
  "aws:ec2/amiLaunchPermission:AmiLaunchPermission": ec2.AmiLaunchPermissionArgs;
  "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess": ec2.ImageBlockPublicAccessArgs;
  "aws:ec2/instance:Instance": ec2.InstanceArgs;
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": ec2.InstanceMetadataDefaultsArgs;
  "aws:ec2/launchConfiguration:LaunchConfiguration": ec2.LaunchConfigurationArgs;
  "aws:ec2/launchTemplate:LaunchTemplate": ec2.LaunchTemplateArgs;
  "aws:ec2/networkInterface:NetworkInterface": ec2.NetworkInterfaceArgs;
  "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment": ec2.NetworkInterfaceAttachmentArgs;
  "aws:ec2/serialConsoleAccess:SerialConsoleAccess": ec2.SerialConsoleAccessArgs;
  "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission": ec2.SnapshotCreateVolumePermissionArgs;
  "aws:ec2/spotFleetRequest:SpotFleetRequest": ec2.SpotFleetRequestArgs;
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": ec2.SpotInstanceRequestArgs;
  "aws:elb/loadBalancer:LoadBalancer": elb.LoadBalancerArgs;
  "aws:elb/loadBalancerPolicy:LoadBalancerPolicy": elb.LoadBalancerPolicyArgs;
  "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy": elb.SslNegotiationPolicyArgs;
  "aws:lb/listener:Listener": lb.ListenerArgs;
  "aws:lb/listenerRule:ListenerRule": lb.ListenerRuleArgs;
  "aws:lb/loadBalancer:LoadBalancer": lb.LoadBalancerArgs;
  "aws:lb/targetGroup:TargetGroup": lb.TargetGroupArgs;
  "aws:wafregional/webAclAssociation:WebAclAssociation": wafregional.WebAclAssociationArgs;
  "aws:wafv2/webAclAssociation:WebAclAssociation": wafv2.WebAclAssociationArgs;
}
