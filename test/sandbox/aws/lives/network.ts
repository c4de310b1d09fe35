import { grant } from "../documents";
import { type Ground, types } from "../ground";
import { arn, endpoint, id, type Life, nothing, step, tagged } from "./support";

export const network: Life[] = [
  { type: types.vpc, inputs: () => ({ cidrBlock: "10.9.0.0/16" }), change: { enableDnsHostnames: true } },
  {
    type: types.subnet,
    inputs: (g) => ({ vpcId: g.vpc.id, cidrBlock: "10.0.9.0/24" }),
    change: { enableResourceNameDnsARecordOnLaunch: true },
  },
  {
    type: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
    inputs: (g) => ({ vpcId: g.vpc.id, cidrBlock: "100.64.0.0/16" }),
  },
  {
    type: "aws:ec2/vpcDhcpOptions:VpcDhcpOptions",
    inputs: () => ({ domainNameServers: ["AmazonProvidedDNS"] }),
    change: tagged,
  },
  {
    type: "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation",
    before: [step("options", "aws:ec2/vpcDhcpOptions:VpcDhcpOptions", () => ({ domainName: "ml.internal" }))],
    inputs: (g, { options }) => ({ vpcId: g.vpc.id, dhcpOptionsId: id(options) }),
  },
  { type: types.table, inputs: (g) => ({ vpcId: g.vpc.id }), change: tagged },
  {
    type: types.association,
    before: [step("subnet", types.subnet, (g) => ({ vpcId: g.vpc.id, cidrBlock: "10.0.8.0/24" }))],
    inputs: (g, { subnet }) => ({ routeTableId: g.table.id, subnetId: id(subnet) }),
  },
  {
    type: types.route,
    before: [endpoint],
    inputs: (g, made) => ({
      routeTableId: g.table.id,
      destinationCidrBlock: "192.0.2.0/24",
      vpcEndpointId: id(made.endpoint),
    }),
  },
  { type: types.gateway, inputs: nothing, change: tagged },
  {
    type: "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
    inputs: (g) => ({ vpcId: g.vpc.id }),
    change: tagged,
  },
  { type: "aws:ec2/eip:Eip", inputs: () => ({ domain: "vpc" }), change: tagged },
  {
    type: "aws:ec2/natGateway:NatGateway",
    before: [step("address", "aws:ec2/eip:Eip", () => ({ domain: "vpc" }))],
    inputs: (g, { address }) => ({ subnetId: g.a.id, allocationId: id(address) }),
    change: tagged,
  },
  {
    type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
    inputs: (g) => ({ defaultRouteTableId: g.vpc.outputs.defaultRouteTableId }),
    change: tagged,
  },
  { type: types.group, inputs: (g) => ({ vpcId: g.vpc.id }), change: tagged },
  { type: types.defaultGroup, inputs: (g) => ({ vpcId: g.vpc.id }), change: tagged },
  ...["Ingress", "Egress"].map((direction) => ({
    type: `aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`,
    inputs: (g: Ground) => ({
      securityGroupId: g.group.id,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "10.0.0.0/16",
    }),
    change: { description: "HTTPS" },
  })),
  { type: "aws:ec2/networkAcl:NetworkAcl", inputs: (g) => ({ vpcId: g.vpc.id }), change: tagged },
  {
    type: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
    inputs: (g) => ({ defaultNetworkAclId: g.vpc.outputs.defaultNetworkAclId }),
    change: tagged,
  },
  {
    type: "aws:ec2/networkAclRule:NetworkAclRule",
    before: [step("acl", "aws:ec2/networkAcl:NetworkAcl", (g) => ({ vpcId: g.vpc.id }))],
    inputs: (_g, { acl }) => ({
      networkAclId: id(acl),
      protocol: "-1",
      ruleAction: "allow",
      ruleNumber: 100,
      cidrBlock: "10.0.0.0/16",
    }),
  },
  {
    type: "aws:ec2/networkAclAssociation:NetworkAclAssociation",
    before: [step("acl", "aws:ec2/networkAcl:NetworkAcl", (g) => ({ vpcId: g.vpc.id }))],
    inputs: (g, { acl }) => ({ networkAclId: id(acl), subnetId: g.a.id }),
  },
  {
    type: types.endpoint,
    inputs: (g) => ({
      vpcId: g.vpc.id,
      serviceName: "com.amazonaws.eu-central-1.sts",
      vpcEndpointType: "Interface",
      subnetIds: [g.a.id, g.b.id],
      securityGroupIds: [g.group.id],
      privateDnsEnabled: true,
    }),
    change: { policy: grant("*", "sts:*", "*") },
  },
  {
    type: "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
    before: [endpoint],
    inputs: (g, made) => ({ vpcEndpointId: id(made.endpoint), routeTableId: g.table.id }),
  },
  {
    type: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
    before: [endpoint],
    inputs: (_g, made) => ({ vpcEndpointId: id(made.endpoint), policy: grant("*", "dynamodb:*", "*") }),
    change: { policy: grant("*", "dynamodb:GetItem", "*") },
  },
  {
    type: "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
    before: [endpoint],
    inputs: (g, made) => ({ vpcEndpointId: id(made.endpoint), subnetId: g.a.id }),
  },
  {
    type: types.flowLog,
    inputs: (g) => ({
      vpcId: g.vpc.id,
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: arn(g.bucket),
    }),
    change: tagged,
  },
];
