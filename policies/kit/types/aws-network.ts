import type * as ec2 from "@pulumi/aws/ec2";
import type * as ec2clientvpn from "@pulumi/aws/ec2clientvpn";
import type * as ec2transitgateway from "@pulumi/aws/ec2transitgateway";
import type * as networkfirewall from "@pulumi/aws/networkfirewall";
import type * as route53 from "@pulumi/aws/route53";
import type * as vpc from "@pulumi/aws/vpc";

/** VPCs and what is in them, Network Firewall. */
export interface AwsNetworkArguments {
  "aws:ec2/customerGateway:CustomerGateway": ec2.CustomerGatewayArgs;
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": ec2.DefaultNetworkAclArgs;
  "aws:ec2/defaultRouteTable:DefaultRouteTable": ec2.DefaultRouteTableArgs;
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ec2.DefaultSecurityGroupArgs;
  "aws:ec2/defaultSubnet:DefaultSubnet": ec2.DefaultSubnetArgs;
  "aws:ec2/defaultVpc:DefaultVpc": ec2.DefaultVpcArgs;
  "aws:ec2/eip:Eip": ec2.EipArgs;
  "aws:ec2/flowLog:FlowLog": ec2.FlowLogArgs;
  "aws:ec2/managedPrefixList:ManagedPrefixList": ec2.ManagedPrefixListArgs;
  "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": ec2.ManagedPrefixListEntryArgs;
  "aws:ec2/networkAcl:NetworkAcl": ec2.NetworkAclArgs;
  "aws:ec2/networkAclRule:NetworkAclRule": ec2.NetworkAclRuleArgs;
  "aws:ec2/route:Route": ec2.RouteArgs;
  "aws:ec2/routeTable:RouteTable": ec2.RouteTableArgs;
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ec2.RouteTableAssociationArgs;
  "aws:ec2/securityGroup:SecurityGroup": ec2.SecurityGroupArgs;
  "aws:ec2/securityGroupRule:SecurityGroupRule": ec2.SecurityGroupRuleArgs;
  "aws:ec2/subnet:Subnet": ec2.SubnetArgs;
  "aws:ec2/vpc:Vpc": ec2.VpcArgs;
  "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion": ec2.VpcBlockPublicAccessExclusionArgs;
  "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions": ec2.VpcBlockPublicAccessOptionsArgs;
  "aws:ec2/vpcEncryptionControl:VpcEncryptionControl": ec2.VpcEncryptionControlArgs;
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2.VpcEndpointArgs;
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": ec2.VpcEndpointPolicyArgs;
  "aws:ec2/vpcEndpointService:VpcEndpointService": ec2.VpcEndpointServiceArgs;
  "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple": ec2.VpcEndpointServiceAllowedPrincipleArgs;
  "aws:ec2/vpnConnection:VpnConnection": ec2.VpnConnectionArgs;
  "aws:ec2clientvpn/authorizationRule:AuthorizationRule": ec2clientvpn.AuthorizationRuleArgs;
  "aws:ec2clientvpn/endpoint:Endpoint": ec2clientvpn.EndpointArgs;
  "aws:ec2transitgateway/transitGateway:TransitGateway": ec2transitgateway.TransitGatewayArgs;
  "aws:networkfirewall/firewall:Firewall": networkfirewall.FirewallArgs;
  "aws:networkfirewall/firewallPolicy:FirewallPolicy": networkfirewall.FirewallPolicyArgs;
  "aws:networkfirewall/loggingConfiguration:LoggingConfiguration": networkfirewall.LoggingConfigurationArgs;
  "aws:networkfirewall/ruleGroup:RuleGroup": networkfirewall.RuleGroupArgs;
  "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": route53.ResolverFirewallRuleGroupAssociationArgs;
  "aws:vpc/endpointPrivateDns:EndpointPrivateDns": vpc.EndpointPrivateDnsArgs;
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": vpc.SecurityGroupEgressRuleArgs;
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": vpc.SecurityGroupIngressRuleArgs;
}
