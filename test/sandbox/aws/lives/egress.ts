import { types } from "../ground";
import { arn, id, type Life, logGroup, nothing, step, tagged } from "./support";

const firewallPolicyType = "aws:networkfirewall/firewallPolicy:FirewallPolicy";
const firewallType = "aws:networkfirewall/firewall:Firewall";
const domainListType = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList";
const groupType = "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup";
const logType = "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig";
const ipamType = "aws:ec2/vpcIpam:VpcIpam";
const poolType = "aws:ec2/vpcIpamPool:VpcIpamPool";
const listType = "aws:ec2/managedPrefixList:ManagedPrefixList";

const strict = {
  statelessDefaultActions: ["aws:forward_to_sfe"],
  statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
  statefulEngineOptions: { ruleOrder: "STRICT_ORDER" },
};
const names = (...targets: string[]) => ({
  rulesSource: { rulesSourceList: { generatedRulesType: "ALLOWLIST", targetTypes: ["TLS_SNI"], targets } },
});

const firewallPolicy = step("policy", firewallPolicyType, () => ({ firewallPolicy: strict }));
const firewall = step("firewall", firewallType, (g, { policy }) => ({
  vpcId: g.vpc.id,
  firewallPolicyArn: arn(policy),
  subnetMappings: [{ subnetId: g.a.id }],
}));
const group = step("group", groupType, nothing);
const ipam = step("ipam", ipamType, () => ({ operatingRegions: [{ regionName: "eu-central-1" }] }));

export const egress: Life[] = [
  {
    type: "aws:networkfirewall/ruleGroup:RuleGroup",
    inputs: () => ({ type: "STATEFUL", capacity: 100, ruleGroup: names(".amazonaws.com") }),
    change: { ruleGroup: names(".amazonaws.com", "pypi.org") },
  },
  {
    type: firewallPolicyType,
    inputs: () => ({ firewallPolicy: strict }),
    change: { description: "of the inspection tier" },
  },
  {
    type: firewallType,
    before: [firewallPolicy],
    inputs: firewall.inputs,
    change: { deleteProtection: false, description: "of the inspection tier" },
  },
  {
    type: "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
    before: [firewallPolicy, firewall, logGroup],
    inputs: (_g, made) => ({
      firewallArn: arn(made.firewall),
      loggingConfiguration: {
        logDestinationConfigs: [
          { logType: "ALERT", logDestinationType: "CloudWatchLogs", logDestination: { logGroup: id(made.logs) } },
        ],
      },
    }),
    change: { loggingConfiguration: { logDestinationConfigs: [] } },
  },
  {
    type: "aws:networkfirewall/tlsInspectionConfiguration:TlsInspectionConfiguration",
    inputs: () => ({
      tlsInspectionConfiguration: {
        serverCertificateConfiguration: {
          scopes: [{ protocols: [6], destinations: [{ addressDefinition: "0.0.0.0/0" }] }],
        },
      },
    }),
    change: { description: "inbound" },
  },
  { type: domainListType, inputs: () => ({ domains: ["*.example.com"] }), change: { domains: ["example.com"] } },
  { type: groupType, inputs: nothing, change: tagged },
  {
    type: "aws:route53/resolverFirewallRule:ResolverFirewallRule",
    before: [group, step("domains", domainListType, () => ({ domains: ["*"] }))],
    inputs: (_g, made) => ({
      firewallRuleGroupId: id(made.group),
      firewallDomainListId: id(made.domains),
      priority: 100,
      action: "BLOCK",
      blockResponse: "NXDOMAIN",
    }),
    change: { priority: 200 },
  },
  {
    type: "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
    before: [group],
    inputs: (g, made) => ({ firewallRuleGroupId: id(made.group), vpcId: g.vpc.id, priority: 101 }),
    change: { priority: 200 },
  },
  {
    type: "aws:route53/resolverFirewallConfig:ResolverFirewallConfig",
    inputs: (g) => ({ resourceId: g.vpc.id, firewallFailOpen: "ENABLED" }),
    change: { firewallFailOpen: "DISABLED" },
  },
  { type: logType, inputs: (g) => ({ destinationArn: arn(g.bucket) }), change: tagged },
  {
    type: "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
    before: [step("config", logType, (g) => ({ destinationArn: arn(g.bucket) }))],
    inputs: (g, { config }) => ({ resolverQueryLogConfigId: id(config), resourceId: g.vpc.id }),
  },
  { type: ipamType, inputs: ipam.inputs, change: { description: "of the organisation" } },
  {
    type: poolType,
    before: [ipam],
    inputs: (_g, made) => ({
      addressFamily: "ipv4",
      ipamScopeId: made.ipam?.outputs.privateDefaultScopeId,
      locale: "eu-central-1",
    }),
    change: { allocationDefaultNetmaskLength: 20 },
  },
  {
    type: "aws:ec2/vpcIpamPoolCidr:VpcIpamPoolCidr",
    before: [
      ipam,
      step("pool", poolType, (_g, made) => ({
        addressFamily: "ipv4",
        ipamScopeId: made.ipam?.outputs.privateDefaultScopeId,
      })),
    ],
    inputs: (_g, { pool }) => ({ ipamPoolId: id(pool), cidr: "10.32.0.0/12" }),
  },
  {
    type: listType,
    inputs: () => ({ addressFamily: "IPv4", maxEntries: 5, entries: [{ cidr: "10.0.0.0/16" }] }),
    change: { entries: [{ cidr: "10.0.0.0/16" }, { cidr: "10.1.0.0/16" }] },
  },
  {
    type: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
    before: [step("list", listType, () => ({ addressFamily: "IPv4", maxEntries: 5 }))],
    inputs: (_g, { list }) => ({ prefixListId: id(list), cidr: "10.2.0.0/16" }),
  },
  {
    type: "aws:ec2/securityGroupRule:SecurityGroupRule",
    inputs: (g) => ({
      type: "ingress",
      securityGroupId: g.group.id,
      protocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrBlocks: ["10.0.0.0/16"],
    }),
    change: { description: "HTTPS" },
  },
  {
    type: "aws:ec2/launchConfiguration:LaunchConfiguration",
    inputs: (g) => ({ imageId: "ami-0123456789abcdef0", instanceType: "m6i.large", securityGroups: [g.group.id] }),
  },
  {
    type: "aws:ebs/volume:Volume",
    inputs: () => ({ availabilityZone: "eu-central-1a", size: 10, encrypted: true }),
    change: { size: 20 },
  },
];

const template = step("template", types.template, () => ({
  instanceType: "m6i.large",
  imageId: "ami-0123456789abcdef0",
}));
const scalingGroup = step("scaling", "aws:autoscaling/group:Group", (g, made) => ({
  minSize: 0,
  maxSize: 1,
  vpcZoneIdentifiers: [g.a.id],
  launchTemplate: { id: id(made.template) },
}));

export const scaling: Life[] = [
  { type: scalingGroup.type, before: [template], inputs: scalingGroup.inputs, change: { maxSize: 2 } },
  {
    type: "aws:autoscaling/lifecycleHook:LifecycleHook",
    before: [template, scalingGroup],
    inputs: (_g, made) => ({
      autoscalingGroupName: id(made.scaling),
      lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
    }),
    change: { heartbeatTimeout: 120 },
  },
  {
    type: "aws:autoscaling/schedule:Schedule",
    before: [template, scalingGroup],
    inputs: (_g, made) => ({
      autoscalingGroupName: id(made.scaling),
      scheduledActionName: "nightly",
      recurrence: "0 3 * * *",
      desiredCapacity: 0,
    }),
    change: { desiredCapacity: 1 },
  },
];
