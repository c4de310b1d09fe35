import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as route53 from "@pulumi/aws/route53";
import type * as pulumi from "@pulumi/pulumi";
import { AWS_DNS_NAMES, arns, dnsDomains, policyJson, servicePrincipal } from "gabion-knowledge";
import { admitLogDelivery, logGroup } from "./log-delivery";
import { DnsFirewall, EncryptionControl, NetworkEgress, type PrivateNetworkArgs } from "./network-args";

export interface Watched {
  readonly name: string;
  readonly args: PrivateNetworkArgs;
  readonly vpcId: pulumi.Output<string>;
  readonly parent: pulumi.Resource;
}

/** All traffic of the VPC, refused and accepted, in an encrypted log group. */
export function recordFlows({ name, args, vpcId, parent }: Watched, groupName: string): void {
  const delivery = { keyArn: args.logKeyArn, retentionDays: args.logRetentionDays, parent };
  const group = logGroup(`${name}-flow-logs`, groupName, delivery);
  const role = new iam.Role(
    `${name}-flow-logs`,
    {
      description: `Writes the flow logs of ${name}`,
      assumeRolePolicy: policyJson([
        {
          principals: { Service: [servicePrincipal("vpc-flow-logs")] },
          actions: ["sts:AssumeRole"],
          conditions: { StringEquals: { "aws:SourceAccount": args.accountId } },
        },
      ]),
    },
    { parent },
  );
  const groupArn = arns.logGroup(args, groupName);
  const policy = new iam.RolePolicy(
    `${name}-flow-logs`,
    {
      role: role.name,
      policy: policyJson([
        {
          actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          resources: [groupArn, `${groupArn}:*`],
        },
        // The flow logs service looks its group up in the list of all.
        { actions: ["logs:DescribeLogGroups"], resources: ["*"] },
      ]),
    },
    { parent },
  );
  new ec2.FlowLog(
    `${name}-flow-logs`,
    {
      vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      tags: { Name: name },
    },
    { parent, dependsOn: [policy] },
  );
}

/** Every name that the VPC asks for, in an encrypted log group. */
export function recordQueries({ name, args, vpcId, parent }: Watched, groupName: string): void {
  const delivery = { keyArn: args.logKeyArn, retentionDays: args.logRetentionDays, parent };
  const group = logGroup(`${name}-query-logs`, groupName, delivery);
  const admitted = admitLogDelivery(name, args, [groupName], parent);
  const config = new route53.ResolverQueryLogConfig(
    `${name}-query-logs`,
    { destinationArn: group.arn, tags: { Name: name } },
    { parent, dependsOn: [admitted] },
  );
  new route53.ResolverQueryLogConfigAssociation(
    `${name}-query-logs`,
    { resolverQueryLogConfigId: config.id, resourceId: vpcId },
    { parent },
  );
}

/** Traffic inside the VPC is encrypted by the hardware of its instances, or it is known which is not. */
export function controlEncryption({ name, args, vpcId, parent }: Watched): void {
  const mode = args.encryptionControl ?? EncryptionControl.Monitor;
  // Nobody could encrypt to the internet for us; exclusions exist in the mode "enforce" alone.
  const excepted = mode === EncryptionControl.Enforce && args.egress === NetworkEgress.Inspected;
  new ec2.VpcEncryptionControl(
    name,
    {
      vpcId,
      mode,
      tags: { Name: name },
      ...(excepted ? { internetGatewayExclusion: "enable", natGatewayExclusion: "enable" } : {}),
    },
    { parent },
  );
}

/**
 * DNS leads out of a network that has no other way: the VPC's resolver asks the internet for everybody. What the firewall does not allow does
 * not exist for workloads, and neither does anything while it cannot be asked.
 */
export function filterQueries({ name, args, vpcId, parent }: Watched): void {
  const group = new route53.ResolverFirewallRuleGroup(name, { tags: { Name: name } }, { parent });
  const rules =
    args.dnsFirewall === DnsFirewall.BlockList
      ? blockListRules(name, args, group, parent)
      : allowListRules(name, args, group, parent);
  new route53.ResolverFirewallConfig(name, { resourceId: vpcId, firewallFailOpen: "DISABLED" }, { parent });
  new route53.ResolverFirewallRuleGroupAssociation(
    name,
    { firewallRuleGroupId: group.id, vpcId, priority: 101, tags: { Name: name } },
    // A group without its rules would let everything through.
    { parent, dependsOn: rules },
  );
}

function allowListRules(
  name: string,
  args: PrivateNetworkArgs,
  group: route53.ResolverFirewallRuleGroup,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const list = (suffix: string, domains: string[]) =>
    new route53.ResolverFirewallDomainList(`${name}-${suffix}`, { domains, tags: { Name: name } }, { parent });
  const allowed = list("allowed", dnsDomains([...AWS_DNS_NAMES, ...(args.dnsAllowedNames ?? [])]));
  const everything = list("everything", ["*"]);
  return [
    new route53.ResolverFirewallRule(
      `${name}-allowed`,
      {
        firewallRuleGroupId: group.id,
        firewallDomainListId: allowed.id,
        // An allowed name may lead to others, such as those of a content delivery network, and is trusted to.
        firewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
        priority: 100,
        action: "ALLOW",
      },
      { parent },
    ),
    new route53.ResolverFirewallRule(
      `${name}-everything`,
      {
        firewallRuleGroupId: group.id,
        firewallDomainListId: everything.id,
        priority: 200,
        action: "BLOCK",
        blockResponse: "NXDOMAIN",
      },
      { parent },
    ),
  ];
}

/** What DNS Firewall recognises without a list: tunnels, and names that programs make up. */
const threats = ["DNS_TUNNELING", "DGA"] as const;

function blockListRules(
  name: string,
  args: PrivateNetworkArgs,
  group: route53.ResolverFirewallRuleGroup,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const blocked = { firewallRuleGroupId: group.id, action: "BLOCK", blockResponse: "NXDOMAIN" };
  const lists = (args.dnsBlockedListIds ?? []).map((id, index) => ({
    childName: `${name}-${id}`,
    match: { firewallDomainListId: id, priority: 100 + index },
  }));
  const recognised = threats.map((dnsThreatProtection, index) => ({
    childName: `${name}-${dnsThreatProtection.toLowerCase().replaceAll("_", "-")}`,
    match: { dnsThreatProtection, confidenceThreshold: "HIGH", priority: 1000 + index },
  }));
  return [...lists, ...recognised].map(
    ({ childName, match }) => new route53.ResolverFirewallRule(childName, { ...blocked, ...match }, { parent }),
  );
}
