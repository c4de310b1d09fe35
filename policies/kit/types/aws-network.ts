import type * as ec2 from "@pulumi/aws/ec2";
import type * as networkfirewall from "@pulumi/aws/networkfirewall";
import type * as route53 from "@pulumi/aws/route53";
import type * as vpc from "@pulumi/aws/vpc";

/** VPCs and what is in them, Network Firewall. */
export interface AwsNetworkArguments {
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ec2.DefaultSecurityGroupArgs;
  "aws:ec2/flowLog:FlowLog": ec2.FlowLogArgs;
  "aws:ec2/route:Route": ec2.RouteArgs;
  "aws:ec2/routeTable:RouteTable": ec2.RouteTableArgs;
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ec2.RouteTableAssociationArgs;
  "aws:ec2/securityGroup:SecurityGroup": ec2.SecurityGroupArgs;
  "aws:ec2/securityGroupRule:SecurityGroupRule": ec2.SecurityGroupRuleArgs;
  "aws:ec2/subnet:Subnet": ec2.SubnetArgs;
  "aws:ec2/vpc:Vpc": ec2.VpcArgs;
  "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions": ec2.VpcBlockPublicAccessOptionsArgs;
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2.VpcEndpointArgs;
  "aws:networkfirewall/firewall:Firewall": networkfirewall.FirewallArgs;
  "aws:networkfirewall/firewallPolicy:FirewallPolicy": networkfirewall.FirewallPolicyArgs;
  "aws:networkfirewall/loggingConfiguration:LoggingConfiguration": networkfirewall.LoggingConfigurationArgs;
  "aws:networkfirewall/ruleGroup:RuleGroup": networkfirewall.RuleGroupArgs;
  "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": route53.ResolverFirewallRuleGroupAssociationArgs;
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": vpc.SecurityGroupIngressRuleArgs;
}
