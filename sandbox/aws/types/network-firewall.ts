import type { WorldResource } from "../world/model";
import { endpointType } from "./ec2/routing";
import { inVpc, subnetType } from "./ec2/vpc";
import { type Companion, type Context, type Effects, sources, type TypeEntry } from "./entry";
import { keyTypes, known, lasts, likely, list, names, needs, object, text } from "./kit";

export const firewallType = "aws:networkfirewall/firewall:Firewall";
const policyType = "aws:networkfirewall/firewallPolicy:FirewallPolicy";
export const ruleGroupType = "aws:networkfirewall/ruleGroup:RuleGroup";
const tlsType = "aws:networkfirewall/tlsInspectionConfiguration:TlsInspectionConfiguration";

const invalid = (message: string) => ({ code: "InvalidRequestException", message });
const inUse = {
  code: "InvalidOperationException",
  message: "Unable to delete the object because it is still in use. Object: {id}",
};
const noKey = invalid("The specified KMS key {value} does not exist or cannot be used");
const taken = (what: string) => ({
  code: "InvalidRequestException",
  message: `A resource with the specified name already exists, parameter: [${what} {value}]`,
});

const ownName = (properties: Record<string, unknown>) => text(properties.name);
const updateToken = (context: Context): string => context.ids.uuid(`token ${JSON.stringify(context.inputs)}`);

/** A key of the customer's for what a resource holds. */
const key = (path = "encryptionConfiguration.keyId") => needs(path, keyTypes, noKey, { by: ["arn", "id"] });

const policy: TypeEntry = {
  type: policyType,
  label: "NetworkFirewall Firewall Policy",
  api: "Network Firewall",
  provider: "aws_networkfirewall_firewall_policy",
  cloudFormation: "AWS::NetworkFirewall::FirewallPolicy",
  id: "arn:{partition}:network-firewall:{region}:{account}:firewall-policy/{name}",
  arn: "{id}",
  autoname: { property: "name", maxLength: 128 },
  computed: { updateToken },
  changing: ["updateToken"],
  replaces: [
    {
      property: "firewallPolicy.statefulEngineOptions.ruleOrder",
      source: sources.code,
      sure: "certain",
      when: (before, after) => isStrict(before) !== isStrict(after),
    },
  ],
  references: [
    needs(
      "firewallPolicy.statefulRuleGroupReferences[].resourceArn",
      ruleGroupType,
      invalid("Rule group {value} does not exist"),
      { by: ["arn"], holds: true },
    ),
    needs(
      "firewallPolicy.statelessRuleGroupReferences[].resourceArn",
      ruleGroupType,
      invalid("Rule group {value} does not exist"),
      { by: ["arn"], holds: true },
    ),
    needs(
      "firewallPolicy.tlsInspectionConfigurationArn",
      tlsType,
      invalid("TLS inspection configuration {value} does not exist"),
      { by: ["arn"], holds: true },
    ),
    key(),
  ],
  unique: [{ by: ownName, refusal: taken("FirewallPolicy") }],
  quotas: [
    {
      limit: 20,
      per: ({ region }) => region,
      refusal: { code: "LimitExceededException", message: "The maximum number of firewall policies has been reached." },
    },
  ],
  deletionRefused: inUse,
  deletionRetrySeconds: 600,
  seconds: lasts(3, 3, 15),
  facts: [
    known(
      "rule groups with the policy's own order of rules; priorities in strict order and there alone",
      sources.guide,
    ),
    known("a policy in use stays; the provider tries for ten minutes", sources.code),
    known("20 policies a Region; 30 000 units of capacity in a policy", sources.quotas),
    likely("wording of the refusals about order and priorities", sources.api),
  ],
  rules: policyRules,
};

const isStrict = (order: unknown): boolean => order === "STRICT_ORDER";

const actionsOf = (value: unknown): string[] => list(value).map(String);

function policyRules(context: Context): undefined {
  const inner = object(context.inputs.firewallPolicy);
  const strict = isStrict(object(inner.statefulEngineOptions).ruleOrder);
  const references = list(inner.statefulRuleGroupReferences).map(object);
  const refuse = (message: string) => context.refuse(invalid(message));
  const priorities = references.map((one) => one.priority).filter((one) => one !== undefined);
  if (strict && priorities.length < references.length) {
    refuse("Priority is required for stateful rule groups when the rule order is STRICT_ORDER");
  }
  if (!strict && priorities.length > 0) {
    refuse("Priority must not be given for stateful rule groups when the rule order is DEFAULT_ACTION_ORDER");
  }
  if (new Set(priorities).size < priorities.length) refuse("Priorities of stateful rule groups must be unique");
  if (!strict && actionsOf(inner.statefulDefaultActions).length > 0) {
    refuse("StatefulDefaultActions are allowed only with the rule order STRICT_ORDER");
  }
  for (const actions of [inner.statelessDefaultActions, inner.statelessFragmentDefaultActions]) {
    const standard = actionsOf(actions).filter((one) => ["aws:pass", "aws:drop", "aws:forward_to_sfe"].includes(one));
    if (standard.length !== 1) {
      refuse("Stateless default actions need exactly one of aws:pass, aws:drop, aws:forward_to_sfe");
    }
  }
  checkGroups(context, strict);
}

function checkGroups(context: Context, strict: boolean): void {
  const stateful = context.targets("firewallPolicy.statefulRuleGroupReferences[].resourceArn");
  const other = stateful.find((group) => isStrict(orderOf(group)) !== strict);
  if (other !== undefined) {
    context.refuse(
      invalid(`Rule order of rule group ${String(other.arn)} does not match the firewall policy's rule order`),
    );
  }
  const capacity = stateful.reduce((sum, group) => sum + Number(group.outputs.capacity), 0);
  if (capacity > 30_000) {
    context.refuse({
      code: "LimitExceededException",
      message: `Stateful rule group capacity ${capacity} exceeds the limit of 30000 of a firewall policy`,
    });
  }
}

const orderOf = (group: WorldResource): unknown =>
  object(object(group.outputs.ruleGroup).statefulRuleOptions).ruleOrder;

const ruleGroup: TypeEntry = {
  type: ruleGroupType,
  label: "NetworkFirewall Rule Group",
  api: "Network Firewall",
  provider: "aws_networkfirewall_rule_group",
  cloudFormation: "AWS::NetworkFirewall::RuleGroup",
  id: (context) =>
    `arn:${context.partition}:network-firewall:${context.region}:${context.account}:${String(context.inputs.type).toLowerCase()}-rulegroup/${String(context.inputs.name)}`,
  arn: "{id}",
  autoname: { property: "name", maxLength: 128 },
  computed: { updateToken },
  changing: ["updateToken"],
  enums: { type: ["STATEFUL", "STATELESS"] },
  replaces: [
    {
      property: "ruleGroup.statefulRuleOptions.ruleOrder",
      source: sources.code,
      sure: "certain",
      when: (before, after) => isStrict(before) !== isStrict(after),
    },
  ],
  references: [key()],
  unique: [
    {
      by: ({ name, type }) => (text(name) === undefined ? undefined : `${String(type)} ${String(name)}`),
      refusal: taken("RuleGroup"),
    },
  ],
  quotas: [
    {
      limit: 50,
      per: ({ inputs, region }) => `${region} ${String(inputs.type)}`,
      refusal: { code: "LimitExceededException", message: "The maximum number of rule groups has been reached." },
    },
  ],
  deletionRefused: inUse,
  deletionRetrySeconds: 600,
  seconds: lasts(3, 3, 10),
  facts: [
    known("a capacity of 1 to 30 000 that never changes, enough for the rules; names once", sources.guide),
    known("rules as text or as an object, one of both", sources.api),
    known("a group in use stays; the provider tries for ten minutes", sources.code),
    likely("a domain takes one unit for each protocol, a rule of text one", sources.guide),
  ],
  rules: ruleGroupRules,
};

function ruleGroupRules(context: Context): undefined {
  const { capacity, rules, ruleGroup: group } = context.inputs;
  const refuse = (message: string) => context.refuse(invalid(message));
  if ((text(rules) === undefined) === (group === undefined)) {
    refuse("Exactly one of Rules and RuleGroup must be given");
  }
  const most = Number(capacity);
  if (!(most >= 1 && most <= 30_000)) refuse(`Capacity ${most} is not between 1 and 30000`);
  const source = object(object(group).rulesSource);
  const domains = object(source.rulesSourceList);
  const targets = list(domains.targets).map(String);
  const wrong = targets.find((target) => !/^\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(target));
  if (wrong !== undefined)
    refuse(`Domain list target ${wrong} is not valid: no wildcards, a leading dot stands for them`);
  const written = text(rules) ?? text(source.rulesString) ?? "";
  const lines = written.split("\n").filter((line) => line.trim() !== "" && !line.trim().startsWith("#"));
  const needed =
    targets.length * Math.max(1, list(domains.targetTypes).length) + lines.length + list(source.statefulRules).length;
  if (needed > most) {
    context.refuse({
      code: "InsufficientCapacityException",
      message: `Rule group capacity ${most} is not enough for its rules, which take ${needed}`,
    });
  }
}

const firewall: TypeEntry = {
  type: firewallType,
  label: "NetworkFirewall Firewall",
  api: "Network Firewall",
  operations: { update: "AssociateFirewallPolicy" },
  provider: "aws_networkfirewall_firewall",
  cloudFormation: "AWS::NetworkFirewall::Firewall",
  id: "arn:{partition}:network-firewall:{region}:{account}:firewall/{name}",
  arn: "{id}",
  autoname: { property: "name", maxLength: 128 },
  computed: { firewallStatuses, transitGatewayOwnerAccountId: () => "", updateToken },
  changing: ["firewallStatuses", "updateToken"],
  references: [
    inVpc,
    needs("firewallPolicyArn", policyType, invalid("Firewall policy {value} does not exist"), {
      by: ["arn"],
      holds: true,
    }),
    needs("subnetMappings[].subnetId", subnetType, invalid("The subnet ID '{value}' does not exist"), { holds: true }),
    key(),
  ],
  unique: [{ by: ownName, refusal: taken("Firewall") }],
  quotas: [
    {
      limit: 5,
      per: ({ region }) => region,
      refusal: { code: "LimitExceededException", message: "The maximum number of firewalls has been reached." },
    },
  ],
  deletionRefused: inUse,
  seconds: lasts(420, 180, 360),
  facts: [
    known("five firewalls a Region, names once", sources.quotas),
    known("one subnet a zone, all in the firewall's VPC; an endpoint of its own in each", sources.guide),
    known("protections of deletion, policy and subnets are lifted before the change that they keep off", sources.guide),
    likely("a firewall with routes to its endpoints is in use and is not deleted", sources.guide),
  ],
  rules: firewallRules,
  deletable(context, resource) {
    if (resource.outputs.deleteProtection === true) {
      context.refuse({
        code: "InvalidOperationException",
        message: `Unable to fulfill request because the firewall ${resource.id} has delete protection enabled`,
      });
    }
    refuseRouted(context, endpointsOf(context, resource), resource.id);
  },
  onCreate: (context, made) => ({ companions: endpointCompanions(context, made) }),
  onUpdate: changedEndpoints,
  onDelete: (context, resource) => ({
    remains: list(resource.outputs.subnetMappings).map((mapping) => ({
      kind: "network-interface" as const,
      what: `network interface of the deleted firewall ${String(resource.outputs.name)} in ${String(object(mapping).subnetId)}`,
      holds: resource.holds.filter((one) => /^aws:ec2\/(vpc|subnet):/.test(one)),
      until: context.now + 360 + 30,
    })),
  }),
};

function firewallRules(context: Context): undefined {
  const zones = new Map<unknown, string>();
  for (const subnet of context.targets("subnetMappings[].subnetId")) {
    if (subnet.outputs.vpcId !== context.inputs.vpcId) {
      context.refuse(invalid(`Subnet ${subnet.id} is not in the VPC ${String(context.inputs.vpcId)}`));
    }
    const other = zones.get(subnet.outputs.availabilityZone);
    if (other !== undefined) {
      context.refuse(
        invalid(`Subnets ${other} and ${subnet.id} are in the same zone ${String(subnet.outputs.availabilityZone)}`),
      );
    }
    zones.set(subnet.outputs.availabilityZone, subnet.id);
  }
  if (context.old !== undefined) checkProtections(context, context.old);
}

/** A protection that the same update lifts is lifted first. */
function checkProtections(context: Context, old: WorldResource): void {
  const { inputs } = context;
  const isKept = (name: string) => old.outputs[name] === true && inputs[name] === true;
  const refuse = (what: string) =>
    context.refuse({
      code: "InvalidOperationException",
      message: `Unable to fulfill request because the firewall has ${what} change protection enabled`,
    });
  if (isKept("firewallPolicyChangeProtection") && old.outputs.firewallPolicyArn !== inputs.firewallPolicyArn) {
    refuse("policy");
  }
  const gone = subnetsOf(old.outputs).filter((subnet) => !subnetsOf(inputs).includes(subnet));
  if (isKept("subnetChangeProtection") && subnetsOf(old.outputs).join() !== subnetsOf(inputs).join()) refuse("subnet");
  const left = endpointsOf(context, old).filter(({ outputs }) => gone.includes(list(outputs.subnetIds).join()));
  refuseRouted(context, left, old.id);
}

const subnetsOf = (properties: Record<string, unknown>): string[] =>
  list(properties.subnetMappings)
    .map((mapping) => String(object(mapping).subnetId))
    .sort();

const endpointsOf = (context: Context, made: WorldResource): WorldResource[] =>
  context.world.referrers(made.key).filter((one) => one.owner === made.key && one.type === endpointType);

function refuseRouted(context: Context, endpoints: WorldResource[], id: string): void {
  const routes = endpoints.flatMap((one) => context.world.holders(one.key));
  if (routes.length > 0) {
    const users = routes.map((one) => one.urn ?? one.id).join(", ");
    context.refuse({ ...inUse, message: `${inUse.message} (routes lead to its endpoints: ${users})` }, { id });
  }
}

/** The endpoint in a subnet keeps its id as long as the firewall stands there. */
const endpointId = (context: Context, subnetId: string): string => context.ids.ec2("vpce", `firewall ${subnetId}`);

function firewallStatuses(context: Context): unknown[] {
  const syncStates = context.targets("subnetMappings[].subnetId").map((subnet) => ({
    availabilityZone: subnet.outputs.availabilityZone,
    attachments: [{ endpointId: endpointId(context, subnet.id), subnetId: subnet.id }],
  }));
  return [{ syncStates, transitGatewayAttachmentSyncStates: [] }];
}

function endpointCompanions(context: Context, made: WorldResource): Companion[] {
  const vpc = context.target("vpcId");
  return context.targets("subnetMappings[].subnetId").map((subnet) => ({
    type: endpointType,
    id: endpointId(context, subnet.id),
    outputs: {
      serviceName: `com.amazonaws.vpce.${context.region}.vpce-svc-${context.ids.hex(17, made.id)}`,
      vpcEndpointType: "GatewayLoadBalancer",
      requesterManaged: true,
      vpcId: vpc?.id,
      subnetIds: [subnet.id],
    },
    holds: [subnet.key, ...(vpc === undefined ? [] : [vpc.key])],
  }));
}

function changedEndpoints(context: Context, made: WorldResource): Effects {
  const wanted = endpointCompanions(context, made);
  const there = endpointsOf(context, made);
  return {
    companions: wanted.filter((one) => !there.some((other) => other.id === one.id)),
    removed: there.filter((one) => !wanted.some((other) => other.id === one.id)),
  };
}

const logging: TypeEntry = {
  type: "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
  label: "NetworkFirewall Logging Configuration",
  api: "Network Firewall",
  operations: { create: "UpdateLoggingConfiguration", delete: "UpdateLoggingConfiguration" },
  provider: "aws_networkfirewall_logging_configuration",
  cloudFormation: "AWS::NetworkFirewall::LoggingConfiguration",
  id: "{firewallArn}",
  computed: {},
  settings: true,
  references: [
    needs(
      "firewallArn",
      firewallType,
      { code: "ResourceNotFoundException", message: "Firewall {value} does not exist" },
      { by: ["arn"] },
    ),
  ],
  enums: {
    "loggingConfiguration.logDestinationConfigs[].logType": ["ALERT", "FLOW", "TLS"],
    "loggingConfiguration.logDestinationConfigs[].logDestinationType": ["S3", "CloudWatchLogs", "KinesisDataFirehose"],
  },
  seconds: lasts(10, 10, 10),
  facts: [known("one destination for each kind of log, which must exist", sources.api)],
  rules(context) {
    const configs = list(object(context.inputs.loggingConfiguration).logDestinationConfigs).map(object);
    const kinds = configs.map((one) => one.logType);
    const twice = kinds.find((kind, at) => kinds.indexOf(kind) !== at);
    if (twice !== undefined) {
      context.refuse(
        invalid(`duplicate logging_configuration.log_destination_config.log_type value: ${String(twice)}`),
      );
    }
    for (const config of configs) checkDestination(context, config);
  },
};

function checkDestination(context: Context, config: Record<string, unknown>): void {
  const where = object(config.logDestination);
  const group = text(where.logGroup);
  const bucket = text(where.bucketName);
  const isThere =
    (group === undefined ||
      context.world.find(["aws:cloudwatch/logGroup:LogGroup"], group, ["id", "name"], context.region) !== undefined) &&
    (bucket === undefined || context.world.find(["aws:s3/bucket:Bucket"], bucket, ["id"]) !== undefined);
  if (!isThere) {
    context.refuse({
      code: "InvalidRequestException",
      message: `Log destination ${group ?? bucket} does not exist or cannot be written to`,
    });
  }
}

const tlsInspection: TypeEntry = {
  type: tlsType,
  label: "NetworkFirewall TLS Inspection Configuration",
  api: "Network Firewall",
  provider: "aws_networkfirewall_tls_inspection_configuration",
  cloudFormation: "AWS::NetworkFirewall::TLSInspectionConfiguration",
  id: "arn:{partition}:network-firewall:{region}:{account}:tls-configuration/{name}",
  arn: "{id}",
  autoname: { property: "name", maxLength: 128 },
  computed: {
    numberOfAssociations: () => 0,
    tlsInspectionConfigurationId: (context) => context.ids.uuid("tls"),
    updateToken,
  },
  changing: ["updateToken"],
  references: [names("encryptionConfigurations[].keyId", keyTypes, ["arn", "id"])],
  unique: [{ by: ownName, refusal: taken("TLSInspectionConfiguration") }],
  deletionRefused: inUse,
  seconds: lasts(60, 60, 15),
  facts: [known("names once; a configuration in use stays", sources.api)],
};

export const entries: TypeEntry[] = [policy, ruleGroup, firewall, logging, tlsInspection];
