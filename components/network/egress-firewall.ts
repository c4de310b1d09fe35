import * as ec2 from "@pulumi/aws/ec2";
import * as networkfirewall from "@pulumi/aws/networkfirewall";
import * as pulumi from "@pulumi/pulumi";
import {
  hostPatternProblems,
  type Problem,
  planNetwork,
  printable,
  privateBlocks,
  privateNetworkProblems,
} from "gabion-knowledge";
import {
  arnProblems,
  integerProblems,
  isPlain,
  missingProblems,
  nameProblems,
  retentionProblems,
  type ScopeArgs,
  scopeProblems,
  zoneRegionProblems,
} from "../arguments/checks";
import { refuseArguments } from "../arguments/input-error";
import { deletionProtection } from "../arguments/protection";
import { admitLogDelivery, logGroup } from "./log-delivery";

export interface EgressFirewallArgs extends ScopeArgs {
  /** The VPC, of a `PrivateNetwork` with inspected egress. */
  vpcId: pulumi.Input<string>;
  /** The IPv4 block of the VPC, as the network has it. */
  cidr: string;
  /** The zones of the network, in its order. */
  zones: string[];
  /**
   * The network's second block, for pods alone.
   * @default none
   */
  podCidr?: string;
  /** Subnets of the firewall's endpoints, in the order of the zones. */
  inspectionSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** The private route tables, in the order of the zones. They get the way out. */
  privateRouteTableIds: pulumi.Input<pulumi.Input<string>[]>;
  /** The route tables of the NAT gateways' subnets, in the order of the zones. They get the answers' way back. */
  publicRouteTableIds: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Hosts that workloads may reach, by the name in their TLS or HTTP request: `pypi.org` that name alone, `.pypi.org` all below it as well.
   * At least one. Give the network the same names, so that they can be resolved.
   */
  allowedNames: string[];
  /** The ARN of the KMS key of rules and firewall. Its policy must admit grants through the service `network-firewall`. */
  keyArn: pulumi.Input<string>;
  /** The ARN of the KMS key of the logs. Its policy must admit CloudWatch Logs for the log groups, `logGroups(name)`. */
  logKeyArn: pulumi.Input<string>;
  /**
   * How many days alerts and flows are kept, as CloudWatch Logs takes them.
   * @default 365
   */
  logRetentionDays?: number;
  /**
   * For how many names the rules have room, 10 to 5000; two rules each. A change replaces the rules, and the firewall is without them for that
   * time, which stops all egress.
   * @default 500
   */
  nameCapacity?: number;
  /**
   * Whether AWS refuses another policy and other subnets. Switch it off to append a zone, and on again.
   * @default true
   */
  changeProtection?: boolean;
  /**
   * Whether AWS and Pulumi refuse to delete the firewall.
   * @default true
   */
  deletionProtection?: boolean;
}

/**
 * The one way out of a network: an AWS Network Firewall with an endpoint in each zone, which lets TLS and HTTP through to hosts that it knows by
 * name, drops everything else and says so. Workloads, firewall and NAT of a connection are those of one zone, both ways: a firewall that
 * sees one direction alone drops it.
 *
 * Names are read as clients send them and not held against the address that they connect to. The DNS firewall of the network, which resolves
 * the same names only, is the other half.
 */
export class EgressFirewall extends pulumi.ComponentResource {
  /** The ARN of the firewall. */
  public readonly firewallArn: pulumi.Output<string>;
  /** The firewall's endpoints, in the order of the zones. */
  public readonly endpointIds: pulumi.Output<string[]>;

  /** @throws InputError with everything that is wrong with the arguments. */
  constructor(name: string, args: EgressFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("EgressFirewall", name, argumentProblems(name, args));
    super("gabion:index:EgressFirewall", name, args, opts);

    const policy = makePolicy(name, args, this);
    const firewall = makeFirewall(name, args, policy, this);
    const logging = recordTraffic(name, args, firewall, this);
    const endpoints = args.zones.map((_, index) => endpointOf(firewall, args.inspectionSubnetIds, index));
    makeRoutes(name, args, endpoints, logging, this);

    this.firewallArn = firewall.arn;
    this.endpointIds = pulumi.all(endpoints);
    this.registerOutputs({ firewallArn: this.firewallArn, endpointIds: this.endpointIds });
  }

  /** The log groups of a firewall of that name, for the policy of their key. */
  static logGroups(name: string): string[] {
    return [`/gabion/${name}/alert`, `/gabion/${name}/flow`];
  }
}

function argumentProblems(name: string, args: EgressFirewallArgs): Problem[] {
  const lists = ["inspectionSubnetIds", "privateRouteTableIds", "publicRouteTableIds"] as const;
  const keys = ["keyArn", "logKeyArn"] as const;
  const missing = missingProblems(args, ["vpcId", "cidr", "zones", "allowedNames", ...lists, ...keys]);
  const given = (path: string) => !missing.some((problem) => problem.path === path);
  // Rules and firewall have names of up to 128 characters; the log groups' are longer.
  const problems = [...nameProblems(name, 60), ...scopeProblems(args), ...missing];
  if (given("cidr") && given("zones")) {
    const pods = args.podCidr === undefined ? {} : { podCidr: args.podCidr };
    problems.push(...privateNetworkProblems(args.cidr, args.zones, { egress: "inspected", ...pods }));
    problems.push(...zoneRegionProblems("zones", args.zones, args.region));
    problems.push(...lists.flatMap((path) => (given(path) ? lengthProblems(path, args[path], args.zones.length) : [])));
  }
  if (given("allowedNames")) problems.push(...allowedNameProblems(args));
  return [
    ...problems,
    ...keys.flatMap((path) => (given(path) ? arnProblems(path, args[path], "key") : [])),
    ...retentionProblems("logRetentionDays", args.logRetentionDays),
    ...integerProblems("nameCapacity", args.nameCapacity, { min: 10, max: 5000, unit: "names" }),
  ];
}

function lengthProblems(path: string, list: pulumi.Input<pulumi.Input<string>[]>, zones: number): Problem[] {
  if (!isPlain(list) || list.length === zones) return [];
  const reason = `there are ${zones} zones, and each has one`;
  return [{ path, found: `a list of ${list.length}`, reason, remedy: "Name one a zone, in the order of zones" }];
}

function allowedNameProblems({ allowedNames, nameCapacity }: EgressFirewallArgs): Problem[] {
  const path = "allowedNames";
  const room = nameCapacity ?? DEFAULT_CAPACITY;
  const problems = hostPatternProblems(allowedNames, path);
  if (allowedNames.length === 0) {
    const remedy = 'Name a host, or set the egress of the network to "none"';
    problems.push({ path, found: "empty", reason: "a way out that leads nowhere is none", remedy });
  }
  if (allowedNames.length > room) {
    const found = `a list of ${printable(allowedNames.length)}`;
    const reason = `the rules have room for ${room} names`;
    problems.push({ path, found, reason, remedy: "Raise nameCapacity, which replaces the rules" });
  }
  return problems;
}

const DEFAULT_CAPACITY = 500;

function encryption(args: EgressFirewallArgs) {
  return { type: "CUSTOMER_KMS", keyId: args.keyArn };
}

/** Rules in their own order: what is let through by name, and nothing after it. */
function makePolicy(name: string, args: EgressFirewallArgs, parent: pulumi.Resource): networkfirewall.FirewallPolicy {
  const names = new networkfirewall.RuleGroup(
    name,
    {
      description: "Hosts that workloads may reach",
      type: "STATEFUL",
      capacity: 2 * (args.nameCapacity ?? DEFAULT_CAPACITY),
      ruleGroup: {
        statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
        rulesSource: {
          rulesSourceList: {
            generatedRulesType: "ALLOWLIST",
            targetTypes: ["HTTP_HOST", "TLS_SNI"],
            targets: [...args.allowedNames].sort(),
          },
        },
      },
      encryptionConfiguration: encryption(args),
      tags: { Name: name },
    },
    { parent },
  );
  return new networkfirewall.FirewallPolicy(
    name,
    {
      description: "Lets through by name, drops and reports everything else",
      firewallPolicy: {
        // Nothing is decided packet by packet: the name comes with the connection.
        statelessDefaultActions: ["aws:forward_to_sfe"],
        statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
        statefulEngineOptions: { ruleOrder: "STRICT_ORDER", streamExceptionPolicy: "DROP" },
        // The handshake must pass, or no name would ever be sent.
        statefulDefaultActions: ["aws:drop_established", "aws:alert_established"],
        statefulRuleGroupReferences: [{ priority: 100, resourceArn: names.arn }],
        policyVariables: {
          ruleVariables: [
            {
              key: "HOME_NET",
              ipSet: { definitions: args.podCidr === undefined ? [args.cidr] : [args.cidr, args.podCidr] },
            },
          ],
        },
      },
      encryptionConfiguration: encryption(args),
      tags: { Name: name },
    },
    { parent },
  );
}

function makeFirewall(
  name: string,
  args: EgressFirewallArgs,
  policy: networkfirewall.FirewallPolicy,
  parent: pulumi.Resource,
): networkfirewall.Firewall {
  const fixed = args.changeProtection ?? true;
  return new networkfirewall.Firewall(
    name,
    {
      description: `The way out of the network ${args.cidr}`,
      vpcId: args.vpcId,
      firewallPolicyArn: policy.arn,
      subnetMappings: args.zones.map((_, index) => ({ subnetId: elementOf(args.inspectionSubnetIds, index) })),
      encryptionConfiguration: encryption(args),
      deleteProtection: args.deletionProtection ?? true,
      firewallPolicyChangeProtection: fixed,
      subnetChangeProtection: fixed,
      tags: { Name: name },
    },
    { parent, ...deletionProtection(args.deletionProtection) },
  );
}

/** What was dropped, and every connection, in encrypted log groups. */
function recordTraffic(
  name: string,
  args: EgressFirewallArgs,
  firewall: networkfirewall.Firewall,
  parent: pulumi.Resource,
): networkfirewall.LoggingConfiguration {
  const groupNames = EgressFirewall.logGroups(name);
  const delivery = { keyArn: args.logKeyArn, retentionDays: args.logRetentionDays, parent };
  const admitted = admitLogDelivery(name, args, groupNames, parent);
  const groups = ["alert", "flow"].map((kind, index) => ({
    kind,
    group: logGroup(`${name}-${kind}`, groupNames[index] as string, delivery),
  }));
  return new networkfirewall.LoggingConfiguration(
    name,
    {
      firewallArn: firewall.arn,
      loggingConfiguration: {
        logDestinationConfigs: groups.map(({ kind, group }) => ({
          logType: kind.toUpperCase(),
          logDestinationType: "CloudWatchLogs",
          logDestination: { logGroup: group.name },
        })),
      },
    },
    { parent, dependsOn: [admitted] },
  );
}

/** Out by the firewall's endpoint of the zone, and back by the same one: to every private block of the zone. */
function makeRoutes(
  name: string,
  args: EgressFirewallArgs,
  endpoints: readonly pulumi.Output<string>[],
  logging: pulumi.Resource,
  parent: pulumi.Resource,
): void {
  const pods = args.podCidr === undefined ? {} : { podCidr: args.podCidr };
  const plan = planNetwork({ cidr: args.cidr, zones: args.zones, egress: "inspected", ...pods });
  args.zones.forEach((zone, index) => {
    const vpcEndpointId = endpoints[index] as pulumi.Output<string>;
    const route = (suffix: string, tables: pulumi.Input<pulumi.Input<string>[]>, destinationCidrBlock: string) =>
      new ec2.Route(
        `${name}-${suffix}`,
        { routeTableId: elementOf(tables, index), destinationCidrBlock, vpcEndpointId },
        // Nothing leaves unrecorded.
        { parent, dependsOn: [logging] },
      );
    route(`out-${zone}`, args.privateRouteTableIds, "0.0.0.0/0");
    for (const block of privateBlocks(plan, zone)) route(`back-${zone}-${block}`, args.publicRouteTableIds, block);
  });
}

/** The endpoint that the firewall has in the subnet of a zone. */
function endpointOf(
  firewall: networkfirewall.Firewall,
  subnetIds: pulumi.Input<pulumi.Input<string>[]>,
  index: number,
): pulumi.Output<string> {
  return pulumi.all([firewall.firewallStatuses, elementOf(subnetIds, index)]).apply(([statuses, subnetId]) => {
    const attachments = statuses.flatMap(({ syncStates }) => syncStates).flatMap((state) => state.attachments);
    const endpointId = attachments.find((attachment) => attachment.subnetId === subnetId)?.endpointId;
    if (endpointId !== undefined) return endpointId;
    throw new pulumi.RunError(
      `The firewall has no endpoint in ${subnetId} yet. Refresh the stack: AWS has not attached it, or somebody took it away.`,
    );
  });
}

function elementOf(list: pulumi.Input<pulumi.Input<string>[]>, index: number): pulumi.Output<string> {
  return pulumi.output(list).apply((values) => values[index] as string);
}
